"""What one click on a row of a list of use comes to: a wording, an alias, a synonym, a draft, a judgment, or nothing to be done."""

from html import unescape
from re import findall
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.models import Action, Category, Change, DealtWith, Environment, Fault, Flag, Judgment, Revision, Status, SynonymGroup, Wording
from faults.search.find import find
from posdesk.masking import mask_card_numbers
from tests.admin.forms import filled_in, up_to_date
from tests.usage.rows import flagged, judged, many, overdue, searched, used

pytestmark = pytest.mark.django_db
ALIAS = reverse("usage_alias")


def listed(client, name="nothing"):
    """The rows of the list, without what stands around it."""
    page = client.get(reverse("usage_list", args=[name])).content.decode()
    return page.split(f'href="{reverse("usage_csv", args=[name])}')[0].split("desk-rows")[1] if "desk-rows" in page else ""


def links(html):
    """The links by their words, as a browser would follow them."""
    return {words: unescape(address) for address, words in findall(r'<a href="([^"]*)"[^>]*>([^<]+)</a>', html)}


def test_a_row_leads_to_five_forms_filled_in_with_its_text_the_wording_first(signed_in_as):
    editor = signed_in_as("编辑")
    searched("机器一直叫&响=1+2")
    found = links(listed(editor))
    assert list(found) == ["加成说法", "加成商户说法", "加成同义词", "写成草稿", "应该找到"]
    addresses = found.values()
    assert all(parse_qs(urlsplit(address).query)["from_search"] == ["机器一直叫&响=1+2"] for address in addresses)
    wording, alias, synonym, draft, judgment = [filled_in(editor.get(address)) for address in addresses]
    assert wording["words"] == alias["text"] == synonym["name"] == synonym["words"] == judgment["query"] == "机器一直叫&响=1+2"
    assert (draft["title"], draft["symptom"]) == ("机器一直叫&响=1+2", "机器一直叫&响=1+2") and int(draft["number"]) > 100


def test_a_long_text_is_cut_to_what_a_title_and_a_name_hold(signed_in_as):
    editor, text = signed_in_as("编辑"), "说了很久" * 40
    searched(text)
    found = links(listed(editor))
    draft, synonym = (filled_in(editor.get(found[words])) for words in ("写成草稿", "加成同义词"))
    assert (draft["title"], draft["symptom"], synonym["name"], synonym["words"]) == (text[:60], text, text[:40], text)


@pytest.mark.parametrize(
    ("said", "alias"),
    [
        ("机器一直叫&响=1+2", "机器一直叫&响=1+2"),
        ("说了很久" * 40, "说了很久" * 15),
        ("卡号6222021234567890123刷不出", "卡号 刷不出"),
        ("6222 0212 3456 7890 123", ""),
        ("卡六二二二零二一二三四五六七八九零", "卡 七八九零"),
    ],
    ids=["words", "long", "card", "a card alone", "a card in words"],
)
def test_a_new_draft_has_the_callers_words_among_its_aliases(signed_in_as, said, alias):
    editor = signed_in_as("编辑")
    searched(mask_card_numbers(said)[:200])
    for address in (links(listed(editor))["写成草稿"], f"{reverse('admin:faults_fault_add')}?{urlencode({'alias': said})}"):
        form = filled_in(editor.get(address))
        assert form["aliases-0-text"] == alias
    form |= {"title": "紫霄殿响", "symptom": "", "category": Category.objects.first().pk, "environments": [Environment.objects.first().pk]}
    assert editor.post(address, form).status_code == 302
    assert [one.text for one in Fault.everything.get(title="紫霄殿响").aliases.all()] == [alias] * bool(alias)


def test_a_draft_that_is_refused_keeps_the_callers_words_and_an_entry_that_is_there_gets_none(signed_in_as):
    editor = signed_in_as("编辑")
    searched("机器一直叫")
    address = links(listed(editor))["写成草稿"]
    refused_ = editor.post(address, filled_in(editor.get(address)) | {"title": ""})
    assert refused_.status_code == 200 and filled_in(refused_)["aliases-0-text"] == "机器一直叫"
    assert filled_in(editor.get(reverse("admin:faults_fault_add")))["aliases-0-text"] == ""


def save(client, address, **changes):
    return client.post(address, filled_in(client.get(address)) | changes)


def a_draft(client, address, title="机器一直叫"):
    environment, category = Environment.objects.first(), Category.objects.first()
    save(client, address, title=title, category=category.pk, environments=[environment.pk])
    return Fault.everything.filter(title="机器一直叫", symptom="机器一直叫").exists()


def a_synonym(client, address, words="蜂鸣\n机器一直叫"):
    save(client, address, words=words)
    return SynonymGroup.objects.filter(name="机器一直叫").exists()


def a_judgment(client, address, code="97"):
    save(client, address, code=code)
    return Judgment.objects.filter(query="机器一直叫").exists()


