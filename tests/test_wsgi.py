"""What reaches Django: nothing that it can't answer."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from posdesk.wsgi import application, in_utf_8
from tests.servers.posdesk import ROOT

STARTED = """
import sys
import posdesk.wsgi
import posdesk.urls
from faults.search.find import load_dictionaries
dear = {"openpyxl", "pypinyin", "redis", "rjieba", "ua_parser"}
print(sorted(dear & sys.modules.keys()))
load_dictionaries()
print(sorted(dear & sys.modules.keys()))
"""


@pytest.fixture
def connection(db):
    """The test's own, which a request would look over and close; Django's client holds it the same way."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("connection")
@pytest.mark.parametrize("charset", ["utf-7", "UTF-16", '"gbk"', "nope"])
def test_too_many_fields_under_another_charset_are_refused(charset):
    said, kind = [], f"text/plain; CharSet={charset}"
    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": "/f/40/flag/", "QUERY_STRING": "a=1&" * 11_000, "CONTENT_TYPE": kind}
    server = {
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    application(asked | server, lambda status, headers: said.append(status)).close()
    assert said == ["413 Request Entity Too Large"]


def test_nothing_else_of_the_type_is_lost():
    assert in_utf_8("multipart/form-data; charset=utf-7; boundary=b") == "multipart/form-data; boundary=b"
    assert in_utf_8("multipart/form-data; boundary=charset1") == "multipart/form-data; boundary=charset1"


def test_a_process_waits_for_no_library_that_it_may_not_need():
    """They take half of a start; each is loaded by the first who needs it, dictionaries by a web worker when it starts."""
    said = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, check=True, capture_output=True, text=True)
    assert said.stdout.splitlines() == ["[]", "['pypinyin', 'rjieba']"]
