"""查找替换: the plan names every place, what is ticked goes through the gate, and nobody's later words are overwritten."""

from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faults.editing import replacing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.replacing import MOST_PLACES, Wanted
from faults.models import KINDS, Action, Change, Fault, ReturnCode, Revision, Status, SynonymGroup, Term, Wording
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db
PAGE = reverse("replace")
ALL = ("fault", "code", "term", "synonym", "elsewhere")


@pytest.fixture
def written(draft, person):
    """The same word in a published entry, code and term, a draft, a group and a list of wordings; those are published without a review."""
    fault, code, term = Fault.objects.get(number=40), ReturnCode.objects.get(scheme="cup", code="97"), Term.objects.first()
    fault.causes.all().first().fixes.all().update(steps="按一下玉虚键\n等着")
    Fault.objects.filter(pk=fault.pk).update(warning="玉虚在先。", symptom="玉虚亮了。")
    ReturnCode.objects.filter(pk=code.pk).update(note="玉虚")
    Term.objects.filter(pk=term.pk).update(definition="就是玉虚。")
    Fault.everything.filter(pk=draft.pk).update(symptom="玉虚不亮")
    group = SynonymGroup.objects.create(name="玉虚", words="玉虚\n昆仑", status=Status.PUBLISHED)
    Wording.everything.filter(name="fault:41").update(words="玉虚坏了")
    return {"fault": fault, "code": code, "term": term, "draft": draft, "group": group}


def asked(client, find="玉虚", by="碧游", how="exact", kinds=ALL, **more):
    return client.post(PAGE, {"find": find, "by": by, "how": how, "kinds": kinds} | more)


def applied(client, page, **more):
    """The plan's form sent back, as the browser would: of the kinds it has a hidden field each."""
    sent = filled_in(page) | {"kinds": page.context["form"]["kinds"].value()}
    return client.post(PAGE, sent | more, follow=True)


@pytest.mark.postgresql
def test_what_is_ticked_is_replaced_through_the_gate(person, client, written):
    author = person("编辑", "作者")
    client.force_login(author)
    page = asked(client)
    text = page.content.decode()
    assert "找到7处" in text and "在5条里" in text and "原因 1 › 处理方法 1 › 步骤 1" in text and "这是红线提醒里的话" in text
    assert "<del>玉虚</del><ins>碧游</ins>" in text and "其中4条读者正在读" in text and "玉虚坏了" not in text
    said = applied(client, page).content.decode()
    assert "换好了：5条里的6处，其中3条的修改还没发布" in said
    rows = {name: Revision.objects.of(written[name]).get() for name in ("fault", "code", "term", "draft")}
    fault = rows["fault"].row
    assert (fault["symptom"], fault["warning"]) == ("碧游亮了。", "玉虚在先。") and fault["causes"][0]["fixes"][0]["steps"][
        0
    ] == "按一下碧游键"
    assert Fault.objects.get(number=40).symptom == "玉虚亮了。" and rows["fault"].author == author
    assert Fault.everything.get(number=900).symptom == "碧游不亮" and rows["term"].row["definition"] == "就是碧游。"
    assert SynonymGroup.objects.get(name="玉虚").words == "碧游\n昆仑" and Wording.objects.get(name="fault:41").words == "玉虚坏了"
    change = Change.objects.of(written["fault"])[0]
    assert (change.action, change.why, change.made_by) == (Action.CHANGED, "查找替换：“玉虚”换成“碧游”", author)


def test_wordings_only_when_asked(signed_in_as, written):
    client = signed_in_as("编辑")
    assert "wording" not in client.get(PAGE).context["form"]["kinds"].initial
    applied(client, asked(client, kinds=["wording"]))
    assert Wording.objects.get(name="fault:41").words == "碧游坏了"


def test_only_the_ticked_places_and_a_refusal_keeps_the_ticks(signed_in_as, written):
    client = signed_in_as("编辑")
    page = asked(client, kinds=["fault"])
    key = f"fault:{written['fault'].pk}:symptom"
    again = applied(client, page, place=[])
    assert "一处也没有打勾" in again.content.decode() and again.context["ticked"] == set()
    assert "1条里的1处" in applied(client, page, place=[key]).content.decode()
    assert Fault.everything.get(number=900).symptom == "玉虚不亮"


