"""A browser without a screen: keeps cookies, fills in forms, and measures how long an answer took."""

import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

from django.contrib.auth.models import User
from django.test import Client

from tests.admin.forms import filled_in
from tests.servers.posdesk import Server
from tests.servers.working import on


def sessions(database_url: str, *names: str) -> list[str]:
    """A session for each of these accounts, signed in."""
    with on(database_url):
        return [_session(name) for name in names]


def _session(name: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client.session.session_key


@dataclass(frozen=True)
class Answer:
    """`seconds`: from the request to the end of the answer."""

    status: int
    content: bytes
    headers: http.client.HTTPMessage
    seconds: float

    @property
    def text(self) -> str:
        return self.content.decode()


class Browser:
    """One reader or editor. `session`: a key of `sessions()`; `address`: what a proxy in front would say of where they are.

    `host`: the name they ask for, if it isn't the server's own address.
    """

    def __init__(self, server: Server, session: str = "", address: str = "", timeout: float = 60, host: str = ""):
        self._server, self._timeout = server, timeout
        self._cookies = {"sessionid": session} if session else {}
        said = {"X-Forwarded-For": address, "Host": host}
        self._headers = {name: value for name, value in said.items() if value}

    def get(self, path: str) -> Answer:
        """Raises OSError or HTTPException when no answer comes."""
        return self._ask("GET", path)

    def post(self, path: str, data: dict) -> Answer:
        """Raises OSError or HTTPException when no answer comes."""
        return self._ask("POST", path, urlencode(data, doseq=True).encode())

    def change(self, path: str, **changed: str) -> Answer:
        """Fills in the form of a page again with these fields changed, and sends it."""
        return self.post(path, filled_in(self.get(path)) | changed)

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=self._timeout)
        try:
            connection.request(method, quote(path, safe="/?&=%#"), body, self._all_headers(body))
            response = connection.getresponse()
            answer = Answer(response.status, response.read(), response.headers, time.monotonic() - began)
        finally:
            connection.close()
        self._keep_cookies(answer)
        return answer

    def _all_headers(self, body: bytes | None) -> dict[str, str]:
        sent = self._headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        return sent | ({} if body is None else {"Content-Type": "application/x-www-form-urlencoded"})

    def _keep_cookies(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie", ()):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
