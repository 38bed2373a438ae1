"""kill -9 while the index is rebuilt: the old one or the new one, never a mixture, never none."""

from faults.models import SearchDocument
from tests.budget import against
from tests.failures.counts import count
from tests.failures.killing import duration, moments, run
from tests.failures.looking import look
from tests.servers.working import on


def _spoil(database: str) -> None:
    """Makes the index one that can be told from a new one."""
    with on(database):
        SearchDocument.objects.filter(kind="fault", object_id__lte=40).update(title="旧")
        SearchDocument.objects.filter(kind="code").last().delete()


@against("sqlite")
def test_an_index_is_the_old_or_the_new(database, request, note):
    lasts = duration("rebuild_search", database=database)
    new = look(database)
    assert new.is_whole
    _spoil(database)
    old, ended, there = look(database), 0, 0
    assert old.stale and old.index != new.index
    for moment in moments(count("kills"), 0.3 * lasts, 1.1 * lasts):
        is_acknowledged = run("rebuild_search", database=database, kill_after=moment)
        seen = look(database)
        is_new = seen.index == new.index
        assert not seen.wrong and seen.content == new.content
        assert is_new or (seen.index == old.index and not is_acknowledged), "a mixture, or acknowledged and not there"
        ended, there = ended + is_acknowledged, there + is_new
        if is_new:
            assert not seen.stale
            _spoil(database)
            old = look(database)
    assert run("rebuild_search", database=database) and look(database).index == new.index, "rebuilding twice gives two indexes"
    note(
        "kill -9", f"rebuild, {request.node.callspec.id}", kills=count("kills"), acknowledged=ended, wholly_there=there, lost=0, half_done=0
    )
