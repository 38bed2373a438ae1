"""The admin's first page: what waits for whoever signed in, in the same number of queries however much it is."""

from datetime import date, timedelta
from re import findall

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faults.admin.work_lists import WORK_LISTS
from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.revisions import dry_run
from faults.models import (
    Action,
    Change,
    Fault,
    Flag,
    GateStep,
    Incident,
    LoadedItem,
    Note,
    ReturnCode,
    Revision,
    ScheduledStep,
    Search,
    SearchDay,
    Status,
    Term,
)
from faults.usage.bursts import FEWEST
from tests.admin.forms import up_to_date
from tests.usage.rows import searched

pytestmark = pytest.mark.django_db


def parts(client):
    """The page's lists: the heading of each with its text."""
    text = client.get("/admin/").content.decode()
    return {piece.split("<")[0].strip(): piece for piece in text.split("<h2>")[1:]}


@pytest.mark.postgresql
def test_each_sees_what_waits_for_them(person, signed_in_as, client):
    author = person("编辑", "作者")
    for number in (5, 12, 40):
        item = Fault.objects.get(number=number)
        propose(item, snapshot(item) | {"symptom": "改了。"}, author, Action.CHANGED)
        if number != 12:
            publishing.submit(item, author)
    publishing.send_back(Fault.objects.get(number=5), None, "再想想")
    client.force_login(author)
    mine = parts(client)
    assert (
        "5号" in mine["退回给我的"] and "再想想" in mine["退回给我的"] and "12号" in mine["我的草稿"] and "40号" in mine["我提交了，等复核"]
    )
    assert "等我复核" not in mine
    theirs = parts(signed_in_as("复核"))
    assert "40号" in theirs["等我复核"] and "5号" not in theirs["等我复核"] and "没有写到一半的" in theirs["我的草稿"]
    assert "退回" in theirs["最近的变动"]


def test_overdue_reviews_stand_there_until_somebody_says_still_correct(signed_in_as):
    Fault.objects.filter(number__in=[5, 40]).update(review_due=date(2020, 1, 1))
    reviewer = signed_in_as("复核")
    assert "5号" in parts(reviewer)["该复核了"]
    fault = Fault.objects.get(number=5)
    answer = reviewer.post(f"/admin/faults/fault/{fault.pk}/step/confirm/", up_to_date(next="desk"))
    assert answer.url == "/admin/"
    assert "5号" not in parts(reviewer)["该复核了"] and "40号" in parts(reviewer)["该复核了"]
    assert "仍然正确" not in parts(signed_in_as("编辑"))["该复核了"]


def test_one_row_takes_as_many_queries_as_twenty(signed_in_as, person):
    reviewer, author = signed_in_as("复核"), person("编辑", "作者")

    def queries(numbers):
        for item in Fault.objects.filter(number__in=numbers):
            propose(item, snapshot(item) | {"symptom": "改了。"}, author, Action.CHANGED)
            publishing.submit(item, author)
            Flag.objects.create(fault=item, version=1, words="有误")
        Fault.objects.filter(number__in=numbers).update(review_due=date(2020, 1, 1))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert reviewer.get("/admin/").status_code == 200
        return len(seen)

    assert queries([5]) == queries(range(6, 30))


def whole(client, name, page=1):
    """A list's own page."""
    return client.get(reverse("work_list", args=[name]), {"page": page}).content.decode()


def at_work(author, count, state=Status.DRAFT, note=""):
    """So many published entries with a revision by that author."""
    items = Fault.objects.order_by("number")[:count]
    rows = [Revision(kind="fault", item_id=one.pk, name=str(one), row={}, state=state, author=author, note=note) for one in items]
    Revision.objects.bulk_create(rows)


def flag(count):
    Flag.objects.bulk_create(Flag(fault=one, version=1, words="有误") for one in Fault.objects.all()[:count])


def renewed(count):
    both = {"reply": {"before": "", "theirs": "新的回话"}}
    LoadedItem.objects.filter(pk__in=LoadedItem.objects.order_by("key")[:count]).update(conflicts=both)


