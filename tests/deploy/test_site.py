"""A page through nginx and gunicorn as deploy/ sets them up, over TLS."""

import gzip
import http.client
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import time
from contextlib import ExitStack
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.deploy.conftest import HOST, configuration
from tests.deploy.test_settings import variables
from tests.servers.ports import free_port
from tests.test_settings import ROOT

SLOW = 100  # more than gunicorn has threads
TOO_MUCH = 12 * 1024 * 1024 + 1  # bytes
pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def ask(site):
    """Asks over TLS; the answer with its body in `content`."""

    def send(
        path: str, method: str = "GET", body: bytes | str = b"", source: str = "127.0.0.1", **headers: str
    ) -> http.client.HTTPResponse:
        context = trusting(site.certificate)
        connection = http.client.HTTPSConnection("127.0.0.1", site.https, timeout=60, context=context, source_address=(source, 0))
        connection.request(method, path, body or None, {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}})
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    return send


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def cookies(answer: http.client.HTTPResponse) -> SimpleCookie:
    found = SimpleCookie()
    for line in answer.headers.get_all("Set-Cookie") or ():
        found.load(line)
    return found


def test_nginx_accepts_the_example(tmp_path, certificate):
    path = configuration(tmp_path, certificate, tmp_path / "gunicorn.sock", free_port(), free_port())
    finished = subprocess.run(["nginx", "-t", "-p", str(tmp_path), "-e", str(tmp_path / "start.log"), "-c", str(path)], capture_output=True)
    assert finished.returncode == 0, finished.stderr.decode()
    assert b"[warn]" not in finished.stderr, finished.stderr.decode()


def test_debians_nginx_gets_more_connections_than_one_stranger_holds(tmp_path, certificate):
    """What deploy/install does to Debian's own file."""
    lines = (ROOT / "deploy/install").read_text(encoding="utf-8")
    changed = tmp_path / "debian.conf"
    changed.write_text(Path("/etc/nginx/nginx.conf").read_text(encoding="utf-8"), encoding="utf-8")
    command = re.search('sed --in-place "(s/worker_connections.+)" /etc/nginx/nginx.conf', lines)[1]
    subprocess.run(["sed", "-i", command, str(changed)], check=True)
    main, _, rest = changed.read_text(encoding="utf-8").partition("events {")
    assert "include /etc/nginx/modules-enabled/*.conf;" in main and rest.split(";")[0].strip() == "worker_connections 4096"
    path = configuration(tmp_path, certificate, tmp_path / "gunicorn.sock", free_port(), free_port())
    path.write_text((ROOT / "deploy/nginx-main.conf").read_text(encoding="utf-8") + path.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-e", str(tmp_path / "start.log"), "-c", str(path)], check=True, capture_output=True
    )


def test_too_much_from_one_address_is_refused_in_words_by_nginx_itself(ask):
    """Signing in has the lowest limit; others are not held to it."""
    answers = [ask("/admin/login/", source="127.0.0.9") for _ in range(25)]
    refused = next(answer for answer in answers if answer.status == 429)
    assert "这个网络地址的请求太多" in refused.content.decode() and refused.headers["Retry-After"] == "10"
    assert ask("/admin/login/").status == ask("/f/40/", source="127.0.0.9").status == 200
    assert refused.headers["Content-Type"] == "text/html; charset=utf-8" and "frame-ancestors" in refused.headers["Content-Security-Policy"]


