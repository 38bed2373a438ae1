"""manage.py restore: everything, or nothing; from either database into either."""

import os
import signal
import subprocess
from itertools import product

import pytest

from tests.budget import against, either
from tests.integration.backups import ask, backup, command, contents, manifest, refused, restore, rewritten
from tests.servers.filled import PASSWORD
from tests.servers.posdesk import ROOT, settings
from tests.servers.working import manage

TABLES = "from django.db import connection\nanswer = connection.introspection.table_names()"
# What is odd enough to get lost between two databases.
ODD = """
import datetime
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from faults.models import Change, Fault, Search, Upload
editor = User.objects.get(username="editor")
TOTPDevice.objects.create(user=User.objects.get(username="bian"), name="手机", confirmed=True)
Upload.objects.create(name="表.xlsx", data=bytes(range(256)), made_by=editor)
at = datetime.datetime(2026, 3, 1, 2, 3, 4, 567891, datetime.timezone.utc)
text = 'ｔab\\t line\\u2028 \\\\N "quoted" 😀'
Search.objects.create(mark="m", at=at, text=text, folded="", source="page", outcome="near", results=1, best_score=0.1 + 0.2)
Change.objects.create(kind="fault", item_id=1, name="键", action="changed", row={"b": [1, 0.5, None, True], "a": {"空": ""}})
gone = Fault.everything.create(title="要删的", category_id=Fault.objects.first().category_id)
answer = gone.pk
gone.delete()
"""
AFTERWARDS = f"""
from django.test import Client
from faults.checks.stale_index import stale
from faults.models import ContentVersion, Fault, Search
search, wrong = Search.objects.get(), stale()
client = Client(SERVER_NAME="localhost")
page = client.get("/search/", {{"q": Fault.objects.first().title}}).content.decode()
client.post("/admin/login/", {{"username": "editor", "password": {PASSWORD!r}}})
before = ContentVersion.current()
new = Fault.everything.create(title="新的", category_id=Fault.objects.first().category_id)
answer = {{
    "may_sign_in": "_auth_user_id" in client.session,
    "stale": wrong, "finds": Fault.objects.first().title in page, "new": new.pk,
    "version": before, "is_renewed": ContentVersion.current() != before,
    "row": [str(search.at), search.best_score],
}}
"""


@pytest.fixture(scope="module")
def odd(request, tmp_path_factory):
    """odd(kind): a backup of a database of that kind with odd rows, made once; and the number of an entry that was deleted."""
    made = {}

    def make(kind: str):
        if kind not in made:
            database = request.getfixturevalue(kind).filled()
            deleted = ask(database, ODD)
            made[kind] = backup(database, tmp_path_factory.mktemp(kind)), deleted
        return made[kind]

    return make


def kill_a_restore(file, database: str) -> None:
    """Begins one in a process of its own, and kills it when half of the tables are filled."""
    process = subprocess.Popen(command("restore", file, database=database), cwd=ROOT, env=settings(), stdout=subprocess.PIPE, text=True)
    while not process.stdout.readline().startswith("faults_change "):
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL


# From one kind of database to the other; to its own kind with LONG=1, as the next test does it too.
WAYS = either([("sqlite", "postgresql"), ("postgresql", "sqlite")], list(product(("sqlite", "postgresql"), repeat=2)))


@pytest.mark.parametrize(("origin", "kind"), WAYS)
def test_killed_halfway_it_leaves_an_empty_place_and_then_every_row_comes_back(odd, origin, kind, request, tmp_path):
    (file, deleted), there = odd(origin), request.getfixturevalue(kind).empty()
    kill_a_restore(file, there)
    assert ask(there, TABLES) == []
    assert "恢复好了" in restore(file, there)
    made = manifest(file)
    assert contents(there, tmp_path) == made["tables"]
    seen = ask(there, AFTERWARDS)
    assert seen["may_sign_in"] and seen["finds"] and seen["is_renewed"] and not seen["stale"]
    assert seen["row"] == ["2026-03-01 02:03:04.567891+00:00", 0.1 + 0.2]
    assert seen["new"] == deleted + 1  # history speaks of what was deleted by its number


