"""The content version: another one after every change of content, through whatever door, and the old one after a rollback."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from faults import triggers
from faults.models import Cause, CauseStanding, ContentVersion, Fault, Note, SearchWord, Standing, SynonymGroup, Variable, VariableValue
from tests.incidents import incident

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

TABLES = triggers.tables()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_content_renews_it(table):
    Standing.objects.create(fault=Fault.objects.first(), lift=0.5)  # what use has shown isn't in the files
    CauseStanding.objects.create(cause=Cause.objects.first(), solved=1)
    VariableValue.objects.create(variable=Variable.objects.first(), table_id="kuaiqian", value="八点到十八点")  # the desk's own to fill in
    Note.everything.create(number=1, about="fault:40", text="本台的话")
    incident(entries=[40])
    before = ContentVersion.current()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")  # noqa: S608 (our own table names)
        assert cursor.rowcount > 0, "the knowledge has no row here to try it with"
    assert ContentVersion.current() != before


def test_every_model_is_content_or_named_as_none():
    models = set(apps.get_app_config("faults").get_models(include_auto_created=True))
    assert {model._meta.db_table for model in models - set(triggers.NOT_CONTENT)} == set(TABLES)


def test_saving_adding_and_deleting_renew_it(draft):
    seen = {ContentVersion.current()}
    for change in (
        lambda: draft.save(),
        lambda: Fault.everything.filter(pk=draft.pk).update(title="别的"),
        lambda: draft.causes.create(title="没插好", check_text="插好了吗？"),
        lambda: draft.environments.clear() or draft.causes.all().delete(),
        lambda: SynonymGroup.objects.create(name="试", words="试\n验", status="published"),
    ):
        change()
        seen.add(ContentVersion.current())
    assert len(seen) == 6


def test_a_rollback_brings_the_old_one_back_and_the_next_change_another(draft):
    Note.everything.create(number=1, about="fault:40", text="本台的话")
    before = ContentVersion.current()
    with pytest.raises(RuntimeError), transaction.atomic():
        draft.save()
        lost = ContentVersion.current()
        raise RuntimeError
    assert ContentVersion.current() == before
    draft.save()
    assert ContentVersion.current() not in (before, lost)


def test_what_is_not_content_leaves_it_alone():
    Note.everything.create(number=1, about="fault:40", text="本台的话")
    before = ContentVersion.current()
    SearchWord.objects.create(text="zzz")
    assert ContentVersion.current() == before


def test_triggers_are_made_again_where_they_are_missing(draft):
    """As behind a migration that made a table anew on SQLite."""
    name = "faults_fault_update_renews" if connection.vendor == "sqlite" else "faults_fault_renews ON faults_fault"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
    triggers.ensure()
    Note.everything.create(number=1, about="fault:40", text="本台的话")
    before = ContentVersion.current()
    draft.save()
    assert ContentVersion.current() != before