def a_wording(client, address, name="fault:40"):
    """By typing, on the page that says what is found; what has its list already is shown with the words behind the others."""
    chosen = client.get(reverse("admin:faults_wording_add"), filled_in(client.get(address)) | {"name": name}, follow=True)
    address = chosen.redirect_chain[-1][0] if chosen.redirect_chain else chosen.request["PATH_INFO"]
    client.post(address, filled_in(chosen))
    return "机器一直叫" in Wording.objects.get(name="fault:40").word_list


MADE = {
    "加成说法": (a_wording, {"name": "fault:999"}),
    "写成草稿": (a_draft, {"title": ""}),
    "加成同义词": (a_synonym, {"words": "一个"}),
    "应该找到": (a_judgment, {"code": "ZZ"}),
}


@pytest.mark.postgresql
@pytest.mark.parametrize("words", MADE)
def test_what_is_made_of_a_row_takes_it_off_the_list_once_it_is_saved(signed_in_as, words):
    make, wrong = MADE[words]
    editor = signed_in_as("编辑")
    searched("机器一直叫")
    address = links(listed(editor))[words]
    assert not make(editor, address, **wrong) and not DealtWith.objects.exists()
    assert make(editor, address) and DealtWith.objects.get().folded == "机器一直叫"
    assert "机器一直叫" not in listed(editor)


@pytest.mark.parametrize("words", MADE)
def test_what_is_made_without_a_row_deals_with_nothing(signed_in_as, words):
    editor = signed_in_as("编辑")
    searched("机器一直叫")
    address = links(listed(editor))[words].split("&from_search")[0]
    assert MADE[words][0](editor, address) and not DealtWith.objects.exists()


def test_a_row_that_needs_nothing_is_taken_off_and_the_list_stays_open(signed_in_as):
    editor = signed_in_as("编辑")
    searched("机器一直叫")
    searched("别的话")
    answer = editor.post(reverse("usage_dealt", args=["nothing"]), {"from_search": "机器一直叫", "days": "90"})
    assert answer.url == "/admin/desk/usage/nothing/?days=90"
    assert "机器一直叫" not in listed(editor) and "别的话" in listed(editor)
    searched("机器一直叫")
    assert "机器一直叫" in listed(editor)


@pytest.mark.parametrize("folded", ["", "x" * 201, "a\0b"], ids=["empty", "too long", "nul"])
def test_nothing_is_dealt_with_that_is_no_search(signed_in_as, folded):
    assert signed_in_as("编辑").post(reverse("usage_dealt", args=["nothing"]), {"from_search": folded}).status_code == 403
    assert not DealtWith.objects.exists()


def test_no_card_number_is_dealt_with_in_clear(signed_in_as):
    signed_in_as("编辑").post(reverse("usage_dealt", args=["nothing"]), {"from_search": "卡4539 5787 6362 1486"})
    assert DealtWith.objects.get().folded == "卡**** **** **** ****"


def test_dealing_with_a_row_takes_a_post(signed_in_as):
    assert signed_in_as("编辑").get(reverse("usage_dealt", args=["nothing"]), {"from_search": "x"}).status_code == 405


def test_an_entrys_row_leads_to_its_form_and_its_page(signed_in_as):
    editor, fault = signed_in_as("编辑"), Fault.objects.get(number=40)
    used(40, views=3)
    used("97", "code", views=2)
    found = links(listed(editor, "most-used"))
    assert found["打开来改"] == found[str(fault)] == reverse("admin:faults_fault_change", args=[fault.pk])
    assert '<a href="/f/40/" target="_blank">' in listed(editor, "most-used")
    assert '<a href="/codes/97/"' in listed(editor, "most-used")


def test_an_entry_nobody_reads_leads_to_what_should_find_it(signed_in_as):
    editor = signed_in_as("编辑")
    many("never-opened", 1)
    form = filled_in(editor.get(links(listed(editor, "never-opened"))["应该找到"]))
    assert form["fault"] == str(Fault.objects.order_by("number").first().pk)


def test_a_flag_is_closed_from_its_row(signed_in_as):
    editor, flag = signed_in_as("编辑"), flagged(40)
    assert reverse("close_flag", args=[flag.pk]) in listed(editor, "flagged")
    answer = editor.post(reverse("close_flag", args=[flag.pk]), {"next": "usage"})
    assert answer.url == "/admin/desk/usage/flagged/" and not Flag.objects.open().exists()


def test_an_overdue_entry_is_confirmed_from_its_row_by_who_may(signed_in_as):
    overdue(40, 10)
    reviewer = signed_in_as("复核")
    step = reverse("admin:faults_fault_step", args=[Fault.objects.get(number=40).pk, "confirm"])
    assert step in listed(reviewer, "overdue") and step not in listed(signed_in_as("编辑"), "overdue")
    reviewer.post(step, up_to_date(next="desk"))
    assert "40号" not in listed(reviewer, "overdue")


def test_what_is_no_longer_found_leads_to_its_judgment_and_to_an_alias(signed_in_as):
    editor, one = signed_in_as("编辑"), judged("没出票", 40, rank=0, held=True)
    found = links(listed(editor, "broken"))
    assert found["打开判断"] == reverse("admin:faults_judgment_change", args=[one.pk])
    assert filled_in(editor.get(found["加成商户说法"]))["text"] == "没出票"
    assert filled_in(editor.get(found["加成说法"]))["words"] == "没出票"


