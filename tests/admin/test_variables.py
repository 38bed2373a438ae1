"""Variables and forms of steps at the desk: kept by administrators, with history, named where misspelled, listed where used. 4 s."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from faults.checks.entries import RED, of_code, of_fault
from faults.checks.readiness import red_lines_of
from faults.desk_words import uses_of
from faults.editing import knowledge_files, row_writer
from faults.editing.describe import describe, describe_all
from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.editing.exporting import rows_of_kind
from faults.editing.import_plan import Outcome
from faults.editing.import_planning import plan
from faults.editing.references import References
from faults.editing.transfer.workbook import read
from faults.models import Audited, Change, DeskRules, Fault, ReturnCode, Revision, Term, Variable
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:faults_variable_add"), reverse("admin:faults_variable_changelist")
NEW = {"name": "装机电话", "purpose": "装新机打给谁", "value": "400-000-0000", "words": "装机热线\n安装电话", "position": "70"}
NO_ROWS = {"values-TOTAL_FORMS": "0", "values-INITIAL_FORMS": "0"}


def own(value="95000-1", table="kuaiqian") -> dict:
    return {"values-TOTAL_FORMS": "1", "values-INITIAL_FORMS": "0", "values-0-table": table, "values-0-value": value}


def change(name="客服电话") -> str:
    return reverse("admin:faults_variable_change", args=[Variable.objects.get(name=name).pk])


@pytest.fixture
def administrator(signed_in_as):
    return signed_in_as("管理员")


def row(answer) -> dict:
    assert answer.status_code == 302, answer.context["errors"]
    return describe(Variable.objects.get(name="装机电话"))


@pytest.mark.postgresql
def test_an_administrator_makes_one_and_history_has_each_of_its_values(administrator):
    made = row(administrator.post(ADD, NEW | own()))
    assert made["words"] == ["装机热线", "安装电话"] and made["values"] == [{"table": "kuaiqian", "value": "95000-1"}]
    page = administrator.get(change("装机电话"))
    row(administrator.post(change("装机电话"), filled_in(page) | {"values-0-value": "95000-2", "name": "另一个"}))
    newest, first = Change.objects.filter(kind="variable", name="装机电话").order_by("-pk")
    assert (first.row["values"][0]["value"], newest.row["values"][0]["value"]) == ("95000-1", "95000-2")
    said = differences("variable", first.row, newest.row, display_names())
    assert [(one.where, one.before, one.after) for one in said] == [(("各家的值 1：快钱", "值"), "95000-1", "95000-2")]
    assert newest.made_by is not None and "装机电话" in administrator.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "6222021234567890"}, "像卡号"),
        ({"value": "打{客服电话}"}, "大括号"),
        ({"value": "不行就再刷一次"}, "碰了红线"),
        ({"name": "转收单"}, "写法的名字"),
        ({"name": "客服：电话"}, "冒号"),
        ({"name": "客服电话"}, "名称相同"),
        (own(value="6222021234567890"), "像卡号"),
        (own(value="不行就再刷一次"), "碰了红线"),
        (own(table="cup"), "没有这个选项"),
        (own(table="nobody"), "没有这个选项"),
    ],
)
def test_what_readers_must_not_hear_is_refused_and_stays_in_the_form(administrator, typed, said):
    answer = administrator.post(ADD, NEW | NO_ROWS | typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and said in page and "装新机打给谁" in page
    assert not Variable.objects.filter(purpose="装新机打给谁").exists()


@pytest.mark.parametrize("role", ["编辑", "复核"])
def test_others_may_only_look(signed_in_as, role):
    client = signed_in_as(role)
    assert client.post(ADD, NEW | NO_ROWS).status_code == 403 and client.get(change()).status_code == 200


def written() -> list:
    """The variable in a step of an entry, in what a code says and in a term. Each is named with its link."""
    fault, code, term = Fault.objects.get(number=40), ReturnCode.objects.get(scheme="cup", code="51"), Term.objects.get(name="冲正")
    fix = fault.causes.first().fixes.first()
    fix.steps, code.say, term.definition = f"{fix.steps}\n打{{客服电话}}。", "请打｛客服电话｝。", "问{ 客服电话 }。"
    for item in (fix, code, term):
        item.save()
    return [fault, code, term]


@pytest.mark.postgresql
def test_its_page_lists_where_it_is_used_and_what_is_used_stays(administrator, django_assert_num_queries):
    items = written()
    page = administrator.get(change()).content.decode()
    assert all(f'href="{reverse(f"admin:faults_{one._meta.model_name}_change", args=[one.pk])}"' in page for one in items)
    with django_assert_num_queries(7):
        assert set(uses_of("客服电话")) == set(items)
    address = change().replace("change", "delete")
    assert "40号" in administrator.get(address).content.decode()
    administrator.post(address, {"post": "yes"})
    assert Variable.objects.filter(name="客服电话").exists() and not uses_of("客服")
    administrator.post(change("报修电话").replace("change", "delete"), {"post": "yes"})
    assert not Variable.objects.filter(name="报修电话").exists()


MISSPELLED = [("{客服电活}", "{客服电话}"), ("{转收弹：报修；机身号}", "{转收单：报修；机身号}"), ("{客服电话", "没有成对")]


@pytest.mark.parametrize(("said", "offered"), MISSPELLED)
def test_the_form_names_what_is_misspelled_and_loses_nothing(admin_client, said, offered):
    address = reverse("admin:faults_fault_change", args=[Fault.objects.get(number=40).pk])
    form = filled_in(admin_client.get(address))
    steps = next(name for name in form if name.startswith("causes-0-") and name.endswith("-steps"))
    answer = admin_client.post(address, form | {"symptom": said, steps: f"{form[steps]}\n{said}"})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count(offered) >= 2 and filled_in(answer)["symptom"] == said
    assert not Revision.objects.exists()
    answer = admin_client.post(address, form | {"symptom": "打{客服电话}。", steps: "{转收单：报修；机身号}"})
    assert answer.status_code == 302 and Revision.objects.get().row["symptom"] == "打{客服电话}。"


def test_the_preview_reads_as_readers_will(admin_client):
    Variable.objects.filter(name="客服电话").update(value="400-000-0000")
    fault, code, _term = written()
    pages = [reverse(f"admin:faults_{one._meta.model_name}_preview", args=[one.pk]) for one in (fault, code)]
    shown = [admin_client.get(page).content.decode() for page in pages]
    assert all("400-000-0000" in page and "客服电话}" not in page for page in shown)
    fault.refresh_from_db()
    assert "{客服电话}" in fault.causes.first().fixes.first().steps  # what was shown was not saved


@pytest.mark.parametrize(("said", "offered"), MISSPELLED)
def test_the_plan_of_an_import_names_it_too(said, offered):
    texts = f"编号,现象,发给商户\n40,{said},好的。\n118,打{{客服电话}}。,好的。\n"
    refused, taken = plan(read("t.csv", texts.encode())).steps
    assert refused.outcome == Outcome.REFUSED and offered in refused.reason and "“现象”" in refused.reason
    assert taken.outcome == Outcome.CHANGED


def test_the_check_names_it_and_it_is_not_published():
    fault = Fault.objects.with_everything().get(number=40)
    fault.causes.all()[0].fixes.all()[0].steps = "{客服电活}"
    assert [str(one) for one in of_fault(fault) if "{客服电话}" in one.sentence and one.level == RED and one.field == "steps"]
    code = ReturnCode.objects.with_everything().get(scheme="cup", code="51")
    code.say = "{没有的}"
    assert [one for one in of_code(code) if "没有“{没有的}”这个变量" in one.sentence and one.level == RED]
    assert red_lines_of(Term(name="试", definition="{客服电活}"))


def test_a_step_may_not_ask_for_a_card_number_at_any_desk():
    fault = Fault.objects.with_everything().get(number=40)
    fault.escalation = "{转收单：报修；卡号、密码}"
    assert [one for one in of_fault(fault) if "卡号、密码" in one.sentence or "报卡号" in one.sentence]
    fault.escalation = "{转收单：报修；卡号后四位、机身号}"
    assert not [one for one in of_fault(fault) if one.level == RED]


@pytest.mark.postgresql
def test_exports_and_files_keep_what_is_written_and_values_come_with_files():
    written()
    assert "{客服电话}" in str(list(rows_of_kind("fault"))) and "｛客服电话｝" in str(list(rows_of_kind("code")))
    given = {"name": "装机电话", "words": ["装机热线"], "values": [{"table": "kuaiqian", "value": "95000-1"}]}
    wanted = knowledge_files.in_current_shape("variable", given)
    row_writer.write("variable", wanted, References())
    assert wanted in describe_all("variable")
    row_writer.write("variable", wanted | {"values": []}, References())
    assert not Variable.objects.get(name="装机电话").values.exists()
    with pytest.raises(LookupError, match="没有叫“没有的”的码表"):
        row_writer.write("variable", wanted | {"values": [{"table": "没有的", "value": "1"}]}, References())


def test_the_knowledge_brings_names_and_no_numbers():
    assert {"客服电话", "报修电话", "服务时间", "结算时点", "限额"} <= {one["name"] for one in describe_all("variable")}
    assert not [one for one in describe_all("variable") if one["value"] or one["values"]]
    call_command("load_knowledge", plan=True)


def test_whose_desk_it_is_is_a_rule_whose_change_is_written_down(administrator, client):
    address = reverse("admin:faults_deskrules_change", args=[DeskRules.objects.get().pk])
    answer = administrator.post(address, filled_in(administrator.get(address)) | {"operator": "acquirer"})
    assert answer.status_code == 302 and DeskRules.current().operator == "acquirer"
    assert "本台是谁的" in Audited.objects.filter(what="rules-changed").first().about
    assert "登记工单" in client.get("/f/40/").content.decode()
