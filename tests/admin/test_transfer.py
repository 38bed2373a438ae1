"""Tables in the admin: out, in by way of a plan, and what is refused."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faults.editing.describe import snapshot
from faults.editing.edits import save_edit
from faults.editing.exporting import as_csv
from faults.editing.transfer.workbook import MAX_BYTES
from faults.models import Action, Fault, Revision, Upload
from tests.admin.forms import body, filled_in

pytestmark = pytest.mark.django_db
EDITOR, REVIEWER, ADMINISTRATOR = "编辑", "复核", "管理员"


@pytest.fixture
def editor(signed_in_as):
    return signed_in_as(EDITOR)


def send(client, text, name="t.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, data)})


@pytest.mark.postgresql
def test_upload_look_at_the_plan_and_carry_it_out(editor):
    plan = send(editor, "编号,标题\n118,换了标题\n119,长长长长\nx,坏的\n").url
    page = editor.get(plan)
    shown = body(page)
    assert "修改 2" in shown and "不能导入 1" in shown and "<ins>换了" in shown and "第4行" in shown
    answer = editor.post(plan, filled_in(page))
    said = body(answer)
    assert answer.streaming and "2/2" in said and "导入好了，共2条" in said
    assert Revision.objects.count() == 2 and not Upload.objects.exists()


def test_a_plan_made_before_somebodys_change_is_not_carried_out(editor):
    plan = send(editor, "编号,标题\n118,换了标题\n").url
    form = filled_in(editor.get(plan))
    Fault.everything.filter(number=118).update(title="别人改了")
    assert "什么也没导入" in body(editor.post(plan, form)) and not Revision.objects.exists()
    assert Upload.objects.exists()


def test_the_plan_comes_in_pieces_and_tells_how_far_it_is(editor):
    """Compressed, or held back by nginx, the first piece would come with the last."""
    plan = send(editor, "编号,标题\n118,换了标题\n119,也换了\n").url
    answer = editor.get(plan, headers={"Accept-Encoding": "gzip"})
    assert answer.streaming and "Content-Encoding" not in answer.headers and answer.headers["X-Accel-Buffering"] == "no"
    head, *progress, made, tail = (piece.decode() for piece in answer.streaming_content)
    assert "正在和知识库比较" in head and "修改 2" in made and "</html>" in tail
    assert progress and all('<progress value="' in piece for piece in progress) and 'value="6" max="6"' in progress[-1]


def test_what_a_colleague_changed_since_is_listed_apart_and_overwritten_by_choice(editor):
    sheet = list(csv.DictReader(StringIO(as_csv("fault").decode("utf-8-sig"), newline="")))
    for number in (118, 119, 40):
        fault = Fault.objects.get(number=number)
        save_edit("fault", snapshot(fault) | {"title": f"同事改的{number}"}, None, Action.CHANGED, "", fault)
    text = StringIO(newline="")
    writer = csv.DictWriter(text, sheet[0])
    writer.writeheader()
    writer.writerows(row | {"标题": "表里改的"} if row["编号"] in ("118", "119") else row for row in sheet)
    plan = send(editor, text.getvalue()).url
    page = editor.get(plan)
    shown = body(page)
    assert "导出以后同事也改过 2" in shown and "导出以后同事改过，表里没动 1" in shown and "<ins>表里改的</ins>" in shown
    assert "没有“版本”" not in shown and 'value="fault:118"' in shown and f"/fault/{Fault.objects.get(number=40).pk}/history/" in shown
    assert "共1条" in body(editor.post(plan, filled_in(page) | {"overwrite": ["fault:119"]}))
    assert {revision.row["number"]: revision.row["title"] for revision in Revision.objects.all()} == {
        118: "同事改的118",
        119: "表里改的",
        40: "同事改的40",
    }


def test_a_table_without_versions_says_that_it_can_not_tell(editor):
    plan = send(editor, "编号,标题\n118,换了标题\n").url
    assert "有1行没有“版本”" in body(editor.get(plan))


def test_every_row_of_a_long_plan_can_be_found(editor, django_assert_max_num_queries):
    def queries(count):
        rows = "\n".join(f"{number},标题{number},通讯,所有终端" for number in range(2000, 2000 + count))
        plan = send(editor, f"编号,标题,类别,适用终端\n118,换了标题,,所有终端\n{rows}\n").url
        with django_assert_max_num_queries(80) as seen:
            return plan, body(editor.get(plan)), len(seen)

    plan, shown, many = queries(450)
    assert queries(10)[2] == many
    assert "还有250行没列出" in shown and "第202行" in shown and "第203行" not in shown
    last = body(editor.get(f"{plan}?show=new&page=3"))
    assert "第403行" in last and "第452行" in last and "第402行" not in last and "3/3" in last and "第2行" not in last
    assert "后面还有50行" in body(editor.get(f"{plan}?show=new&page=2&q=标题"))
    found = body(editor.get(f"{plan}?q=第333行"))
    assert "第333行" in found and "第332行" not in found
    for query in ("?show=none", "?q=没有的", "?show=new&page=x", "?page=9"):
        answer = editor.get(plan + query)
        assert body(answer) and answer.status_code == 200
    assert "没有这样的行" in body(editor.get(f"{plan}?q=没有的"))
    assert "导入这451条" in found and 'name="fingerprint"' in found


def test_equal_reasons_are_said_once_and_counted(editor):
    """Whatever else is wrong with a row, and every row can be found."""
    rows = "\n".join(f"{number},标题{number}{'长' * 60 if number % 100 == 0 else ''}" for number in range(2000, 2300))
    plan = send(editor, f"编号,标题\n{rows}\n").url
    shown = body(editor.get(plan))
    assert "不能导入 300" in shown and shown.count("“类别”空着") == 1 and "第2、3、4行等300行" in shown and "2–301" in shown
    assert shown.count("标题”：") == 1 and "第2、102、202行" in shown
    found = body(editor.get(f"{plan}?q=第102行"))
    assert "第102行" in found and "等300行" not in found and "2100号" not in found.split("“类别”空着")[0]


def test_a_table_kept_by_an_earlier_version_is_asked_for_again(editor):
    upload = Upload.objects.create(name="t.csv", data="编号,标题\n118,x\n".encode(), made_by=User.objects.get(username="编辑一"))
    answer = editor.get(reverse("transfer_plan", args=[upload.pk]), follow=True)
    assert answer.redirect_chain and "重新上传" in answer.content.decode()


def test_only_who_sent_it_sees_and_applies_it(editor, signed_in_as):
    plan = send(editor, "编号,标题\n118,换了标题\n").url
    other = signed_in_as(ADMINISTRATOR)
    assert other.get(plan).status_code == 404 and other.post(plan).status_code == 404


def test_publishing_at_once_is_only_for_who_may_approve_their_own(editor, signed_in_as):
    for client, is_live in ((editor, False), (signed_in_as(REVIEWER), False), (signed_in_as(ADMINISTRATOR), True)):
        title = f"换了标题{client.session['_auth_user_id']}"
        plan = send(client, f"编号,标题\n118,{title}\n").url
        page = client.get(plan)
        assert ("直接发布" in body(page)) == is_live
        body(client.post(plan, filled_in(page) | {"publish": "on"}))
        assert (Fault.objects.get(number=118).title == title) == is_live
        Revision.objects.all().delete()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.csv", "空"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a.xlsx", "表格"),
        ("编号,标题\n1,卡号６２２２ ０２１２ ３４５６ ７８９０\n", "a.csv", "像卡号"),
        (b"x" * (MAX_BYTES + 1), "a.csv", "20 MB"),
    ],
    ids=["empty", "picture", "card", "big"],
)
def test_a_file_that_will_not_do_is_refused_and_not_kept(editor, data, name, sentence):
    answer = send(editor, data, name)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_file_with_script_in_its_name_and_cells_is_shown_as_text(editor):
    plan = send(editor, "编号,标题\n118,<script>alert(1)</script>\n", '"><script>alert(2)<.csv').url
    shown = body(editor.get(plan))
    assert "<script>alert(" not in shown and "&lt;script&gt;" in shown


def test_exports_and_the_template_come_as_files(editor):
    for name, arguments, query, begins in (
        ("transfer_export", ["xlsx"], "", b"PK"),
        ("transfer_export", ["csv"], "?kind=code", b"\xef\xbb\xbf"),
        ("transfer_template", [], "", b"PK"),
    ):
        answer = editor.get(reverse(name, args=arguments) + query)
        assert answer.status_code == 200 and answer.content.startswith(begins) and "attachment" in answer.headers["Content-Disposition"]
    assert editor.get(reverse("transfer_export", args=["csv"]), {"kind": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["transfer", "transfer_template"])
def test_a_stranger_and_somebody_without_a_role_get_nothing(client, signed_in_as, name):
    assert client.get(reverse(name)).status_code == 302
    nobody = signed_in_as("")
    assert nobody.get(reverse(name)).status_code == 403
    assert nobody.get(reverse("transfer_export", args=["xlsx"])).status_code == 403
    assert send(nobody, "编号\n1\n").status_code == 403


def test_a_files_name_is_stored_and_said_without_its_card_number(admin_client):
    assert "4539" not in send(admin_client, b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "4539578763621486.xlsx").content.decode()
    send(admin_client, "编号,标题\n118,换了标题\n", "4539578763621486.csv")
    assert Upload.objects.get().name == "************1486.csv"
