"""What reaches Django: nothing that it can't answer."""

from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from posdesk.wsgi import application, in_utf_8


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
    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": "/f/40/flag/", "QUERY_STRING": "a=1&" * 5_000, "CONTENT_TYPE": kind}
    server = {
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    application(asked | server, lambda status, headers: said.append(status)).close()
    assert said == ["400 Bad Request"]


def test_nothing_else_of_the_type_is_lost():
    assert in_utf_8("multipart/form-data; charset=utf-7; boundary=b") == "multipart/form-data; boundary=b"
    assert in_utf_8("multipart/form-data; boundary=charset1") == "multipart/form-data; boundary=charset1"
