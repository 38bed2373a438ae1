"""Every public page: there, complete, in the same number of queries however much it shows."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from faults.models import Category, Environment, Fault, ReturnCode, Term
from faults.search.query import parse
from faults.templatetags.posdesk import highlight
from faults.text.lines import read_on
from tests.budget import either

pytestmark = pytest.mark.django_db


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.postgresql
def test_home_offers_search_categories_codes_and_the_red_lines(client):
    shown = page(client, "/")
    assert 'name="q"' in shown and "结果不明，先查再说" in shown and "留卡看规定" in shown
    assert all(category.name in shown for category in Category.objects.all())
    assert reverse("code", args=["97"]) in shown and reverse("notices") in shown


@pytest.mark.postgresql
def test_an_entry_shows_all_that_is_needed_in_a_call(client):
    fault = Fault.objects.get(number=40)
    shown = page(client, "/f/40/")
    parts = [fault.title, *(screen.text for screen in fault.screen_texts.all()), *(myth.claim for myth in fault.myths.all())]
    parts += [cause.title for cause in fault.causes.all()] + [source.title for source in fault.sources.all()]
    assert all(part in shown for part in parts)
    assert "收银员" in shown and "红线" in shown and "都不行，转收单机构" in shown and "发给商户" in shown


def test_a_procedure_lists_its_situations(client):
    assert "先分清是哪种情况" in page(client, "/f/112/")


def test_a_notice_shows_its_steps(client):
    assert "怎么办" in page(client, "/f/115/")


READ_ON = [
    (["往下压到底松手", "再按开盖键"], "往下压到底松手；再按开盖键"),
    (["拔下来。", "按“确认”", "看灯"], "拔下来。按“确认”；看灯"),
    (["听到“嘀。”", "松手。"], "听到“嘀。”松手。"),
    (["先看，", "再按"], "先看，再按"),
    (["看灯"], "看灯"),
    ([], ""),
]


def test_steps_that_are_read_on_are_parted_where_they_end_without_a_mark():
    assert [(steps, read_on(steps)) for steps, _ in READ_ON] == READ_ON


def test_a_wallets_code_asks_for_the_order_and_not_for_a_card(client):
    asked = [
        client.get(path).content.decode().split('<textarea id="esc"')[1].split("</textarea>")[0]
        for path in ("/codes/SYSTEMERROR/", "/codes/51/")
    ]
    assert "商户订单号：" in asked[0] and "卡号" not in asked[0] and "卡号后四位：" in asked[1] and "订单号" not in asked[1]


@pytest.mark.parametrize("said", ["拉卡拉", "拉卡拉的码", "拉卡拉返回码表"])
def test_whoever_names_a_code_table_and_no_code_is_led_to_it(client, said):
    assert '<a href="/codes/?scheme=lakala">拉卡拉的返回码：7个</a>' in client.get("/search/", {"q": said}).content.decode()
    assert "拉卡拉的返回码：" not in client.get("/search/", {"q": "拉卡拉机器不出票"}).content.decode()


def test_an_unverified_entry_says_so(client):
    assert "未核实" in page(client, "/f/110/") and "以收单机构为准" in page(client, "/f/110/")


@pytest.mark.parametrize("path", ["/search/", "/search/suggestions/"])
@pytest.mark.parametrize("query", ["刷卡机没反应", "余额不足"])
def test_results_say_what_is_not_verified(client, path, query):
    for confidence, is_marked in (("verified", False), ("unverified", True)):
        Fault.objects.update(confidence=confidence)
        ReturnCode.objects.update(confidence=confidence)
        response = client.get(path, {"q": query})
        advice = [hit for hit in response.context["found"].hits if hit.kind != "term"]
        assert advice and response.content.decode().count("未核实") == is_marked * len(advice)


def test_a_code_says_first_whether_to_retry_who_acts_and_about_the_card(client):
    shown = page(client, "/codes/97/")
    places = [shown.index(words) for words in ("能不能重试", "谁来处理", "留不留卡", "可以对持卡人说", "不要说")]
    assert places == sorted(places)


def test_a_code_says_what_to_ask_and_do_and_say_before_its_tables_and_history(client):
    shown = page(client, "/codes/05/")
    parts = ("能不能重试", "<dt>问</dt>", "对商户说", "可以对持卡人说", "<dt>做</dt>", "是怎么回事", "新旧两代码表", "各家码表里的05")
    places = [shown.index(words) for words in parts]
    assert places == sorted(places)


def test_one_code_has_one_word_on_retrying_and_its_older_class_is_called_so(client):
    row = ReturnCode.objects.get(scheme="cup", code="96")
    shown = page(client, "/codes/96/")
    words = re.sub("<[^>]*>", "", shown)
    assert row.response_class.name == "不需重试" and words.count("不需重试") == words.count("旧表叫“不需重试”") == 1
    assert f"<dd>{row.retry}</dd>" in shown


TO_THE_MERCHANT = [
    (("cup", "97"), "报97，意思是：终端号没登记。不重试。由商户负责人、收单机构处理。"),
    (("cup", "96"), "报96，意思是：银联系统异常或维护。钱可能已经扣了。查清之前，不再刷卡，不交货。由银联、收单机构、收银员处理。"),
]


def test_what_is_said_to_the_merchant_is_what_is_stored():
    rows = [ReturnCode.objects.with_everything().get(scheme=scheme, code=code) for (scheme, code), _said in TO_THE_MERCHANT]
    assert [row.say_to_merchant for row in rows] == [said for _code, said in TO_THE_MERCHANT]


@pytest.mark.parametrize("path", ["/f/40/", "/f/112/", "/f/115/"])
def test_there_are_two_ways_to_say_that_something_is_wrong(client, path):
    """The vote, and a word to the editors: beside the cause that is shown, or beside the vote."""
    shown = page(client, path)
    places = set(re.findall(r'href="/f/\d+/flag/(\?cause=)?', shown))
    assert len(places) == 1 and shown.count('class="vote') == 1


def test_few_terms_stand_open_and_the_rest_is_folded(client):
    shown = page(client, "/f/40/").partition('<section class="glossary')[2]
    opened, _, folded = shown.partition("<details>")
    assert opened.count("<dt id=") == 6 and folded.count("<dt id=") > 6


def test_lists_say_which_red_line_and_tell_numbers_from_codes(client):
    shown = page(client, "/search/suggestions/?q=97")
    assert '<span class="k code">97</span>' in shown
    assert "97<small>号</small>" in page(client, "/search/suggestions/?q=该撤销还是该退货")
    home = page(client, "/")
    assert 'class="c code">97<' in home and "<small>号</small>" in home
    kinds = set(re.findall(r"红线：</span>([^<]+)</span>", page(client, "/f/") + page(client, "/f/?category=reading")))
    assert kinds >= {"钱", "机", "卡", "风控"}


def test_a_code_shows_all_its_meanings_side_by_side(client):
    meanings = ReturnCode.objects.filter(code="04")
    assert {row.scheme_id for row in meanings} >= {"cup", "kuaiqian", "visa"}
    shown = page(client, "/codes/04/")
    assert all(row.meaning in shown for row in meanings) and "先问：是在终端上" in shown
    kuaiqian = meanings.get(scheme="kuaiqian")
    assert f"{kuaiqian.meaning}</h1>" in page(client, "/codes/04/?scheme=kuaiqian")


def networks(client, path):
    """The part of a code's page on UnionPay's and foreign cards."""
    return page(client, path).partition('<section aria-labelledby="net">')[2].partition("</section>")[0]


def test_unionpay_and_foreign_networks_stand_side_by_side(client):
    shown = networks(client, "/codes/78/")
    assert "外卡的单子照外卡组织的码表看" in shown and "能不能重试，两边不一样" in shown
    for row in ReturnCode.objects.filter(code="78", scheme__in=["cup", "visa", "mastercard"]):
        assert f"<h3>{row.meaning}</h3>" in shown and str(row.retry) in shown
    assert "快钱" not in shown


def test_networks_that_agree_are_not_repeated(client):
    shown = networks(client, "/codes/61/")
    assert "两边的意思和做法一样" in shown and "<h3>" not in shown


@pytest.mark.parametrize("path", ["/codes/68/", "/codes/N7/"])
def test_a_code_of_one_side_only_says_nothing_of_the_other(client, path):
    assert not networks(client, path)


def test_two_generations_stand_side_by_side(client):
    row = ReturnCode.objects.get(scheme="cup", code="05")
    assert row.old_meaning in page(client, "/codes/05/") and row.new_meaning in page(client, "/codes/05/")


def test_a_code_in_small_letters_leads_to_the_code(client):
    assert client.get("/codes/a0/").headers["Location"] == "/codes/A0/"


@pytest.mark.postgresql
def test_the_glossary_stands_in_the_order_of_its_readings(client):
    shown = page(client, "/terms/")
    assert shown.index("<dt>撤销") < shown.index("<dt>冲正") < shown.index("<dt>签到")


def test_terms_of_the_trade_are_explained_on_the_page(client):
    shown = page(client, "/f/112/")
    explained = shown[shown.index('<dl class="explained">') :]
    assert ">冲正</a></dt>" in explained and Term.objects.get(name="冲正").definition in explained


def test_procedures_and_notices_have_their_own_lists(client):
    assert "/f/112/" in page(client, "/procedures/") and "/f/40/" not in page(client, "/procedures/")
    assert "/f/115/" in page(client, "/notices/") and "/f/40/" not in page(client, "/notices/")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "path",
    ["/", "/search/?q=不出票", "/search/?q=97 终端号", "/f/", "/f/40/", "/codes/", "/codes/97/", "/terms/", "/procedures/", "/notices/"],
)
def test_pages_work_as_one_document(client, path):
    """One h1, a language, a title, and nothing from another host or inline."""
    shown = page(client, path)
    assert shown.count("<h1") == 1 and '<html lang="zh-Hans">' in shown and "<title>" in shown
    assert " style=" not in shown and " onclick=" not in shown and "<script>" not in shown
    assert "//" not in shown.replace("http://www.w3.org", "").replace("<!--", "") or "https://" not in shown


def multiply(count):
    """Adds published entries and codes like the ones that are there."""
    category, environment = Category.objects.first(), Environment.objects.first()
    faults = Fault.everything.bulk_create(
        Fault(number=1000 + n, title=f"拨号不出票 {n}", symptom="x", warning="红\n线", category=category, status="published")
        for n in range(count)
    )
    for fault in faults:
        fault.environments.add(environment)
    ReturnCode.everything.bulk_create(
        ReturnCode(scheme_id="terminal", code=f"{n:03}", meaning="x", retry_id="no", status="published") for n in range(count)
    )
    from faults.search import index

    index.refresh(faults)


PATHS = ["/", "/f/", "/f/40/", "/codes/", "/codes/97/", "/procedures/", "/notices/", "/terms/", "/search/?q=不出票", "/search/?q=97 终端号"]


def queries(client, path, counter):
    with counter() as counted:
        client.get(path)
    return len(counted)


@pytest.mark.postgresql
def test_pages_ask_the_database_as_often_for_10_rows_as_for_1000(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        return {path: queries(client, path, lambda: CaptureQueriesContext(connection)) for path in PATHS}

    count()  # the first search also loads tables of the process
    Category.objects.first().save()  # both times just behind a change, when nothing is remembered
    cache.clear()
    few = count()
    multiply(300)
    cache.clear()
    many = count()
    assert all(many[path] <= few[path] for path in PATHS), (few, many)


@settings(max_examples=either(40, 200))
@given(st.text(max_size=60), st.text(max_size=30))
def test_marking_never_breaks_or_injects(text, said):
    """Whatever is marked in whatever text, a reader sees the same text, and no markup but ours."""
    shown = str(highlight(text, parse(said)))
    assert unescape(re.sub("</?mark>", "", escape(text) if shown == text else shown)) == text
    assert "<" not in re.sub("</?mark>", "", shown if shown != text else "")
