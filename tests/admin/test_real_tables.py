"""Files as people have them, from the upload to the import: what is guessed, what is asked, what comes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faults.checks.entries import RED, of_fault
from faults.editing.history import newest_change
from faults.models import Change, Fault, ReturnCode, Revision, Status, Upload
from tests.admin.forms import body, filled_in
from tests.editing.transfer import real_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(signed_in_as):
    return signed_in_as("编辑")


def sent(client, data, name):
    """The page that asks what the columns are."""
    page = client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    return page


def answered(client, page, **answers):
    """The plan, with what was guessed and these answers."""
    return client.post(
        page.request["PATH_INFO"], filled_in(page) | {name.replace("_", "-"): text for name, text in answers.items()}, follow=True
    )


def imported(client, plan, **chosen):
    said = body(client.post(plan.request["PATH_INFO"], filled_in(plan) | chosen))
    assert "导入好了" in said and not Upload.objects.exists()
    return said


def code(scheme, code):
    return ReturnCode.everything.get(scheme=scheme, code=code)


@pytest.mark.postgresql
def test_a_title_above_the_header_and_a_header_on_every_page(editor):
    page = sent(editor, real_tables.with_a_title(), "码.xlsx")
    guessed, shown = filled_in(page), body(page)
    assert guessed["header-0"] == "3" and [guessed[f"column-0-{place}"] for place in range(4)] == ["", "返回码", "意思", "做"]
    assert guessed["default-0-scheme"] == "terminal" and "终端本地返回码对照表（2026年版）" in shown
    plan = answered(editor, page)
    assert "新增 2" in body(plan) and "能不能重试：查清后再试（2条）" in body(plan)
    imported(editor, plan)
    made = code("terminal", "T71")
    assert (made.status, made.meaning, made.step_list) == (Status.DRAFT, "读卡模块没有应答", ["1、重新插卡", "2、还不行就重启"])
    assert "能不能重试：查清后再试" in Change.objects.of(made).get().why


def test_english_headings_and_a_code_table_that_is_asked_for(editor):
    page = sent(editor, real_tables.in_english(), "codes.csv")
    again = answered(editor, page)
    assert "少了“码表”这一列" in body(again) and filled_in(again)["column-0-1"] == "意思"
    imported(editor, answered(editor, again, default_0_scheme="kuaiqian", default_0_retry="no"))
    assert (code("kuaiqian", "QX").meaning, code("kuaiqian", "QY").retry_id) == ("Do not honor", "no")


@pytest.mark.postgresql
def test_causes_below_a_merged_fault_are_its_causes(editor):
    page = sent(editor, real_tables.faults_with_causes(), "故障.xlsx")
    assert [filled_in(page)[f"column-0-{place}"] for place in range(3)] == ["标题", "原因", "处理办法"]
    again = answered(editor, page)
    assert "新条目都要有类别" in body(again)
    plan = answered(editor, again, default_0_category="printing", default_0_actor="cashier")
    assert "类别：打印（2条）；谁来处理：收银员（2条）；怎么确认：待填：怎么知道是这个原因？（2条）" in body(plan)
    imported(editor, plan)
    entry = Fault.everything.get(title="卷纸总往一边跑")
    assert entry.status == Status.DRAFT and [cause.title for cause in entry.causes.all()] == ["纸卷没卡进槽里", "纸卷比纸仓窄"]
    assert entry.causes.first().fixes.get().step_list == ["打开纸仓", "把纸卷两头卡进槽里"]
    assert Fault.everything.filter(title="按键要按两次才灵").count() == 1


def test_what_stands_in_place_of_a_check_is_not_published(editor, admin_client):
    """Readers heard “问：待填：…”: the filler is a red line, at submitting, at publishing and in the list of what is wrong."""
    page = sent(editor, real_tables.faults_with_causes(), "故障.xlsx")
    imported(editor, answered(editor, page, default_0_category="printing", default_0_actor="cashier"))
    entry = Fault.everything.get(title="卷纸总往一边跑")
    told, sent_ = "还没写，先把它写好：待填：怎么知道是这个原因？", {"_selected_action": [entry.pk], "seen": newest_change()}
    for action in ("submit", "publish"):
        said = body(admin_client.post(reverse("admin:faults_fault_changelist"), sent_ | {"action": action, "confirmed": "1"}, follow=True))
        assert "碰了红线" in said and told in said, action
    assert Fault.everything.get(pk=entry.pk).status == Status.DRAFT
    assert [problem.level for problem in of_fault(entry) if told in problem.sentence] == [RED, RED]


def test_codes_of_which_little_is_written_say_no_more(editor, client):
    """Whether the card is kept stands open, nothing is to be said; a row that repeats another is the same row."""
    rows = ["错误码,说明", "KX,疑似欺诈", "KY,余额不足", "KX,疑似欺诈"]
    page = sent(editor, "\n".join(rows).encode(), "快钱.csv")
    imported(editor, answered(editor, page, default_0_scheme="kuaiqian", default_0_retry="no"))
    assert (code("kuaiqian", "KX").keep_card, code("kuaiqian", "KY").meaning) == (None, "余额不足")
    ReturnCode.everything.filter(code="KX").update(status=Status.PUBLISHED)
    shown = body(client.get("/codes/KX/"))
    assert "码表没写" in shown and ">不留<" not in shown and "可以对持卡人说" not in shown and "<dt>谁来处理" not in shown


def test_the_same_entries_do_not_come_twice(editor):
    for refused in (0, 2):
        page = sent(editor, real_tables.faults_with_causes(), "故障.xlsx")
        plan = answered(editor, page, default_0_category="printing")
        assert f"新增 {2 - refused}" in body(plan) and f"不能导入 {refused}" in body(plan)
        if not refused:
            imported(editor, plan)
    assert "已经有叫“卷纸总往一边跑”的条目" in body(plan)


def test_gb18030_with_semicolons(editor):
    page = sent(editor, real_tables.of_an_old_system(), "拉卡拉错误码.csv")
    guessed = filled_in(page)
    assert guessed["default-0-scheme"] == "lakala" and [guessed[f"column-0-{place}"] for place in range(4)] == [
        "返回码",
        "屏幕提示",
        "意思",
        "注意",
    ]
    imported(editor, answered(editor, page))
    made = code("lakala", "W1")
    assert (made.meaning, made.screen_texts.get().text) == ("工作密钥过期,要重新签到", "密钥失效,请签到")


def test_a_table_of_libreoffice(editor):
    page = sent(editor, real_tables.of_libreoffice(), "码.ods")
    assert filled_in(page)["default-0-scheme"] == "kuaiqian"
    imported(editor, answered(editor, page))
    assert [code("kuaiqian", name).step_list for name in ("06", "77")] == [["打发卡行电话"]] * 2


@pytest.mark.postgresql
def test_another_acquirers_codes_do_not_turn_over_what_is_verified(editor):
    """Asked about, left alone unless ticked, and with one choice the right table's."""
    before = {name: code("cup", name).meaning for name in ("05", "54", "61")}
    plan = answered(editor, sent(editor, real_tables.of_another_acquirer(), "码.csv"))
    shown = body(plan)
    assert "这些码在银联表里意思不同（3个）：是另一家的表吗？" in shown and "新增 1" in shown and "修改 0" in shown
    columns = plan.request["PATH_INFO"] + "columns/"
    plan = editor.post(columns, {"scheme": "lakala"}, follow=True)
    assert "意思不同" not in body(plan) and "新增 4" in body(plan)
    imported(editor, plan)
    assert {name: code("cup", name).meaning for name in before} == before and code("lakala", "Y9").meaning == "本机构自己的码"
    assert not ReturnCode.everything.filter(scheme="cup", code="Y9")


