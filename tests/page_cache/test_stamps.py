"""A page with a stamp of its own is kept while others are published, and made anew by whatever it shows. Some 6 s: a change a field."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, models, transaction

from faults import page_fingerprints
from faults.models import Change, Fault, ReturnCode, Standing, Term
from posdesk.page_cache.models import ContentVersion
from posdesk.page_cache.page import CachedPage
from tests.budget import either
from tests.notes import noted

pytestmark = pytest.mark.django_db
PATHS = ("/f/40/", "/codes/97/", "/codes/?scheme=")
# Which others are like it may be a day old (docs/adr/0011).
LIKE = re.compile('<div><div class="head"><h2>可能也沾边</h2>.*?</ul></div>'.encode(), re.DOTALL)


def rows() -> list[models.Model]:
    """One of everything that the pages show, but for the names of people: these are no content, and are seen with the next publication."""
    fault, row = Fault.objects.get(number=40), ReturnCode.objects.get(scheme="cup", code="97")
    row.faults.add(fault)
    cause = fault.causes.first()
    fix = cause.fixes.first()
    standing = Standing.objects.create(fault=fault, lift=0.5, place=1)
    parts = [getattr(fault, name).first() for name in ("environments", "screen_texts", "aliases", "myths", "sources", "links")]
    of_code = [getattr(row, name).first() for name in ("screen_texts", "who_acts", "myths", "sources", "confused_with")]
    found = [fault, fault.category, cause, fix, fix.actor, standing, *parts, row, *of_code, Term.objects.get(name="冲正")]
    found += [noted("本台先打这个电话。", name, audience="sayable") for name in ("fault:40", "code:cup:97")]
    return [one for one in found if one is not None]


def other(field: models.Field, value):
    """Another value that the field may have; None where there is none to try."""
    if field.choices:
        return next((key for key, _ in field.flatchoices if key not in (value, "")), None)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.CharField | models.TextField):
        return f"紫霄殿{value}"[: field.max_length]
    if isinstance(field, models.DateField):
        return value and value - timedelta(days=1_000)
    return value + 1 if isinstance(field, models.IntegerField | models.FloatField) and isinstance(value, int | float) else None


def changes() -> Iterator[tuple[models.Model, str]]:
    """Writes one field after another, each undone before the next; what a constraint refuses is left out."""
    for row in rows():
        for field in row._meta.concrete_fields:
            value = other(field, getattr(row, field.attname))
            # A code is an address; what is withdrawn is an error, which is never kept and has the number of its request.
            if field.primary_key or field.is_relation or field.name in ("code", "status") or value is None:
                continue
            try:
                with transaction.atomic():
                    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
                    yield row, field.attname
                    transaction.set_rollback(True)
            except DatabaseError:
                continue


def shown(client) -> list[bytes]:
    return [LIKE.sub(b"", client.get(path).content) for path in PATHS]


def _first_difference(was: bytes, now: bytes) -> tuple[str, str]:
    place = next((place for place, pair in enumerate(zip(was, now, strict=False)) if len(set(pair)) > 1), 0)
    return was[place - 60 : place + 60].decode(errors="replace"), now[place - 60 : place + 60].decode(errors="replace")


def test_whatever_a_page_shows_makes_it_anew(client):
    old, tried = [], 0
    for place, (row, name) in enumerate(changes()):
        if place % either(6, 1):
            continue
        kept = shown(client)
        cache.clear()
        tried += 1
        old += [
            (path, repr(row), name, *_first_difference(was, now))
            for path, was, now in zip(PATHS, kept, shown(client), strict=True)
            if was != now
        ]
    assert tried > 20 and not old


def made_anew(client, monkeypatch) -> list[str]:
    """Which of the pages are not answered from what is kept."""
    made, of = [], CachedPage.of
    monkeypatch.setattr(CachedPage, "of", lambda response: made.append(path) or of(response))
    for path in PATHS:
        client.get(path)
    monkeypatch.undo()
    return made


def test_what_others_say_leaves_it_as_it_is(client, monkeypatch):
    shown(client)
    Fault.objects.filter(number=12).update(symptom="另一句话")
    assert made_anew(client, monkeypatch) == []
    Fault.objects.filter(number=40).update(symptom="另一句话")
    assert made_anew(client, monkeypatch) == ["/f/40/"]


def test_words_that_come_back_are_another_version_to_vote_on(client):
    before = client.get("/f/40/").content
    fault = Fault.objects.get(number=40)
    Change.objects.create(kind="fault", item_id=fault.pk, action="changed", row={})
    fault.save()
    assert client.get("/f/40/").content != before


def test_what_was_made_amid_a_change_is_not_kept_under_its_stamp(client, monkeypatch):
    """Somebody publishes while the page is made: under the stamp of before it would come back with the words of before."""
    of = CachedPage.of

    def slow(response):
        Fault.objects.filter(number=12).update(symptom="另一句话")
        return of(response)

    monkeypatch.setattr(CachedPage, "of", slow)
    client.get("/f/40/")
    monkeypatch.setattr(CachedPage, "of", of)
    assert made_anew(client, monkeypatch)[:1] == ["/f/40/"]


def test_stamps_of_a_version_that_is_gone_are_none():
    assert page_fingerprints.of_version("gone") is None
    assert page_fingerprints.of_version(ContentVersion.current()) == page_fingerprints.current()
