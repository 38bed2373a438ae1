"""Code tables are rows: an administrator makes one, in the browser's forms, and readers find its codes. 2 s."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from faults.checks.entries import RED, of_code
from faults.models import Change, CodeTable, ReturnCode, SearchDocument
from faults.search import index
from faults.search.find import find

pytestmark = pytest.mark.django_db
READER = AnonymousUser()
ADD = reverse("admin:faults_codetable_add")
LIST = reverse("admin:faults_codetable_changelist")
SUIXINGFU = {
    "name": "随行付",
    "full_name": "随行付终端返回码",
    "slug": "suixingfu",
    "kind": "acquirer",
    "words": "随行付\n会员宝",
    "position": "25",
    "letter": "随",
    "red_lines": "Q9",
}


def change(table: str) -> str:
    return reverse("admin:faults_codetable_change", args=[CodeTable.objects.get(slug=table).pk])


@pytest.fixture
def administrator(signed_in_as):
    return signed_in_as("管理员")


@pytest.fixture
def table(administrator):
    """A new acquirer's, made by an administrator, with two codes."""
    answer = administrator.post(ADD, SUIXINGFU)
    assert answer.status_code == 302, answer.context["errors"]
    for code, meaning in (("01", "商户没有开通这种交易"), ("Q9", "请求已发出，没有回答")):
        row = ReturnCode.everything.create(scheme_id="suixingfu", code=code, meaning=meaning, retry_id="no", status="published")
        index.refresh([row])
    return CodeTable.objects.get(slug="suixingfu")


def test_the_desks_own_table_is_listed_first_and_a_field_cuts_nothing_that_is_pasted(administrator):
    page = administrator.get(LIST)
    assert [row.is_own for row in page.context["cl"].result_list].index(True) == 0
    assert "maxlength" not in administrator.get(ADD).content.decode()
    refused = administrator.post(ADD, SUIXINGFU | {"name": "随" * 31})
    assert refused.status_code == 200 and "随" * 31 in refused.content.decode() and "31" in str(refused.context["errors"])


@pytest.mark.postgresql
def test_an_agent_finds_a_code_of_a_new_table_by_name_and_number(client, table):
    for said in ("随行付 01", "会员宝报01", "随行付返回码01"):
        assert find(READER, said).hits[0].item.scheme == table and not find(READER, said).missing_table
    assert find(READER, "01").hits[0].item.scheme_id == "cup"
    page = client.get("/codes/01/?scheme=suixingfu").content.decode()
    assert "商户没有开通这种交易" in page and "发卡行请持卡人先联系它" in page  # beside what other tables say of it
    listed = client.get("/codes/?scheme=suixingfu").context["rows"]
    assert [row.code for row in listed] == ["01", "Q9"]
    assert "随行付" in client.get("/search/?q=返回码ZQ").content.decode()  # among the tables that were looked into


def test_whose_table_is_not_here_is_said(client):
    for said, whose in (("随行付 01", "随行付"), ("拉卡拉 97", "拉卡拉"), ("银联商务51", "银联商务")):
        assert find(READER, said).missing_table == whose
        page = client.get("/search/", {"q": said})
        assert page.status_code == 200 and f"这里没有“{whose}”的" in page.content.decode()
    assert client.get("/search/", {"q": "银联 97"}).status_code == 302  # ours, and no question


def test_a_red_line_of_a_table_must_be_warned_of(table):
    problems = of_code(ReturnCode.everything.get(scheme=table, code="Q9"))
    assert [problem.field for problem in problems if problem.level == RED] == ["warning"]


def test_its_new_name_is_found_and_its_slug_stays(administrator, table):
    answer = administrator.post(change("suixingfu"), SUIXINGFU | {"name": "随行付支付", "slug": "other"})
    assert answer.status_code == 302
    table.refresh_from_db()
    assert (table.name, table.slug) == ("随行付支付", "suixingfu")
    assert "随行付支付" in SearchDocument.objects.get(kind="code", code="Q9").body
    assert [one.row["name"] for one in Change.objects.of(table)] == ["随行付支付", "随行付"]


@pytest.mark.postgresql
def test_one_table_is_the_desks_own_and_comes_first(administrator, client, table):
    chosen = {"action": "make_own", "_selected_action": [table.pk]}
    assert administrator.post(LIST, chosen).status_code == 302
    assert CodeTable.own_slug() == "suixingfu"
    assert client.get("/codes/01/").context["row"].scheme == table
    assert [row.code for row in client.get("/codes/").context["rows"]] == ["01", "Q9"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeTable.objects.filter(slug="cup").update(is_own=True)


def test_its_red_lines_are_codes_and_its_words_its_own(administrator):
    saved = administrator.post(ADD, SUIXINGFU | {"red_lines": "q9\nＦ８ "})
    assert saved.status_code == 302 and CodeTable.objects.get(slug="suixingfu").red_line_codes == ["Q9", "F8"]
    for wrong, said in (
        ({"red_lines": "F7 状态不明"}, "不是返回码：F7 状态不明"),
        ({"words": "富友\n拉卡拉"}, "“拉卡拉”已经是“拉卡拉”的叫法了"),
    ):
        answer = administrator.post(ADD, SUIXINGFU | {"name": "富友", "slug": "fuiou", "words": "富友"} | wrong)
        assert said in answer.content.decode() and not CodeTable.objects.filter(slug="fuiou").exists()


def test_a_table_with_codes_is_not_deleted(administrator, table):
    address = reverse("admin:faults_codetable_delete", args=[table.pk])
    assert "随行付 01" in administrator.get(address).content.decode()
    administrator.post(address, {"post": "yes"})
    assert CodeTable.objects.filter(pk=table.pk).exists()


@pytest.mark.parametrize("role", ["编辑", "复核"])
def test_others_may_only_look(signed_in_as, role):
    client = signed_in_as(role)
    assert client.post(ADD, SUIXINGFU).status_code == 403 and client.get(LIST).status_code == 200