def overdue(count):
    for model in (Fault, ReturnCode, Term):
        model.objects.filter(pk__in=model.objects.order_by("pk")[: count // 3]).update(review_due=date(2020, 1, 1))


def change(count):
    kept = {"kind": "fault", "action": Action.CHANGED, "row": {}}
    Change.objects.bulk_create(Change(item_id=one.pk, name=str(one), **kept) for one in Fault.objects.all()[:count])


def scheduled(count, refusal=""):
    kept = {"kind": "fault", "step": GateStep.ARCHIVE, "at": timezone.now() + timedelta(1), "version": 1, "why": "定了", "refusal": refusal}
    ScheduledStep.objects.bulk_create(ScheduledStep(item_id=one.pk, name=str(one), **kept) for one in Fault.objects.all()[:count])


def lose(count):
    """Notes beside causes that are there no more."""
    rows = [Note(number=number, about=f"fault:{40 + number % 2}", cause="没有这个原因", text="本台") for number in range(1, count + 1)]
    Note.everything.bulk_create(rows)


def incidents(count):
    ends = timezone.now() + timedelta(hours=1)
    Incident.objects.bulk_create(Incident(text=f"第{number}家断网。", ends_at=ends, set_by_name="组长") for number in range(count))


def asked_often(count):
    Search.objects.bulk_create(
        Search(
            mark=f"{text}-{number}",
            at=timezone.now(),
            text=f"紫霄殿{text}",
            folded=f"紫霄殿{text}",
            source="page",
            outcome="near",
            results=0,
        )
        for text in range(count)
        for number in range(FEWEST)
    )


# How rows come into each list, for the one who looks and another.
FILLED = {
    "incidents": lambda own, other, count: incidents(count),
    "bursts": lambda own, other, count: asked_often(count),
    "reviews": lambda own, other, count: at_work(other, count, Status.REVIEW),
    "returned": lambda own, other, count: at_work(own, count, note="再想想"),
    "drafts": lambda own, other, count: at_work(own, count),
    "submitted": lambda own, other, count: at_work(own, count, Status.REVIEW),
    "flags": lambda own, other, count: flag(count),
    "renewals": lambda own, other, count: renewed(count),
    "refused": lambda own, other, count: scheduled(count, "碰了红线"),
    "scheduled": lambda own, other, count: scheduled(count),
    "lost_notes": lambda own, other, count: lose(count),
    "overdue": lambda own, other, count: overdue(count),
    "newest": lambda own, other, count: change(count),
}


@pytest.mark.postgresql
def test_every_list_says_how_many_there_are_and_leads_to_all_of_them(person, client):
    own, other = person("复核"), person("编辑")
    client.force_login(own)
    wrong = []
    for name, fill in FILLED.items():
        with dry_run():
            fill(own, other, 60)
            box = parts(client)[str(WORK_LISTS[name].title)].split("</section>")[0]
            first, second = whole(client, name), whole(client, name, 2)
            said = (box.count("<li>"), ">60<" in box, "看全部60条" in box and reverse("work_list", args=[name]) in box)
            if (*said, first.count("<li><a"), second.count("<li><a"), ">60<" in first) != (10, True, True, 50, 10, True):
                wrong.append((name, *said, first.count("<li><a"), second.count("<li><a")))
    assert FILLED.keys() == WORK_LISTS.keys() and not wrong


def test_a_page_of_a_list_takes_as_many_queries_for_fifty_rows_as_for_three(person, client):
    own, other = person("复核"), person("编辑")
    client.force_login(own)

    def queries(name, count):
        with dry_run():
            FILLED[name](own, other, count)
            with CaptureQueriesContext(connection) as seen:
                assert whole(client, name).count("<li><a") == min(count, 50)
        return len(seen)

    assert not [name for name in FILLED if queries(name, 3) != queries(name, 60)]


def test_a_short_list_leads_nowhere_and_an_empty_page_says_so(signed_in_as):
    reviewer = signed_in_as("复核")
    flag(3)
    assert "看全部" not in parts(reviewer)["读者报错"].split("</section>")[0]
    assert "没有等您复核的" in whole(reviewer, "reviews") and "没有。" in whole(reviewer, "returned")


def test_a_list_is_opened_only_by_whom_it_is_for(signed_in_as):
    answers = {
        role: {name: signed_in_as(role, f"{role}{name}").get(reverse("work_list", args=[name])).status_code for name in WORK_LISTS}
        for role in ("", "编辑")
    }
    mine = dict.fromkeys(("returned", "drafts", "submitted"), 200)
    assert answers == {"": dict.fromkeys(WORK_LISTS, 403) | mine, "编辑": dict.fromkeys(WORK_LISTS, 200) | {"reviews": 403, "refused": 403}}
    assert signed_in_as("编辑").get(reverse("work_list", args=["other"])).status_code == 404


def test_the_last_written_draft_stands_first(person, client):
    author = person("编辑")
    client.force_login(author)
    at_work(author, 12)
    assert findall(r">(\d+)号", parts(client)["我的草稿"])[0] == Revision.objects.latest("pk").name.split("号")[0]


def test_a_flag_closed_on_its_page_leads_back_there(signed_in_as):
    flag(1)
    answer = signed_in_as("编辑").post(reverse("close_flag", args=[Flag.objects.get().pk]), {"next": "flags"})
    assert answer.url == reverse("work_list", args=["flags"])


@pytest.mark.postgresql
def test_what_was_sent_back_says_by_whom_and_when_and_not_whose_it_is(person, client):
    author, item = person("编辑", "作者"), Fault.objects.get(number=5)
    for name in ("退稿的人", "又一位"):
        propose(item, snapshot(item) | {"symptom": f"改给{name}看。"}, author, Action.CHANGED)
        publishing.submit(item, author)
        publishing.send_back(item, person("复核", name), "再想想")
    client.force_login(author)
    day = timezone.localtime(Change.objects.of(item)[0].made_at)
    box = parts(client)["退回给我的"].split("</section>")[0]
    assert f"又一位退回，{day:%m-%d %H:%M}" in box and "作者" not in box and "退稿的人" not in box
    form = (
        client.get(reverse("admin:faults_fault_change", args=[item.pk])).content.decode().split("<h2>状态</h2>")[1].split("</section>")[0]
    )
    assert f"又一位退回，{day:%m-%d %H:%M}" in form and "作者：作者" in form and "作者改于" not in form


def said_of_use(client):
    return parts(client)["使用"].split("</section>")[0]


def test_that_all_was_found_is_said_only_where_something_was_asked(signed_in_as):
    editor, today = signed_in_as("编辑"), timezone.localdate()
    assert "最近7天没有人查过" in said_of_use(editor)
    day = SearchDay.objects.create(day=today, searches=12, answered=12)
    assert "最近7天查了12次，没有一次落空" in said_of_use(editor)
    day.answered, day.nothing = 9, 3
    day.save()
    assert "3次没给出答案：都处理过了" in said_of_use(editor)
    searched("紫霄殿")
    assert "紫霄殿" in said_of_use(editor) and "问得最多的1句" in said_of_use(editor)
