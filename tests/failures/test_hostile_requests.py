"""Hostile requests by the thousand: whatever comes, no answer is a failure of ours. A failing seed is named: SEED=… sends it alone."""

from types import SimpleNamespace

import pytest
from django.test import Client

from posdesk.wsgi import in_utf_8
from tests.admin.forms import filled_in
from tests.budget import against
from tests.failures.counts import seeds
from tests.failures.hostile import Generator, Hostile
from tests.failures.looking import look
from tests.failures.wire import as_bytes, status_of
from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving

PORTION = 3_000
ALLOWED = (501, 505)  # a method or a version of HTTP that no server has to know
FORMS = [f"admin/faults/{model}/{{}}/change/" for model in ("fault", "returncode", "term", "synonymgroup", "wording")]
FORMS += ["admin/faults/fault/add/", "admin/auth/user/add/", "admin/desk/transfer/"]


def _forms(get) -> dict[str, dict]:
    """The forms that an administrator sees."""
    paths = [path.format(1) for path in FORMS]
    return {path: filled_in(answer) for path in paths if (answer := get(f"/{path}")).status_code == 200}


@pytest.fixture
def signed_in(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def _ask(client: Client, cookie: str, hostile: Hostile):
    """The answer, read to its end."""
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in hostile.headers.items() if name != "Content-Type"}
    if hostile.is_signed_in:
        environ["HTTP_COOKIE"] = cookie
    kind = in_utf_8(hostile.headers.get("Content-Type", ""))  # as posdesk.wsgi does before Django looks at it
    answer = client.generic(hostile.method, hostile.target, hostile.body, kind, **environ)
    return answer, b"".join(answer) if answer.streaming else answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("portion", seeds("requests in process", PORTION), ids=lambda portion: f"{portion[0]}")
def test_no_request_breaks_a_page(portion, signed_in, note):
    cookie = f"sessionid={signed_in.session.session_key}"
    generator, client = Generator(_forms(signed_in.get)), Client(raise_request_exception=False)
    assert len(generator.forms) > 4
    failed, deep = [], 0
    for seed in portion:
        hostile = generator.request(seed)
        answer, _ = _ask(client, cookie, hostile)
        deep += hostile.is_signed_in and answer.status_code == 200
        if answer.status_code >= 500 and answer.status_code not in ALLOWED:
            failed.append(
                (seed, hostile.method, hostile.target[:200], hostile.body[:200], repr(getattr(answer, "exc_info", ("", ""))[1])[:300])
            )
    assert not failed, "\n".join(map(str, failed))
    assert deep or len(portion) == 1, "nothing was seen signed in"
    note("hostile requests", "in process, SQLite", requests=len(portion), failures=0, administrators_pages=deep)


@against("postgresql")
@pytest.mark.parametrize("portion", seeds("requests on a socket", 10_000), ids=lambda portion: f"{portion[0]}")
def test_no_request_breaks_the_server(database, log, portion, note, request):
    (session,) = sessions(database, "editor")
    with serving(log, DATABASE_URL=database, PAGES_A_MINUTE="1000000", SEARCHES_A_MINUTE="1000000") as server:
        generator = Generator(_forms(lambda path: _with_code(Browser(server, session).get(path))))
        answers = [(seed, status_of(server.port, as_bytes(generator.request(seed), session))) for seed in portion]
        assert Browser(server).get("/f/40/").status == 200
    failed = [(seed, status) for seed, status in answers if status >= 500 and status not in ALLOWED]
    written = log.read_text(encoding="utf-8", errors="replace")
    assert not failed and "Internal Server Error" not in written and "Error handling" not in written, f"{failed}\n{written[-4000:]}"
    assert not look(database).wrong
    kind = request.node.callspec.params["database"]
    note("hostile requests", f"on a socket, {kind}", requests=len(portion), failures=0)


def _with_code(answer):
    """The browser's answer as Django's client names its parts."""
    return SimpleNamespace(content=answer.content, status_code=answer.status)
