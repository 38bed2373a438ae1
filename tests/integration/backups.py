"""manage.py backup and restore, and what they did."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from posdesk.operations.backup.container import Writer, open_backup
from tests.servers.posdesk import ROOT, settings
from tests.servers.working import manage, on


def command(*arguments: object, database: str) -> list[str]:
    """The arguments of a process that runs manage.py on that database."""
    return ["env", f"DATABASE_URL={database}", sys.executable, "manage.py", *map(str, arguments)]


def backup(database: str, folder: Path, *arguments: str) -> Path:
    """The backup that was made last in the folder."""
    manage(database, "backup", folder, *arguments)
    return max(folder.glob("posdesk-*.zip"))


def restore(file: Path, database: str, *arguments: str) -> str:
    """What it printed."""
    return manage(database, "restore", file, *arguments)


def refused(*arguments: object, database: str) -> str:
    """The one sentence with which a command ends."""
    with pytest.raises(CommandError) as ended:
        manage(database, *arguments)
    assert "\n" not in str(ended.value)
    return str(ended.value)


def refused_process(*arguments: object, database: str, **options) -> str:
    """The same of a process, with options of Popen."""
    ended = subprocess.run(command(*arguments, database=database), cwd=ROOT, env=settings(), capture_output=True, text=True, **options)
    assert ended.returncode == 1 and ended.stderr.startswith("CommandError: ") and ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def manifest(file: Path) -> dict:
    with open_backup(file) as made:
        return made.manifest


def contents(database: str, folder: Path) -> dict:
    """Every table with its number of rows and their SHA-256."""
    file = backup(database, folder)
    tables = manifest(file)["tables"]
    file.unlink()
    return tables


def ask(database: str, code: str):
    """What Python code puts into `answer` there, as JSON would bring it."""
    said = {}
    with on(database):
        exec(compile(code, "<on a test's database>", "exec"), said)  # noqa: S102 (our own code)
    return json.loads(json.dumps(said["answer"]))


def rewritten(file: Path, to: Path, lines: dict[str, bytes], **changed) -> Path:
    """A backup made from another with the lines of some tables and some of the manifest changed, sealed again."""
    with open_backup(file) as made, to.open("w+b") as raw, Writer(raw) as writer:
        new = {f"tables/{table}.jsonl": text for table, text in lines.items()}
        names = [f"tables/{table}.jsonl" for table in made.manifest["tables"]]
        digests = {name: writer.add(name, [new[name]] if name in new else made.pieces(name)) for name in names}
        tables = {table: said | {"sha256": digests[f"tables/{table}.jsonl"]} for table, said in made.manifest["tables"].items()}
        writer.finish(made.manifest | {"tables": tables} | changed)
    return to