def add(client, text, number, **more):
    return client.post(ALIAS, {"text": text, "offered": number} | more, query_params={"text": text, "from_search": "紫霄殿"}, follow=True)


def refused(response):
    """What the page says, if it stayed open with everything typed in it."""
    page = response.content.decode()
    return page.split('role="alert">')[1].split("</div>")[0] if not response.redirect_chain else ""


@pytest.mark.postgresql
def test_an_alias_goes_through_the_gate_and_is_found_once_it_is_published(signed_in_as, client):
    searched("紫霄殿嗡嗡", folded="紫霄殿")
    fault = Fault.objects.get(number=40)
    answer = add(signed_in_as("编辑"), "紫霄殿嗡嗡", 40)
    assert answer.redirect_chain[-1][0] == reverse("admin:faults_fault_review", args=[fault.pk])
    assert "已加上“紫霄殿嗡嗡”" in answer.content.decode() and "<ins>紫霄殿嗡嗡</ins>" in answer.content.decode()
    assert (change := Change.objects.of(fault).first()).why == "来自查询：紫霄殿嗡嗡" and change.is_pending
    assert not fault.aliases.filter(text="紫霄殿嗡嗡").exists() and DealtWith.objects.get().folded == "紫霄殿"
    assert "/f/40/" not in client.get("/search/?q=紫霄殿嗡嗡").content.decode()
    signed_in_as("复核").post(reverse("admin:faults_fault_step", args=[fault.pk, "publish"]), up_to_date())
    assert list(fault.aliases.values_list("text", flat=True))[-1] == "紫霄殿嗡嗡"
    assert "/f/40/" in client.get("/search/?q=紫霄殿嗡嗡").content.decode()


def test_an_alias_is_added_to_what_others_are_writing(signed_in_as, person):
    fault = Fault.objects.get(number=40)
    propose(fault, snapshot(fault) | {"symptom": "别人改的。"}, person("编辑", "别人"), Action.CHANGED)
    add(signed_in_as("编辑"), "紫霄殿的单子", 40)
    row = Revision.objects.of(fault).get().row
    assert row["symptom"] == "别人改的。" and row["aliases"][-1] == "紫霄殿的单子" and len(row["aliases"]) == fault.aliases.count() + 1


def test_a_draft_gets_its_alias_at_once(signed_in_as, draft):
    answer = add(signed_in_as("编辑"), "紫霄殿的单子", "", entry=draft.pk)
    assert answer.redirect_chain[-1][0] == reverse("admin:faults_fault_change", args=[draft.pk])
    assert draft.aliases.get().text == "紫霄殿的单子"


@pytest.mark.parametrize(
    ("text", "number", "sentence"),
    [
        ("卡号6222021234567890123", 40, "卡号不能存进知识库"),
        ("长" * 61, 40, "60"),
        ("", 40, "必填"),
        ("紫霄殿", 555, "没有这个编号的条目"),
        ("紫霄殿", "", "还没有选条目"),
        ("紫霄殿", 0, "最小1"),
        ("紫霄殿", 901, "已经下架了"),
        ("不出单", 40, "已经有这个说法了"),
        ("不出單 ", 40, "已经有这个说法了"),
        ("a\0b", 40, "看不见的空字符"),
    ],
    ids=["card", "long", "empty", "no entry", "none named", "zero", "archived", "there", "there, folded", "nul"],
)
def test_what_can_not_be_an_alias_is_refused_with_a_sentence_and_nothing_is_lost(signed_in_as, text, number, sentence):
    Fault.everything.create(number=901, title="下架的", category=Category.objects.first(), status=Status.ARCHIVED)
    Fault.objects.get(number=40).aliases.get_or_create(text="不出单")
    answer = add(signed_in_as("编辑"), text, number)
    assert sentence in refused(answer)
    assert filled_in(answer)["text"] == text
    assert not Revision.objects.exists() and not DealtWith.objects.exists()


def test_the_page_offers_what_the_words_find_and_looks_again_when_they_are_changed(signed_in_as):
    editor = signed_in_as("编辑")
    page = editor.get(ALIAS, {"text": "无拨号音"}).content.decode()
    assert 'name="offered" value="118"' in page and 1 <= page.count('name="offered"') <= 8
    assert editor.get(ALIAS, {"text": "密码"}).content.decode().count('name="offered"') > 2
    again = editor.post(ALIAS, {"text": "不出票", "again": "1", "entry": Fault.objects.get(number=34).pk}).content.decode()
    assert (
        'name="offered" value="40"' in again
        and "34号 打印机卡纸</option>" in again
        and 'role="alert"' not in again
        and 'value="不出票"' in again
    )
    assert not Revision.objects.exists()


def test_what_is_only_near_is_offered_too(signed_in_as):
    found = find(AnonymousUser(), "会员卡充值失败")
    near = next(hit.item for hit in found.weak if isinstance(hit.item, Fault))
    assert not found.hits and str(near) in signed_in_as("编辑").get(ALIAS, {"text": "会员卡充值失败"}).content.decode()
