"""What is old goes, the sums stay; of several processes one does the work; stored judgments are tried when the knowledge changes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from faults.models import DealtWith, DeskRules, Fault, Judgment, Search, SearchDay, Solved, Upkeep, Vote
from faults.usage import upkeep, votes
from faults.usage.batch import write
from faults.usage.events import Searched

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def searched(days_ago):
    at = timezone.now() - timedelta(days=days_ago)
    write([Searched(f"m{days_ago}", at, "不出票", "不出票", "page", "answered", 1, 1.0)])


def test_searches_and_votes_go_after_the_administrators_number_of_days_and_sums_stay():
    for days_ago in (0, 29, 31):
        searched(days_ago)
    cause = Fault.objects.get(number=40).causes.first()
    for visitor, age in (("a" * 32, 0), ("b" * 32, 31)):
        votes.vote(cause.fault, 1, visitor, True)
        votes.solved(cause, 1, visitor)
        for model in (Vote, Solved):
            model.objects.filter(visitor=visitor).update(made_at=timezone.now() - timedelta(days=age))
    DeskRules.objects.update(keep_searches_days=30)
    for text, age in (("旧", 31), ("新", 29)):
        DealtWith.objects.create(folded=text, at=timezone.now() - timedelta(days=age))
    assert upkeep.forget() == 4 and DealtWith.objects.get().folded == "新"
    assert set(Search.objects.values_list("mark", flat=True)) == {"m0", "m29"} and SearchDay.objects.count() == 3
    assert Vote.objects.get().visitor == Solved.objects.get().visitor == "a" * 32


def test_many_go_in_slices(monkeypatch):
    monkeypatch.setattr(upkeep, "AT_ONCE", 3)
    for days_ago in range(91, 101):
        searched(days_ago)
    assert upkeep.forget() == 10 and not Search.objects.exists()


def test_one_of_several_does_it_once_an_hour():
    Upkeep.objects.all().delete()
    assert Upkeep.is_due(upkeep.EVERY) and not Upkeep.is_due(upkeep.EVERY)
    Upkeep.objects.update(done_at=timezone.now() - upkeep.EVERY)
    assert Upkeep.is_due(upkeep.EVERY) and not Upkeep.is_due(upkeep.EVERY)


def test_it_is_done_when_it_is_due_and_not_before(monkeypatch):
    searched(200)
    Upkeep.objects.update_or_create(pk=1, defaults={"done_at": timezone.now()})
    upkeep.tend_if_due()
    assert Search.objects.exists()
    Upkeep.objects.update(done_at=timezone.now() - upkeep.EVERY)
    upkeep.tend_if_due()
    assert not Search.objects.exists()


def test_stored_judgments_are_tried_again_when_the_knowledge_has_changed():
    fault = Fault.objects.get(number=40)
    judgment = Judgment.objects.create(query="不出票", folded="不出票", fault=fault)
    upkeep.tend()
    judgment.refresh_from_db()
    first_look = judgment.checked_at
    assert judgment.rank == 1 and judgment.held_at == first_look
    upkeep.tend()
    judgment.refresh_from_db()
    assert judgment.checked_at == first_look
    Fault.everything.filter(pk=fault.pk).update(status="archived")
    upkeep.tend()
    judgment.refresh_from_db()
    assert judgment.rank == 0 and judgment.held_at == first_look and list(Judgment.objects.broken()) == [judgment]


def test_the_command_does_it_at_once():
    searched(200)
    call_command("tend_usage")
    assert not Search.objects.exists()


def test_a_merged_entry_is_found_by_its_heir():
    old, heir = Fault.objects.get(number=5), Fault.objects.get(number=40)
    judgment = Judgment.objects.create(query="不出票", folded="不出票", fault=old)
    Fault.everything.filter(pk=old.pk).update(status="archived", merged_into=heir)
    upkeep.tend()
    judgment.refresh_from_db()
    assert judgment.rank == 1
