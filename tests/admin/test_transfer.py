"""Tables in the admin: out, in by way of a plan, and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faults.editing.transfer.workbook import MAX_BYTES
from faults.models import Fault, Revision, Upload
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db
EDITOR, REVIEWER, ADMINISTRATOR = "编辑", "复核", "管理员"


@pytest.fixture
def editor(signed_in_as):
    return signed_in_as(EDITOR)


def send(client, text, name="t.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, data)})


def read(response):
    return b"".join(response.streaming_content).decode()


@pytest.mark.postgresql
def test_upload_look_at_the_plan_and_carry_it_out(editor):
    plan = send(editor, "编号,标题\n118,换了标题\n119,长长长长\nx,坏的\n").url
    page = editor.get(plan)
    shown = page.content.decode()
    assert "修改 2" in shown and "不能导入 1" in shown and "<ins>换了" in shown and "第4行" in shown
    answer = editor.post(plan, filled_in(page))
    said = read(answer)
    assert answer.streaming and "2/2" in said and "导入好了，共2条" in said
    assert Revision.objects.count() == 2 and not Upload.objects.exists()


def test_a_plan_made_before_somebodys_change_is_not_carried_out(editor):
    plan = send(editor, "编号,标题\n118,换了标题\n").url
    form = filled_in(editor.get(plan))
    Fault.everything.filter(number=118).update(title="别人改了")
    assert "什么也没导入" in read(editor.post(plan, form)) and not Revision.objects.exists()
    assert Upload.objects.exists()


def test_only_who_sent_it_sees_and_applies_it(editor, signed_in_as):
    plan = send(editor, "编号,标题\n118,换了标题\n").url
    other = signed_in_as(ADMINISTRATOR)
    assert other.get(plan).status_code == 404 and other.post(plan).status_code == 404


def test_publishing_at_once_is_only_for_who_may_approve_their_own(editor, signed_in_as):
    for client, is_live in ((editor, False), (signed_in_as(REVIEWER), False), (signed_in_as(ADMINISTRATOR), True)):
        plan = send(client, "编号,标题\n118,换了标题\n").url
        page = client.get(plan)
        assert ("直接发布" in page.content.decode()) == is_live
        read(client.post(plan, filled_in(page) | {"publish": "on"}))
        assert (Fault.objects.get(number=118).title == "换了标题") == is_live
        Revision.objects.all().delete()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.csv", "空"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a.xlsx", "表格"),
        ("编号,没这一列\n1,2\n", "a.csv", "不认识的列"),
        ("编号,标题\n1,卡号６２２２ ０２１２ ３４５６ ７８９０\n", "a.csv", "像卡号"),
        (b"x" * (MAX_BYTES + 1), "a.csv", "20 MB"),
    ],
    ids=["empty", "picture", "column", "card", "big"],
)
def test_a_file_that_will_not_do_is_refused_and_not_kept(editor, data, name, sentence):
    answer = send(editor, data, name)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_file_with_script_in_its_name_and_cells_is_shown_as_text(editor):
    plan = send(editor, "编号,标题\n118,<script>alert(1)</script>\n", '"><script>alert(2)<.csv').url
    shown = editor.get(plan).content.decode()
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
