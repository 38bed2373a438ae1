"""Questions at the desk: kept by administrators, with history, and refused where they would tell nothing apart. 3 s."""

import pytest
from django.urls import reverse

from faults.editing import knowledge_files, row_writer
from faults.editing.describe import describe, describe_all
from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.editing.references import References
from faults.models import Actor, Change, Question
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:faults_question_add"), reverse("admin:faults_question_changelist")
NEW = {"slug": "weather", "text": "外面在打雷吗？", "seconds": "8", "position": "900"}
ANSWERS = {
    "answers-TOTAL_FORMS": "2",
    "answers-INITIAL_FORMS": "0",
    "answers-0-slug": "yes",
    "answers-0-text": "在打",
    "answers-1-slug": "no",
    "answers-1-text": "没有",
}


def change(slug="weather") -> str:
    return reverse("admin:faults_question_change", args=[Question.objects.get(slug=slug).pk])


@pytest.fixture
def administrator(signed_in_as):
    return signed_in_as("管理员")


@pytest.fixture
def weather(administrator):
    assert administrator.post(ADD, NEW | ANSWERS).status_code == 302
    return filled_in(administrator.get(change())) | {"evidence-0-about": "fault:31", "evidence-0-fits": ["yes"]}


@pytest.mark.postgresql
def test_an_administrator_makes_one_and_history_has_what_its_answers_speak_for(administrator, weather):
    assert administrator.post(change(), weather).status_code == 302
    made = describe(Question.objects.get(slug="weather"))
    assert made["answers"] == [{"slug": "yes", "text": "在打"}, {"slug": "no", "text": "没有"}]
    assert made["evidence"] == [{"about": "fault:31", "cause": "", "fits": ["yes"]}]
    page = administrator.get(change())
    assert "31号 机器安全触发" in page.content.decode()
    assert administrator.post(change(), filled_in(page) | {"evidence-0-fits": ["no"], "slug": "other"}).status_code == 302
    newest, before, _first = Change.objects.filter(kind="question", row__slug="weather").order_by("-pk")
    said = differences("question", before.row, newest.row, display_names())
    assert [(one.where[0], one.before, one.after) for one in said] and "依据" in said[0].where[0]
    assert newest.made_by is not None and "外面在打雷吗" in administrator.get(LIST, {"q": "fault:31"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "不行就再刷一次，成了吗？"}, "碰了红线"),
        ({"text": "卡号是6222021234567890吗？"}, "像卡号"),
        ({"answers-1-text": "不行就再刷一次"}, "碰了红线"),
        ({"answers-1-slug": "unknown"}, "每个问题都有"),
        ({"answers-1-slug": "yes"}, "重复"),
        ({"seconds": "0"}, "5"),
        ({"slug": "scope"}, "标识"),
    ],
)
def test_what_must_not_be_asked_is_refused_and_stays_in_the_form(administrator, typed, said):
    answer = administrator.post(ADD, NEW | ANSWERS | typed)
    assert answer.status_code == 200 and said in answer.content.decode() and "在打" in answer.content.decode()
    assert not Question.objects.filter(slug="weather").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"evidence-0-about": "fault:99999"}, "没有这样的条目"),
        ({"evidence-0-about": "31"}, "没有这样的条目"),
        ({"evidence-0-cause": "没有的原因"}, "没有叫这个名字的原因"),
        ({"evidence-0-fits": []}, "至少勾一个"),
        ({"evidence-0-fits": ["yes", "no"]}, "也不能全勾"),
        ({"evidence-0-fits": ["nothing"]}, "nothing"),
    ],
)
def test_what_tells_nothing_apart_is_refused(administrator, weather, typed, said):
    answer = administrator.post(change(), weather | typed)
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Question.objects.get(slug="weather").evidence.exists()


@pytest.mark.parametrize("role", ["编辑", "复核"])
def test_others_may_only_look(signed_in_as, role):
    client = signed_in_as(role)
    assert client.post(ADD, NEW | ANSWERS).status_code == 403 and client.get(change("scope")).status_code == 200


def test_its_form_asks_as_often_for_a_hundred_rows_as_for_ten(administrator, django_assert_max_num_queries):
    for slug in ("cards", "sound"):
        with django_assert_max_num_queries(30):
            administrator.get(change(slug))


@pytest.mark.postgresql
def test_files_bring_it_and_an_actor_has_its_minutes():
    wanted = knowledge_files.in_current_shape(
        "question", {"slug": "weather", "text": "打雷吗？", "answers": [{"slug": "yes", "text": "打"}]}
    )
    row_writer.write("question", wanted, References())
    assert wanted in describe_all("question")
    row_writer.write("question", wanted | {"answers": []}, References())
    assert not Question.objects.get(slug="weather").answers.exists()
    minutes = dict(Actor.objects.values_list("slug", "minutes"))
    assert [minutes[slug] for slug in ("cashier", "merchant", "acquirer", "engineer")] == [1, 1, 10, 120]
