"""What an entry's page is made of beside its text: terms in place, what is like it, the code on paper, triage at home."""

import re

import pytest
import segno
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from faults.models import Fault, Term
from faults.search.find import similar
from faults.templatetags.posdesk import language_tag, qr
from faults.views.terms import TermLinks

pytestmark = pytest.mark.django_db


def term(pk, name, aliases=""):
    return Term(pk=pk, name=name, aliases=aliases, definition="—")


def test_a_term_is_linked_where_it_comes_first_and_only_there():
    links = TermLinks([term(1, "签到")])
    assert links.link("先签到，再签到") == '先<a class="term" href="#term-1">签到</a>，再签到'
    assert links.link("签到") == "签到"


def test_the_longer_term_wins_and_an_alias_counts():
    links = TermLinks([term(1, "授权"), term(2, "预授权"), term(3, "签购单", "小票")])
    assert links.link("预授权小票") == '<a class="term" href="#term-2">预授权</a><a class="term" href="#term-3">小票</a>'


@given(st.text())
def test_no_text_becomes_markup(text):
    linked = TermLinks([term(1, "a"), term(2, "<")]).link(text)
    assert not re.sub(r'<a class="term" href="#term-[12]">|</a>', "", linked).count("<")


def test_every_link_has_its_explanation_on_the_page(client):
    shown = client.get("/f/40/").content.decode()
    linked = set(re.findall(r'href="#(term-\d+)"', shown))
    assert linked and all(f'<dt id="{name}">' in shown for name in linked)


@pytest.mark.postgresql
def test_what_is_like_an_entry_is_another_one_and_published(draft):
    fault = Fault.objects.get(number=88)
    entries, codes = similar(AnonymousUser(), fault, [])
    assert entries and codes and fault not in entries and draft not in entries
    others, other_codes = similar(AnonymousUser(), fault, [entries[0], codes[0]])
    assert entries[0] not in others and codes[0] not in other_codes


@pytest.mark.parametrize("text", ["", "商户号、终端号", "机型，时间，流水号，单子拍照片", "商户号、终端号、机型、时间、流水号、照片"])
def test_the_acquirer_gets_what_it_always_asks_for_once(text):
    block = Fault(escalation=text).escalation_block
    assert block.startswith(text) and all(block.count(name) == 1 for name in ("商户号", "终端号", "机型", "时间", "流水号", "照片"))


def test_the_code_on_paper_is_the_address_in_letters():
    drawn = qr("http://127.0.0.1/40")
    assert drawn == segno.make("http://127.0.0.1/40", error="m").svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    assert "<script" not in drawn and 'class="qr"' in drawn


def test_home_asks_first_whether_it_is_one_machine_or_the_shop(client):
    shown = client.get("/").content.decode()
    assert "先分清：一台坏，还是全店不行" in shown and 'href="/f/104/#c2"' in shown


def test_home_does_without_it_when_the_entry_is_not_there(client):
    Fault.objects.filter(number=104).update(status="archived")
    assert "triage" not in client.get("/").content.decode()


@pytest.mark.parametrize(("language", "written"), [("zh-hans", "zh-Hans"), ("en", "en"), ("zh-hant", "zh-Hant")])
def test_languages_as_html_writes_them(language, written):
    assert language_tag(language) == written


def test_in_english_the_content_says_that_it_is_chinese(client):
    client.cookies.load({"language": "en"})
    assert '<h1 lang="zh-Hans">' in client.get("/f/40/").content.decode()


def test_glossary_by_letters(client):
    shown = client.get("/terms/").content.decode()
    letters = re.findall(r'<h2 id="(.)">', shown)
    assert letters == sorted(letters) and "Q" in letters and all(f'href="#{letter}"' in shown for letter in letters)


@pytest.mark.parametrize("path", ["/", "/f/40/", "/codes/97/", "/codes/", "/search/?q=不出票", "/terms/", "/f/"])
def test_public_pages_set_no_cookie_and_are_compressed(client, path):
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert not response.cookies and response.headers["Content-Encoding"] == "gzip"


@pytest.mark.django_db
def test_a_code_that_is_the_terminals_own_too_warns_of_what_that_means(client):
    """UnionPay's Z1 says another card; the terminal's says that nobody knows how it ended."""
    assert "也可能是终端本地的Z1" in client.get("/codes/Z1/").content.decode()
    assert "也可能是终端本地的" not in client.get("/codes/Z1/?scheme=terminal").content.decode() + client.get("/codes/51/").content.decode()
