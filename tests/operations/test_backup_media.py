"""Files beside the database come back with it, wholly or not at all."""

import pytest

from posdesk.operations.backup import media
from posdesk.operations.backup.container import BadBackup, Writer, open_backup


@pytest.fixture
def folder(tmp_path, settings):
    """Where files lie in this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def packed(tmp_path):
    """packed(name…): a backup with files of these names, each with its name inside."""

    def pack(*names: str):
        path = tmp_path / "files.zip"
        with path.open("w+b") as raw, Writer(raw) as writer:
            writer.finish({"files": {name: writer.add(name, [name.encode()]) for name in names}})
        return open_backup(path)

    return pack


def test_files_are_named_by_where_they_lie(folder):
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "图.png").touch()
    assert media.files() == {"media/a/图.png": folder / "a" / "图.png"}


def test_there_may_be_none(folder, packed):
    with packed() as backup, media.unpacked(backup):
        pass
    assert media.files() == {} and not folder.exists()


def test_they_come_back_when_all_went_well(folder, packed, tmp_path):
    (folder / "a").mkdir(parents=True)
    with packed("media/a/图.png", "media/b.txt") as backup, media.unpacked(backup):
        assert media.files() == {}
    assert {name: path.read_text() for name, path in media.files().items()} == {name: name for name in ("media/a/图.png", "media/b.txt")}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files.zip", "media"]


def test_nothing_comes_when_something_failed(folder, packed, tmp_path):
    with pytest.raises(OSError, match="full"), packed("media/b.txt") as backup, media.unpacked(backup):
        raise OSError("full")
    assert [path.name for path in tmp_path.iterdir()] == ["files.zip"]


def test_files_that_are_there_are_not_written_over(folder):
    folder.mkdir()
    (folder / "mine.txt").touch()
    with pytest.raises(BadBackup, match="移走"):
        media.require_empty()


@pytest.mark.parametrize("name", ["media/../../outside.txt", "media//tmp/outside.txt"])
def test_no_file_is_written_elsewhere(folder, packed, name, tmp_path):
    with pytest.raises(BadBackup, match="别处"), packed(name) as backup, media.unpacked(backup):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["files.zip"]
