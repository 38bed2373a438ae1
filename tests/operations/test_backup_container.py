"""The file of a backup: whatever happens to it on its way is noticed before anything is read from it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from posdesk.operations.backup.container import BadBackup, Writer, open_backup

PIECES = [b"one\n", "二\n".encode()]


@pytest.fixture
def file(tmp_path):
    """A small whole backup."""
    path = tmp_path / "small.zip"
    with path.open("w+b") as raw, Writer(raw) as writer:
        digest = writer.add("tables/t.jsonl", PIECES)
        writer.finish({"tables": {"t": digest}})
    return path


def is_refused(path, content: bytes) -> bool:
    path.write_bytes(content)
    try:
        with open_backup(path):
            return False
    except BadBackup:
        return True


def test_what_went_in_comes_out(file):
    with open_backup(file) as backup:
        assert list(backup.lines("tables/t.jsonl")) == PIECES
        assert b"".join(backup.pieces("tables/t.jsonl")) == b"".join(PIECES)
        assert len(backup.manifest["tables"]["t"]) == 64


def test_any_zip_program_reads_it(file):
    with ZipFile(file) as archive:
        assert archive.testzip() is None and archive.namelist() == ["tables/t.jsonl", "manifest.json"]


def test_a_flipped_bit_is_found_wherever_it_is(file, tmp_path):
    whole, damaged = file.read_bytes(), tmp_path / "damaged.zip"
    for place in range(len(whole)):
        content = bytearray(whole)
        content[place] ^= 1 << place % 8
        assert is_refused(damaged, bytes(content)), f"byte {place} of {len(whole)}"


def test_every_cut_and_every_addition_is_found(file, tmp_path):
    whole, damaged = file.read_bytes(), tmp_path / "damaged.zip"
    assert all(is_refused(damaged, whole[:length]) for length in range(len(whole)))
    assert is_refused(damaged, whole + b"\0") and is_refused(damaged, b"\0" + whole)


def foreign_zip() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a" * 1000)
    return file.getvalue()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "空"), (b"x" * 500, "不是 posdesk"), (foreign_zip(), "不是 posdesk")])
def test_what_is_no_backup_is_refused_by_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "other.zip"
    path.write_bytes(content)
    with pytest.raises(BadBackup, match=sentence), open_backup(path):
        pass


def test_a_seal_over_something_else_is_refused(tmp_path):
    """Whoever makes the checksum right has still not made a backup."""
    path = tmp_path / "other.zip"
    with path.open("w+b") as raw, Writer(raw) as writer:
        writer.add("a", [b"a"])
        writer.finish({})
    with pytest.raises(BadBackup, match="tables/t"), open_backup(path) as backup:
        list(backup.lines("tables/t.jsonl"))