def test_plain_http_leads_to_https(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.http, timeout=60)
    connection.request("GET", "/f/40/?from=1", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/f/40/?from=1")


def test_who_issues_certificates_finds_the_proof_with_and_without_tls(ask, site):
    proof = site.folder / "www/.well-known/acme-challenge/token"
    proof.parent.mkdir(parents=True)
    proof.write_text("proof")
    connection = http.client.HTTPConnection("127.0.0.1", site.http, timeout=60)
    connection.request("GET", "/.well-known/acme-challenge/token", headers={"Host": HOST})
    answers = [connection.getresponse(), ask("/.well-known/acme-challenge/token")]
    assert [answer.status for answer in answers] == [200, 200] and answers[0].read() == answers[1].content == b"proof"


def test_nginx_and_posdesk_promise_tls_for_as_long(ask):
    promised = {re.search(r"max-age=(\d+)", ask(path).headers["Strict-Transport-Security"])[1] for path in ("/f/40/", "/static/none.css")}
    assert promised == {variables()["HSTS_SECONDS"]}


def test_a_page_over_tls(ask):
    answer = ask("/f/40/")
    assert answer.status == 200 and "<html" in answer.content.decode()
    assert int(re.search(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])[1]) == int(variables()["HSTS_SECONDS"])
    assert answer.headers["Set-Cookie"] is None  # public pages have none
    assert answer.headers["Server"] == "nginx"  # and no version


def test_other_names_are_not_answered(ask):
    assert ask("/", Host="evil.example").status == 400


def test_pages_are_compressed_once(ask):
    answer = ask("/f/40/", Accept_Encoding="gzip")
    assert answer.headers.get_all("Content-Encoding") == ["gzip"]
    assert b"</html>" in gzip.decompress(answer.content)


def test_static_files_come_from_disk_for_ever(ask):
    path = re.search(r'/static/[^"]+\.css', ask("/f/40/").content.decode())[0]
    answer = ask(path, Accept_Encoding="gzip")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers.get_all("Content-Encoding") == ["gzip"] and b"{" in gzip.decompress(answer.content)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (ask(path).headers["Content-Encoding"], ask(path).headers["Content-Type"]) == (None, "text/css; charset=utf-8")
    missing = ask("/static/none.css")
    assert missing.status == 404 and missing.headers["Cache-Control"] is None
    assert ask("/static/staticfiles.json").status == 404


@pytest.mark.parametrize("path", ["/f/40/", "/admin/login/", "/static/none.css", "/healthz", "/search/?q=" + "x" * 9_000, "css"])
def test_every_answer_is_closed_whoever_gives_it(ask, path):
    """posdesk's own pages, those of nginx, what monitors ask for, and files from disk: each header once."""
    path = re.search(r'/static/[^"]+\.css', ask("/f/40/").content.decode())[0] if path == "css" else path
    headers = ask(path).headers
    for name in ("Strict-Transport-Security", "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"):
        assert len(headers.get_all(name, [])) == 1, name
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"].endswith("charset=utf-8")


@pytest.mark.parametrize(
    ("ciphers", "is_taken"), [("ECDHE+AESGCM", True), ("AES128-GCM-SHA256", False), ("ECDHE+AES:!AESGCM:!AESCCM", False)]
)
def test_tls_1_2_takes_no_cipher_that_is_out_of_date(site, ciphers, is_taken):
    """Neither one whose keys can be worked out later from the certificate's, nor one that encrypts before it seals."""
    context = trusting(site.certificate)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ciphers)
    with socket.create_connection(("127.0.0.1", site.https), timeout=60) as plain:
        try:
            context.wrap_socket(plain, server_hostname=HOST).close()
        except ssl.SSLError as error:
            assert not is_taken and "HANDSHAKE_FAILURE" in str(error), error
        else:
            assert is_taken


def sign_in(ask, password: str, **headers: str) -> http.client.HTTPResponse:
    """Signs in as `editor`; the answer."""
    page = ask("/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    sent = "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies(page).values())
    form = urlencode({"csrfmiddlewaretoken": token, "username": "editor", "password": password})
    headers |= {"Cookie": sent, "Referer": f"https://{HOST}/admin/login/", "Content_Type": "application/x-www-form-urlencoded"}
    return ask("/admin/login/", "POST", form, **headers)


def test_cookies_travel_on_tls_alone(ask):
    answer = sign_in(ask, "a long enough phrase")
    given = [*cookies(ask("/admin/login/")).values(), *cookies(answer).values()]
    assert answer.status == 302 and any("session" in cookie.key for cookie in given)
    assert all(cookie["secure"] and cookie["samesite"] for cookie in given)


