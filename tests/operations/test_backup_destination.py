"""The folder that backups lie in."""

import stat

import pytest

from posdesk.operations.backup import destination
from posdesk.operations.backup.container import BadBackup


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_appears_under_its_name_when_it_is_whole(tmp_path):
    with destination.new_file(tmp_path) as (file, path):
        file.write(b"whole")
        assert names(tmp_path) == [destination.UNFINISHED]
    assert names(tmp_path) == [path.name] and destination.OURS.fullmatch(path.name)
    assert path.read_bytes() == b"whole" and stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_folder_is_made_for_its_owner_alone_but_not_what_it_lies_in(tmp_path):
    with destination.new_file(tmp_path / "backups"):
        pass
    assert stat.S_IMODE((tmp_path / "backups").stat().st_mode) == 0o700 and len(names(tmp_path / "backups")) == 1
    with pytest.raises(FileNotFoundError), destination.new_file(tmp_path / "missing" / "backups"):
        pass


def test_nothing_is_left_when_writing_fails(tmp_path):
    with pytest.raises(OSError, match="full"), destination.new_file(tmp_path) as (file, _):
        file.write(b"half")
        raise OSError("full")
    assert names(tmp_path) == []


def test_what_a_killed_backup_left_is_written_over(tmp_path):
    left = tmp_path / destination.UNFINISHED
    left.write_bytes(b"longer than what comes")
    left.chmod(0o644)
    with destination.new_file(tmp_path) as (file, path):
        file.write(b"short")
    assert names(tmp_path) == [path.name] and path.read_bytes() == b"short" and stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_at_once_do_not_meet(tmp_path):
    with destination.new_file(tmp_path) as (file, path):
        with pytest.raises(BadBackup, match="另一个备份"), destination.new_file(tmp_path):
            pass
        file.write(b"first")
    assert names(tmp_path) == [path.name] and path.read_bytes() == b"first"


def test_two_in_a_second_get_two_names(tmp_path):
    for _ in range(2):
        with destination.new_file(tmp_path):
            pass
    assert len(names(tmp_path)) == 2


def test_older_ones_go_and_nothing_else(tmp_path):
    older = [f"posdesk-2026010{day}-030000.zip" for day in range(1, 6)]
    others = ["posdesk-20260101-030000.zip.sha256", "posdesk-important.zip", "notes.txt", "x-posdesk-20260101-030000.zip"]
    for name in older + others:
        (tmp_path / name).touch()
    (tmp_path / "posdesk-20250101-030000.zip").mkdir()
    removed = destination.remove_older(tmp_path / older[4], keep=2)
    assert sorted(path.name for path in removed) == older[:3]
    assert names(tmp_path) == sorted([*older[3:], *others, "posdesk-20250101-030000.zip"])


def test_the_newest_stays_whatever_the_clock_said(tmp_path):
    """A clock that was set back names the new one as if it were older."""
    for day in (1, 2, 3):
        (tmp_path / f"posdesk-2026010{day}-030000.zip").touch()
    destination.remove_older(tmp_path / "posdesk-20260101-030000.zip", keep=1)
    assert names(tmp_path) == ["posdesk-20260101-030000.zip"]
