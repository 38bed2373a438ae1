"""A backup whose seal is right and whose content is absurd: refused in a sentence, and nothing is restored by half."""

import json
from hashlib import sha256
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from posdesk.operations.backup.container import DIGEST, MANIFEST, SEAL
from tests.budget import against, either
from tests.integration.backups import ask, backup, refused
from tests.integration.test_restore import TABLES

ABSURD = [None, True, -1, 10**30, 1.5, float("nan"), "", "x", "\0", "\ud800", "2026-99-99", [], [[]], {}, {"a": 1}, [1, 2, 3], "长" * 500]
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory, request) -> Members:
    """What a good backup holds."""
    made = backup(request.getfixturevalue("sqlite").filled(), tmp_path_factory.mktemp("good"))
    with ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sealed(members: Members, to: Path) -> Path:
    """The members as they are, and a seal that is right."""
    with ZipFile(to, "w") as archive:
        archive.comment = SEAL + b"0" * DIGEST
        for name, data in members.items():
            archive.writestr(name, data)
    whole = to.read_bytes()[:-DIGEST]
    to.write_bytes(whole + sha256(whole).hexdigest().encode())
    return to


def with_manifest(members: Members, manifest) -> Members:
    return members | {MANIFEST: json.dumps(manifest).encode()}


def spoilt_manifest(members: Members, random: Random) -> Members:
    """Something in it, at any depth, is something else, is gone, or there is no JSON at all."""
    manifest = json.loads(members[MANIFEST])
    at, key = manifest, random.choice([*manifest, MANIFEST])
    if key == MANIFEST:
        return members | {MANIFEST: random.choice([b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"7", b'{"format": 1}'])}
    while isinstance(at[key], dict | list) and at[key] and random.random() < 0.7:
        at = at[key]
        key = random.choice([*at] if isinstance(at, dict) else range(len(at)))
    if random.random() < 0.3:
        del at[key]
    else:
        at[key] = random.choice(ABSURD)
    return with_manifest(members, manifest)


def spoilt_rows(members: Members, random: Random) -> Members:
    """A table's lines are absurd, and the manifest has their digest and number."""
    manifest = json.loads(members[MANIFEST])
    table = random.choice([name for name, said in manifest["tables"].items() if said["rows"]])
    lines = members[name := f"tables/{table}.jsonl"].splitlines(keepends=True)
    place = random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            lines[place] = random.choice([b"\n", b"{\n", b"\xff\n", b"[" * 100_000 + b"\n", b"7\n", b"null\n", b"[]\n"])
        case 1:
            lines.append(lines[place])
        case 2:
            del lines[place]
        case _:
            row = json.loads(lines[place])
            row[random.randrange(len(row))] = random.choice(ABSURD)
            lines[place] = json.dumps(row).encode() + b"\n"
    data = b"".join(lines)
    manifest["tables"][table] |= {"rows": len(lines), "sha256": sha256(data).hexdigest()}
    return with_manifest(members | {name: data}, manifest)


# The few are refused in different places; what could be true costs a restore each.
FEW = [*((spoilt_manifest, seed) for seed in (2, 3, 4, 5, 7)), (spoilt_rows, 0)]
SEEDS = either(FEW, [(spoil, seed) for spoil in (spoilt_manifest, spoilt_rows) for seed in range(25)])  # some seconds each


@against("sqlite", "databases")
def test_nonsense_is_refused_whole(good, tmp_path, databases):
    """Some of it could be true: then all of it is there."""
    wrong, count = [], 0
    database = databases.empty()
    for spoil, seed in SEEDS:
        file = sealed(spoil(good, Random(seed)), tmp_path / "nonsense.zip")  # noqa: S311 (the same in every run)
        try:
            said = refused("restore", file, database=database)
        except pytest.fail.Exception:  # it was restored
            database = databases.empty()
            continue
        except Exception as error:  # noqa: BLE001 (what this test looks for)
            wrong.append((spoil.__name__, seed, repr(error)[:200]))
            continue
        count += 1
        if not said.startswith("没有恢复：") or "校验和" in said or ask(database, TABLES):
            wrong.append((spoil.__name__, seed, said))
    assert not wrong and count > len(SEEDS) / 3