def test_a_colleagues_later_words_are_not_overwritten(signed_in_as, person, written):
    client, item = signed_in_as("编辑"), written["fault"]
    page = asked(client, kinds=["fault"])
    propose(item, snapshot(item) | {"symptom": "玉虚和紫霄亮了。"}, person("编辑", "同事"), Action.CHANGED)
    again = applied(client, page)
    assert "有人改了这些内容" in again.content.decode() and Revision.objects.of(item).get().row["symptom"] == "玉虚和紫霄亮了。"
    assert Fault.everything.get(number=900).symptom == "玉虚不亮" and "（同事）" in again.content.decode()
    applied(client, again)
    revision = Revision.objects.of(item).get()
    assert revision.row["symptom"] == "碧游和紫霄亮了。" and revision.author.username == "同事"


@pytest.mark.parametrize(("role", "is_published"), [("管理员", True), ("复核", False)])
def test_only_who_may_approve_their_own_publishes_at_once(signed_in_as, person, written, role, is_published):
    client, code = signed_in_as(role), written["code"]
    propose(code, snapshot(code) | {"detail": "同事没写完"}, person("编辑", "同事"), Action.CHANGED)
    applied(client, asked(client, kinds=["fault", "code"]), publish="on")
    assert (Fault.objects.get(number=40).symptom == "碧游亮了。") is is_published
    assert ReturnCode.objects.get(pk=code.pk).note == "玉虚" and Revision.objects.of(code).exists()


def test_what_would_cross_a_red_line_says_so_and_is_not_published(signed_in_as, written):
    client = signed_in_as("管理员")
    page = asked(client, by="再刷一次卡，", kinds=["fault"])
    assert "换了以后碰红线" in page.content.decode() and not page.context["ticked"]
    said = applied(client, page, place=[f"fault:{written['fault'].pk}:causes.0.fixes.0.steps.0"], publish="on").content.decode()
    assert "没有换，什么也没改：40号" in said and "碰了红线" in said and not Revision.objects.of(written["fault"]).exists()


CARD = "6222020200112233445"
WRONG = [
    ({"find": ""}, "必填"),
    ({"find": CARD}, "像卡号的数字"),
    ({"by": CARD}, "像卡号的数字"),
    ({"by": "玉虚"}, "没有什么要换"),
    ({"kinds": []}, "必填"),
    ({"kinds": ["source"]}, "source"),
    ({"how": "regex"}, "regex"),
    ({"find": "机" * 101}, "100"),
    ({"find": "的"}, f"超过{MOST_PLACES}处"),
    ({"find": "按一下玉虚键", "by": "", "how": "exact"}, "找到1处"),
    ({"find": "交易成功但不打单", "by": "长" * 200}, "不能换的"),
    ({"find": "没有这样的话"}, "没有能换的地方"),
]


@pytest.mark.parametrize(("sent", "said"), WRONG)
def test_what_cannot_be_done_is_said_and_stays_typed(signed_in_as, written, sent, said):
    before = Change.objects.count()
    page = asked(signed_in_as("编辑"), **sent)
    assert page.status_code == 200 and said in page.content.decode() and Change.objects.count() == before
    assert page.context["form"]["find"].value() == sent.get("find", "玉虚")


def test_digits_that_would_become_a_card_number_are_refused(signed_in_as, written):
    Fault.objects.filter(number=40).update(symptom="玉虚020200112233445")
    page = asked(signed_in_as("编辑"), by="6222", kinds=["fault"]).content.decode()
    assert "换了以后会有像卡号的一串数字" in page


def test_a_plan_takes_as_many_queries_for_many_items_as_for_one(django_assert_max_num_queries):
    def queries(find):
        with CaptureQueriesContext(connection) as seen:
            made = replacing.plan(Wanted(find, "碧游", False, tuple(KINDS)))
        return len(seen), len(made.found)

    (few, one), (many, found) = queries("无拨号音"), queries("流水号")
    assert found > 20 > one and few == many
    start = process_time()
    queries("流水号")
    assert process_time() - start < 10
