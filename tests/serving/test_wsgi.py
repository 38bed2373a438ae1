"""What reaches Django: nothing that it can't answer."""

from io import BytesIO

import pytest

from posdesk.wsgi import application, in_utf_8


@pytest.mark.django_db
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
