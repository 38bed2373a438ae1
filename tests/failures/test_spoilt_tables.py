"""Spoilt tables by the thousand: each is refused in a sentence or imported whole, in bounded time. SEED=… tries one alone."""

import re
import resource
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from faults.editing.import_plan import Outcome
from faults.editing.import_planning import card_lines, plan
from faults.editing.importing import PlanChanged, apply
from faults.editing.publishing import Refused
from faults.editing.revisions import dry_run
from faults.editing.transfer.workbook import UnreadableFile, read_tables, understood
from faults.models import Change, ContentVersion, Fault, ReturnCode, Revision, SynonymGroup, Term
from tests.admin.forms import filled_in
from tests.failures.counts import seeds
from tests.failures.spoilt_tables import Spoiler

pytestmark = pytest.mark.django_db
PORTION = 500
FEW = 25  # of each kind
CHINESE = re.compile("[\u4e00-\u9fff]{2}")
IN_TIME = 60  # seconds a file, on a machine with much else to do; usually it is well below one
MEMORY = 2**20  # kilobytes more than before


@pytest.fixture
def few():
    """Less knowledge than there is: each plan compares with all of a kind, and what is tried here are the tables."""
    for model in (Fault, ReturnCode, Term, SynonymGroup):
        model.everything.exclude(pk__in=model.everything.order_by("pk").values("pk")[:FEW]).delete()


def _fingerprint() -> tuple:
    """Another one after any change: triggers renew the version, and every step is history."""
    return ContentVersion.current(), Change.objects.count(), Revision.objects.count()


def _outcome(name: str, data: bytes, publish: bool) -> str:
    """What became of the file: unreadable, card, refused, nothing, imported. Asserts that nothing is half done."""
    before = _fingerprint()
    try:
        tables = read_tables(name, data)
        sheets = understood(tables)
    except UnreadableFile as error:
        assert CHINESE.search(error.sentence)
        return "unreadable"
    if card_lines(tables):
        return "card"
    made = plan(sheets)
    assert all(CHINESE.search(step.reason) and step.line > 1 for step in made.of(Outcome.REFUSED)), made.of(Outcome.REFUSED)
    assert _fingerprint() == before
    return _applied(sheets, made, before, publish)


def _applied(sheets, made, before: tuple, publish: bool) -> str:
    try:
        done = list(apply(sheets, made.fingerprint, None, "坏表", publish))
    except (PlanChanged, PermissionDenied, Refused, ValidationError, LookupError) as error:
        assert _fingerprint() == before, "half done"
        assert CHINESE.search(str(error)), repr(error)
        return "refused"
    assert len(done) == len(made.due) and Change.objects.count() >= before[1] + len(made.due)
    return "imported" if done else "nothing"


@pytest.mark.parametrize("portion", seeds("tables in process", PORTION), ids=lambda portion: f"{portion[0]}")
def test_a_table_is_refused_or_imported_whole(portion, few, note):
    spoiler, ends, longest = Spoiler(), [], 0.0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for seed in portion:
        name, data = spoiler.file(seed)
        began = time.monotonic()
        with dry_run():
            try:
                ends.append(_outcome(name, data, publish=seed % 2 == 0))
            except Exception as error:
                error.add_note(f"SEED={seed} {name}")
                raise
        longest = max(longest, time.monotonic() - began)
    assert longest < IN_TIME
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEMORY
    figures = {what: ends.count(what) for what in ("unreadable", "card", "refused", "nothing", "imported")}
    note("spoilt tables", "in process", files=len(ends), **figures, half_done=0, longest_s=longest)


@pytest.mark.parametrize("portion", seeds("tables through the form", PORTION), ids=lambda portion: f"{portion[0]}")
def test_the_form_refuses_in_a_sentence(portion, few, signed_in_as, note):
    spoiler, client, taken = Spoiler(), signed_in_as("管理员"), 0
    for seed in portion:
        with dry_run():
            taken += _through_the_form(client, *spoiler.file(10**6 + seed), f"SEED={seed}")
    note("spoilt tables", "through the form", files=len(portion), imported=taken)


def _through_the_form(client: Client, name: str, data: bytes, seed: str) -> bool:
    """Whether there was a plan to carry out."""
    before = _fingerprint()
    answer = client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, data)})
    if answer.status_code == 200:
        assert 'id="wrong"' in answer.content.decode(), seed
        return False
    assert answer.status_code == 302, seed
    page = client.get(answer.url)
    assert page.status_code == 200 and _fingerprint() == before, seed
    if answer.url.endswith("/columns/"):
        answer = client.post(answer.url, filled_in(page))
        if answer.status_code == 200:
            assert 'id="wrong"' in answer.content.decode() or "重新认过了" in answer.content.decode(), seed
            return False
        page = client.get(answer.url)
    said = b"".join(client.post(answer.url, filled_in(page)).streaming_content).decode()
    assert "导入好了" in said or ("没有导入" in said and _fingerprint() == before), seed
    return True