def test_a_verified_meaning_is_changed_if_that_is_chosen(editor):
    plan = answered(editor, sent(editor, real_tables.of_another_acquirer(1), "码.csv"))
    assert "共2条" in imported(editor, plan, overwrite=["code:cup:05"])
    assert Revision.objects.get(kind="code", item_id=code("cup", "05").pk).row["meaning"] == "本机构的说法05"


@pytest.mark.postgresql
def test_three_hundred_equal_faults_are_one_sentence(editor):
    page = sent(editor, real_tables.with_faults(), "毛病.xlsx")
    plan = answered(editor, page, default_0_category="hardware")
    shown = body(plan)
    assert "不能导入 300" in shown and "第2、3、4行等300行" in shown and shown.count("不认识“X9型机”") == 1
    imported(editor, plan)
    assert Fault.everything.filter(title__startswith="第30", title__endswith="说不清的毛病").count() == 2


def test_another_kind_or_header_is_laid_out_anew_and_nothing_is_lost(editor):
    page = sent(editor, "日期,金额\n2026,1\n术语,解释\n紫霄,甲\n".encode(), "t.csv")
    assert filled_in(page)["kind-0"] == "term" and filled_in(page)["header-0"] == "3"
    other = answered(editor, page, kind_0="code")
    assert "重新认过了" in body(other) and not Upload.objects.get().layouts
    again = answered(editor, other, kind_0="term", header_0="3")
    assert filled_in(again)["column-0-0"] == "术语"
    imported(editor, answered(editor, again))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind-0": "x", "header-0": "x"},
        {"kind-0": "code", "header-0": "999", "laid-0": "code:999"},
        {"kind-0": "fault", "header-0": "1", "laid-0": "fault:1", "column-0-0": "标题", "column-0-1": "标题", "default-0-category": "x"},
        {"scheme": "nowhere"},
    ],
)
def test_nonsense_is_answered_with_the_page(editor, data):
    page = sent(editor, real_tables.in_english(), "codes.csv")
    answer = editor.post(page.request["PATH_INFO"], data)
    assert answer.status_code == 200 and Upload.objects.get().layouts == []


def test_only_who_sent_a_table_sees_its_rows(editor, signed_in_as):
    address = sent(editor, real_tables.in_english(), "codes.csv").request["PATH_INFO"]
    other = signed_in_as("管理员")
    assert other.get(address).status_code == other.post(address).status_code == 404
