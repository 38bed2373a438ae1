"""The disk is full under SQLite: who saves is told and keeps what was typed, readers go on, and with room again everything works."""

from pathlib import Path

import pytest

from tests.admin.forms import filled_in
from tests.budget import either
from tests.failures.disks import WAYS
from tests.failures.looking import look
from tests.servers.browsing import Browser, sessions
from tests.servers.filled import sampled_sqlite
from tests.servers.posdesk import serving

PAGES = ("/", "/f/40/", "/f/41/", "/codes/97/", "/search/?q=不出票", "/search/?q=连不上")
TYPED = "写了很久的现象。" * 400  # so long that it needs pages of the file


@pytest.fixture(params=either(WAYS[:1], WAYS), ids=lambda way: way.__name__)
def disk(request, tmp_path):
    """A folder with the filled database, that can be made full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with request.param(folder) as made:
        sampled_sqlite(folder / "posdesk.sqlite3")
        yield made


def _pids(server) -> list[int]:
    """Gunicorn's master and its workers."""
    workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [server.pid, *map(int, workers)]


def _form(browser: Browser, path: str) -> dict:
    return filled_in(browser.get(path)) | {"symptom": TYPED, "_publish": "1"}


def test_nothing_is_lost_on_a_full_disk(disk, log, note, request):
    database = f"sqlite:///{disk.folder / 'posdesk.sqlite3'}"
    (session,), before = sessions(database, "editor"), look(database)
    path = f"/admin/faults/fault/{before.ids[40]}/change/"
    with serving(log, DATABASE_URL=database) as server:
        editor, reader = Browser(server, session), Browser(server)
        assert editor.change(path, title="磁盘满之前", _publish="1").status == 302
        was = _while_full(disk, server, editor, reader, path)
        answer = editor.post(path, was)  # the button on the page: what it holds, sent again
        assert answer.status == 302, answer.text[:3000]
        assert reader.post("/say/helpful/40/", {"answer": "yes"}).status == 200
        assert TYPED[:40] in reader.get("/f/40/").text
    seen = look(database)
    assert seen.is_whole and seen.waiting == 0, (seen.wrong, seen.stale)
    note(
        "disk full on SQLite",
        request.node.callspec.id,
        saves_refused_in_a_sentence=3,
        pages_read_meanwhile=2 * len(PAGES),
        lost=0,
        broken=0,
    )


def _while_full(disk, server, editor: Browser, reader: Browser, path: str) -> dict:
    """What is seen while there is no room. Returns what the editor's page then holds."""
    form = _form(editor, path)
    disk.fill(lambda: _pids(server))
    try:
        refused = [editor.post(path, form) for _ in range(2)]
        vote = reader.post("/say/helpful/40/", {"answer": "yes", "words": TYPED[:200]})
        pages = [reader.get(page).status for page in PAGES * 2]
    finally:
        disk.free(lambda: _pids(server))
    assert [answer.status for answer in (*refused, vote)] == [503, 503, 503], [answer.text[:500] for answer in (*refused, vote)]
    assert all("磁盘" in answer.text and "再提交一次" in answer.text for answer in (*refused, vote))
    kept = filled_in(refused[-1])
    assert kept["symptom"] == TYPED and pages == [200] * len(pages)
    return kept
