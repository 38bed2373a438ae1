"""manage.py backup: one moment of everything, while everybody works; or nothing, and a sentence."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.budget import against
from tests.integration.backups import ask, backup, command, contents, manifest, refused, refused_process, restore
from tests.servers.posdesk import ROOT, settings
from tests.servers.working import on

WRITER = """
import itertools, sys
from django.contrib.auth.models import User
from faults.editing import edits, publishing
from faults.editing.history import version_read
from faults.models import Action, Category, Cause, Fault, Search, Status, Vote
from django.db import transaction
from django.utils import timezone

first, editor = Fault.objects.first(), User.objects.get(username="editor")
for n in itertools.count(1):
    with transaction.atomic():
        fault = Fault.everything.create(number=5000 + n, title=f"第{n}条", category=first.category)
        edits.record_edit(fault, editor, Action.CREATED)
        Vote.objects.create(fault=fault, version=n, visitor=f"{n:032}", is_helpful=True)
    publishing.publish(fault, editor)
    Search.objects.create(mark=f"{n:016}", at=timezone.now(), text="x", folded="x", source="page", outcome="near", results=0)
    print(n, flush=True)
"""
SEEN = """
from faults.models import Change, ContentVersion, Fault, Search, SearchDocument, Status, Vote
made = set(Fault.everything.filter(number__gt=5000).values_list("pk", flat=True))
created = set(Change.objects.filter(kind="fault", action="created", item_id__in=made | {0}).values_list("item_id", flat=True))
published = set(Fault.objects.filter(number__gt=5000).values_list("pk", flat=True))
said = set(Change.objects.filter(kind="fault", action="published", made_by__username="editor").values_list("item_id", flat=True))
found = set(SearchDocument.objects.filter(kind="fault", is_published=True, object_id__in=made).values_list("object_id", flat=True))
answer = {
    "made": len(made), "published": len(published), "searches": Search.objects.count(),
    "created": created == made, "voted": set(Vote.objects.values_list("fault", flat=True)) == made,
    "said": said == published, "found": found == published,
    "numbers": sorted(Fault.everything.filter(number__gt=5000).values_list("number", flat=True)) == list(range(5001, 5001 + len(made))),
}
"""


@contextmanager
def somebody_writing(database: str) -> Iterator[None]:
    """Another process writes to that database all the time, and has written three entries already."""
    writer = subprocess.Popen(
        command("shell", "-v0", "--command", WRITER, database=database), cwd=ROOT, env=settings(), stdout=subprocess.PIPE
    )
    try:
        assert [int(writer.stdout.readline()) for _ in range(3)] == [1, 2, 3]
        yield
        assert writer.poll() is None, "the writer was stopped by the backup"
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_it_holds_one_moment_while_others_write(databases, tmp_path):
    busy, there = databases.filled(), databases.empty()
    with somebody_writing(busy):
        file = backup(busy, tmp_path)
    restore(file, there)  # which looks at every foreign key
    seen = ask(there, SEEN)
    made, published, searches = seen.pop("made"), seen.pop("published"), seen.pop("searches")
    assert all(seen.values()), seen
    assert 3 <= searches <= published <= made <= searches + 1
    assert manifest(file)["tables"]["faults_vote"]["rows"] == made
    assert ask(busy, SEEN)["made"] > made


@against("postgresql", "databases")
def test_it_changes_nothing(databases, tmp_path):
    database = databases.filled()
    first, second = contents(database, tmp_path), contents(database, tmp_path)
    assert first == second and first["faults_fault"]["rows"] > 40


def test_it_holds_everything_but_who_is_signed_in(databases, tmp_path):
    database = databases.filled()
    tables = ask(database, "from django.db import connection\nanswer = connection.introspection.table_names()")
    made = manifest(backup(database, tmp_path))
    own = {"django_session", "django_migrations", "faults_vocabulary"} | {name for name in tables if name.startswith("faults_index")}
    assert set(tables) - made["tables"].keys() <= own
    assert made["database"] == databases.name and ["faults", "0001_initial"] in made["migrations"]
    assert all(len(said["sha256"]) == 64 for said in made["tables"].values())


def test_older_ones_go_when_told(sqlite, tmp_path):
    database = sqlite.filled()
    (tmp_path / "posdesk-20200101-000000.zip").touch()
    (tmp_path / "notes.txt").touch()
    made = [backup(database, tmp_path), backup(database, tmp_path, "--keep", "2")]
    assert sorted(tmp_path.iterdir()) == sorted([*made, tmp_path / "notes.txt"])


def small_files() -> None:
    """To the process that is about to start, the disk is full after 200 kB of a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


@against("sqlite", "databases")
def test_a_full_disk_leaves_nothing(databases, tmp_path):
    database = databases.filled()
    said = refused_process("backup", tmp_path, "--keep", 1, database=database, preexec_fn=small_files)
    assert "磁盘没有空间" in said and not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_it_says_so(sqlite, tmp_path):
    database = sqlite.filled()
    (tmp_path / "file").touch()
    assert "没有这个文件或文件夹" in refused("backup", tmp_path / "missing" / "too", database=database)
    assert "不是文件夹" in refused("backup", tmp_path / "file", database=database)


def test_what_is_no_database_of_posdesk_is_not_backed_up(databases, tmp_path):
    assert "没有 posdesk 的表" in refused("backup", tmp_path, database=databases.empty())
    newer = databases.filled()
    with on(newer):
        MigrationRecorder(connection).record_applied("faults", "9999_later")
    assert "faults.9999_later" in refused("backup", tmp_path, database=newer)
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_away_is_one_sentence(tmp_path):
    assert "数据库说" in refused("backup", tmp_path, database="postgres://nobody@127.0.0.1:1/none")
    assert not list(tmp_path.iterdir())