@against("postgresql", "databases")
def test_a_backup_is_tried_without_touching_what_is_in_use(odd, databases):
    (file, _), used = odd(databases.name), databases.empty()
    names = databases.names() if databases.name == "postgresql" else None
    lines = restore(file, used, "--verify").splitlines()
    assert "每张表都和备份时一样" in lines.pop()
    made = manifest(file)["tables"]
    assert [line.split() for line in lines] == [[table, str(said["rows"]), "一致"] for table, said in made.items()]
    assert ask(used, TABLES) == []
    assert names is None or databases.names() == names


def test_a_table_that_comes_back_otherwise_is_named(odd, sqlite, tmp_path):
    (file, _), used = odd("sqlite"), sqlite.empty()
    # The same row in other words: only who reads it back from the database sees the difference.
    once = rewritten(file, tmp_path / "once.zip", {"faults_searchword": b'[1, "\\u0061", 1, 1]\n'})
    tables = manifest(once)["tables"]
    tables["faults_searchword"]["rows"] = 1
    other = rewritten(once, tmp_path / "twice.zip", {}, tables=tables)
    assert refused("restore", other, "--verify", database=used) == "1 处和备份时不一致：faults_searchword。换一份备份。"


def test_rows_that_the_manifest_does_not_name_are_refused_whole(odd, sqlite, tmp_path):
    (file, _), there = odd("sqlite"), sqlite.empty()
    shorter = rewritten(file, tmp_path / "shorter.zip", {"faults_actor": b""})
    assert manifest(shorter)["tables"]["faults_actor"]["rows"] == 7
    assert "faults_actor 的内容和清单对不上" in refused("restore", shorter, database=there)
    assert ask(there, TABLES) == []


@against("sqlite", "databases")
def test_nothing_is_written_over(odd, databases, tmp_path):
    (file, _), there = odd(databases.name), databases.filled()
    before = contents(there, tmp_path)
    assert "已经有 posdesk 的数据" in refused("restore", file, database=there)
    assert contents(there, tmp_path) == before


def test_what_a_newer_posdesk_wrote_is_refused(odd, sqlite, tmp_path):
    (file, _), there = odd("sqlite"), sqlite.empty()
    nodes = manifest(file)["migrations"]
    newer = rewritten(file, tmp_path / "newer.zip", {}, migrations=[*nodes, ["faults", "9999_later"]])
    assert "faults.9999_later" in refused("restore", newer, database=there)
    assert "更新的 posdesk" in refused("restore", rewritten(file, tmp_path / "other.zip", {}, format=2), database=there)
    assert ask(there, TABLES) == []


@against("postgresql", "databases")
def test_what_an_older_posdesk_wrote_is_brought_up_to_date(databases, tmp_path):
    older, there = databases.empty(), databases.empty()
    manage(older, "migrate", "faults", "0010", "--verbosity=0")
    restore(file := backup(older, tmp_path), there)
    assert "faults_search" not in manifest(file)["tables"]
    seen = ask(
        there,
        "from faults.models import *\nanswer = [ContentVersion.current(), Search.objects.count(), DeskRules.current().keep_searches_days]",
    )
    assert seen[1:] == [0, 90] and seen[0] != ask(older, "from faults.models import *\nanswer = ContentVersion.current()")
    assert "No planned migration operations" in manage(there, "migrate", "--plan")


def test_a_damaged_file_is_refused_before_anything_is_made(odd, sqlite, tmp_path):
    there, damaged = sqlite.empty(), tmp_path / "damaged.zip"
    content = bytearray(odd("sqlite")[0].read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    assert "文件坏了" in refused("restore", damaged, database=there)
    assert "没有这个文件" in refused("restore", tmp_path / "missing.zip", database=there)
    assert not (sqlite.folder / there.rpartition("/")[2]).exists()


def test_without_the_right_to_make_a_database_it_says_so(odd, postgresql):
    run_sql, there = postgresql.cluster.run_sql, postgresql.empty()
    run_sql("CREATE ROLE modest LOGIN")
    modest = there.replace("postgres@", "modest@")
    assert "permission denied to create database" in refused("restore", odd("sqlite")[0], "--verify", database=modest)
    assert "permission denied for schema public" in refused("restore", odd("sqlite")[0], database=modest)
    assert ask(there, TABLES) == []