def test_the_address_is_the_readers_and_not_a_forged_one(ask, site):
    sign_in(ask, "wrong", X_Forwarded_For="203.0.113.7", X_Real_IP="203.0.113.8", Forwarded="for=203.0.113.9")
    with sqlite3.connect(site.database) as database:
        (address,) = database.execute(
            "SELECT address FROM faults_audited WHERE what = 'sign-in-failed' ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert address == "127.0.0.1"


def test_nobody_claims_to_be_on_tls_or_names_his_request(ask):
    answer = ask("/f/40/", X_Forwarded_Proto="http", X_Request_ID="forged-by-a-visitor")
    assert answer.status == 200 and len(answer.headers["X-Request-ID"]) == 10


def test_nginx_logs_neither_what_was_typed_nor_who_asked(ask, site):
    for path in ("/c/6222021234567890/", "/c/6222-0212-3456-7890/", quote("/c/６２２２０２１２３４５６７８９０/")):
        ask(path)
    last = ask("/search/?q=6222021234567890")
    lines = logged(site, last.headers["X-Request-ID"])
    assert lines[-1].split()[1:4] == ["GET", "/search/", str(last.status)]
    assert not [word for word in ("6222", "127.0.0.1", "xEF", "EF%BC") if word in "".join(lines)]


def logged(site, request_id: str) -> list[str]:
    """nginx's log up to that request's line, which is written a moment after the answer."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        lines = (site.folder / "posdesk.log").read_text().splitlines()
        if lines and lines[-1].endswith(request_id):
            return lines
        time.sleep(0.05)
    raise TimeoutError(request_id)


def test_too_big_a_body_is_refused_in_words(ask):
    for path, much in (("/admin/desk/transfer/", TOO_MUCH), ("/admin/login/", 17_000), ("/f/40/flag/", 17_000)):
        answer = ask(path, "POST", b"x" * much)
        assert answer.status == 413 and "最多 12 MB" in answer.content.decode(), path
    assert ask("/admin/desk/transfer/", "POST", b"x" * 17_000).status == 302  # to sign-in


def test_monitors_see_that_it_is_ready(ask):
    assert (ask("/healthz").status, ask("/readyz").status) == (200, 200)


def test_metrics_are_closed_to_others():
    text = (Path(__file__).parents[2] / "deploy/nginx.conf").read_text(encoding="utf-8")
    place = re.findall(r"location ~ \^/\(metrics\|readyz\)\$ \{(.+?)\}", text, re.DOTALL)
    without_tls, with_tls = ([line.strip() for line in lines.split(";")] for lines in place)
    assert without_tls[0] == "return 403" and with_tls[:3] == ["allow 127.0.0.1", "allow ::1", "deny all"]


HALF = f"POST /i18n/setlang/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n"


@pytest.mark.parametrize("unfinished", [HALF, f"{HALF}\r\nlanguage="], ids=["half a head", "half a body"])
def test_slow_ones_keep_nobody_waiting(ask, site, unfinished):
    context = trusting(site.certificate)
    with ExitStack() as stack:
        for _ in range(SLOW):
            plain = socket.create_connection(("127.0.0.1", site.https), timeout=60)
            stack.enter_context(context.wrap_socket(plain, server_hostname=HOST)).sendall(unfinished.encode())
        started = time.monotonic()
        assert ask("/f/40/").status == 200
        assert time.monotonic() - started < 8  # nginx drops them after ten seconds


def workers(site) -> set[str]:
    return set(Path(f"/proc/{site.gunicorn.pid}/task/{site.gunicorn.pid}/children").read_text().split())


def test_new_workers_take_over_and_no_request_fails(ask, site):
    before, got, until = workers(site), [], time.monotonic() + 60
    os.kill(site.gunicorn.pid, signal.SIGHUP)
    while (workers(site) & before or not workers(site) or len(got) < 20) and time.monotonic() < until:
        got.append(ask("/f/40/").status)
    assert not workers(site) & before and set(got) == {200}
