"""kill -9 in the middle of an import: all of it or nothing."""

from tests.budget import against
from tests.failures.counts import count
from tests.failures.killing import duration, moments, run
from tests.failures.looking import look

ENTRIES = count("imported entries")  # in the table


def _table(folder, titles: dict[int, str], mark: str) -> str:
    """A table that gives entries a new title."""
    file = folder / f"{mark}.csv"
    lines = [f"{number},{title[:12]}{mark}" for number, title in list(titles.items())[:ENTRIES]]
    file.write_text("\n".join(["编号,标题", *lines]), encoding="utf-8")
    return str(file)


def _import(file: str) -> list[str]:
    return ["import_knowledge", file, "--apply", "--publish"]


@against("postgresql")
def test_an_import_is_whole_or_never_was(database, tmp_path, request, note):
    before = look(database)
    lasts = duration(*_import(_table(tmp_path, before.titles, "先")), database=database)
    seen, ended, there = look(database), 0, 0
    for round_, moment in enumerate(moments(count("kills"), 0.3 * lasts, 1.1 * lasts)):
        mark = f"第{round_}次"
        is_acknowledged = run(*_import(_table(tmp_path, before.titles, mark)), database=database, kill_after=moment)
        was, seen = seen, look(database)
        carried = sum(title.endswith(mark) for title in seen.titles.values())
        assert seen.is_whole and seen.waiting == 0, (seen.wrong, seen.stale)
        assert carried in (0, ENTRIES) and (carried or not is_acknowledged), "half done, or acknowledged and lost"
        assert (seen.content == was.content) == (carried == 0) == (seen.version == was.version)
        ended, there = ended + is_acknowledged, there + bool(carried)
    note(
        "kill -9", f"import, {request.node.callspec.id}", kills=count("kills"), acknowledged=ended, wholly_there=there, lost=0, half_done=0
    )
