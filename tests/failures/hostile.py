"""Requests that nobody honest sends. One seed gives one request, always the same."""

import random
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from tests.failures.addresses import HOLE, addresses, filters

GOOD = ["40", "97", "1", "2", "05", "xlsx", "csv", "fault", "publish", "nothing"]
BAD = [
    *("0", "-1", "00", "1.5", "1e999", "nan", "9" * 19, "9" * 400, "１２", "٣", "_5F", "1_2F", "..", "%", "%%", "%zz"),
    *("\0", "a\0b", "\ud7ff", "\U0010ffff", "\ufeff", "\u202e", "' OR 1=1 --", '"', "<script>", "{{7*7}}", "${x}", "[]", "{}", "null"),
    *("true", "2026-13-45", "0001-01-01", "99999-01-01", "23:61", "a" * 300, "字" * 3_000, "\r\nX: y", "//evil.example", "\\", "|", "*"),
]
RAW = [
    b"%00",
    b"%ff%fe",
    b"%ed%a0%80",
    b"%c0%ae",
    b"%",
    b"%u0041",
    b"+" * 50,
    b"%e4%b8",
    b";",
    b"&&==&",
    b"=",
    b"a[]=1",
    b"%0d%0a",
    b"%F4%90%80%80",
]
NAMES = ["q", "page", "kind", "category", "environment", "actor", "scheme", "letter", "retry", "sort", "cause", "next", "language", "mark"]
SAID = ["answer", "reason", "words", "version", "case_number", "page", "rank", "q", "mark", "_save", "_publish", "why", "seen", "action"]
SETS = ["causes", "screen_texts", "aliases", "form", "myths", "links", "causes-0-fixes"]
METHODS = ["GET"] * 10 + ["POST"] * 9 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 40]
HEADERS = {
    "Accept-Language": ["zh-CN,en;q=0.5", "*" * 600, "x-" * 400, "en;q=nan", "zh-hant;q=1e5", ",,,;;;", "\xff\xfe", "en-" + "a" * 600],
    "If-None-Match": ['"x"', "W/", '"' * 300, "*", "\xe4", ",".join(['"a"'] * 500)],
    "If-Modified-Since": ["Mon, 99 Foo 9999 99:99:99 GMT", "0", "Thu, 01 Jan 0000 00:00:00 GMT"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "1-2," * 300, "rows=1"],
    "X-Forwarded-For": ["1.2.3.4", "::1, x", "," * 400, "999.1.1.1", "\xff", "fe80::1%eth0"],
    "X-Forwarded-Proto": ["https", "gopher"],
    "X-Request-ID": ["a" * 500, "../..", "\xff"],
    "HX-Request": ["true", "\xe5", "0"],
    "HX-Current-URL": ["http://[", "javascript:x", "http://x:99999999/", "\xff"],
    "HX-Current-URL-URI-AutoEncoded": ["true"],
    "HX-Prompt": ["%ff", "a" * 3_000],
    "HX-Triggering-Event": ["{", "[]", '{"a":' * 200],
    "Origin": ["null", "http://[", "https://evil.example", "http://127.0.0.1:x"],
    "Referer": ["http://[", "https://evil.example/", "\xff", "a" * 4_000],
    "Accept-Encoding": ["gzip;q=0", "*" * 300, "gzip, br;q=x"],
    "Accept": ["application/json", "*/*;q=", "a/b;" * 400],
    "User-Agent": ["", "\xe7\xb9", "x" * 5_000, "bot"],
    "Purpose": ["prefetch"],
    "Sec-Fetch-Site": ["cross-site", "\xff"],
}
HOSTS = ["127.0.0.1", "localhost", "evil.example", "[::1", "a b", "127.0.0.1:99999999", "127.0.0.1@evil", "\xff", "." * 300, "127.0.0.1:"]
TYPES = [
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain; charset=utf-7",
    "multipart/form-data",
    "x" * 300,
    "/",
    ";;",
    "\xff",
]
TYPES += [
    "application/x-www-form-urlencoded; charset=nope",
    "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=\xe9",
]
COOKIES = ["sessionid=", "sessionid=" + "a" * 32, "sessionid=../../x", "language=xx", "language=zh-hant", "visitor=\xff"]
COOKIES += ["visitor=" + "f" * 32, "csrftoken=\0", "messages=x:y", "=;=;", "a" * 3_000, '"', "sessionid=\\303", "messages=" + "W" * 900]


@dataclass(frozen=True)
class Hostile:
    """`target`: path and query as they stand in the request line; `is_signed_in`: sent with an administrator's session."""

    seed: int
    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_signed_in: bool = False


class Generator:
    """`forms`: by its path, the fields of a page's form, to be sent with some of them spoilt."""

    def __init__(self, forms: dict[str, dict]):
        self.addresses, self.filters, self.forms = addresses(), filters(), forms

    def request(self, seed: int) -> Hostile:
        """The request of this seed."""
        draw = random.Random(seed)  # noqa: S311 (no secret)
        if draw.random() < 0.02:
            return self._spoilt_form(seed, draw)
        is_signed_in = draw.random() < 0.06
        address = draw.choice(self.addresses)
        while is_signed_in and "logout" in address:
            address = draw.choice(self.addresses)
        method, (body, kind) = draw.choice(METHODS), self._body(draw)
        headers = self._headers(draw) | ({"Content-Type": kind} if body else {})
        return Hostile(seed, method, self._target(draw, address), headers, body if method != "GET" else b"", is_signed_in)

    def _target(self, draw: random.Random, address: str) -> str:
        path = "".join(_escaped(draw, _word(draw)) if part == HOLE else part for part in address)
        path = path + _escaped(draw, draw.choice(BAD)) if draw.random() < 0.05 else path
        names = NAMES + (self.filters if address.startswith("admin") else [])
        return f"/{path}" + (f"?{_pairs(draw, names)}" if draw.random() < 0.6 else "")

    def _headers(self, draw: random.Random) -> dict[str, str]:
        names = draw.sample(list(HEADERS), draw.choice([0, 0, 1, 2, 4]))
        headers = {name: draw.choice(HEADERS[name]) for name in names}
        headers |= {"Cookie": "; ".join(draw.sample(COOKIES, draw.randint(1, 3)))} if draw.random() < 0.3 else {}
        return headers | ({"Host": draw.choice(HOSTS)} if draw.random() < 0.05 else {})

    def _body(self, draw: random.Random) -> tuple[bytes, str]:
        """A body and what it says it is."""
        match draw.choice(["none", "pairs", "pairs", "multipart", "json", "noise"]):
            case "none":
                return b"", ""
            case "pairs":
                return _pairs(draw, SAID + _management(draw)).encode(), TYPES[0]
            case "multipart":
                return _multipart(draw)
            case "json":
                return draw.choice([b"{", b"[" * 5_000, b'{"a":"\\ud800"}', b"\xff", b"null"]), "application/json"
        return draw.randbytes(draw.choice([1, 100, 3_000])), draw.choice(TYPES)

    def _spoilt_form(self, seed: int, draw: random.Random) -> Hostile:
        path, form = draw.choice(list(self.forms.items()))
        fields = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        for name in draw.sample(list(fields), min(len(fields), draw.randint(1, 4))):
            fields[name] = [_word(draw) for _ in range(draw.randint(0, 2))]
        fields[draw.choice(["_save", "_publish", "_submit", "_popup", "_continue"])] = ["1"]
        body = "&".join(f"{name}={_escaped(draw, value, 0)}" for name, values in fields.items() for value in values)
        return Hostile(seed, "POST", f"/{path}", {"Content-Type": TYPES[0]}, body.encode(), is_signed_in=True)


def _word(draw: random.Random) -> str:
    return draw.choice(GOOD if draw.random() < 0.5 else BAD)


def _escaped(draw: random.Random, text: str, share: float = 0.1) -> str:
    """For an address: escaped as it should be, or now and then not as it should."""
    if draw.random() < share:
        return draw.choice(RAW).decode()
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def _pairs(draw: random.Random, names: list[str]) -> str:
    drawn = [draw.choice(names) for _ in range(draw.choice([1, 1, 2, 3, 6]))]
    pairs = [f"{name}={_escaped(draw, _word(draw))}" for name in drawn]
    return "&".join(pairs * (600 if draw.random() < 0.005 else 1))


def _management(draw: random.Random) -> list[str]:
    name = draw.choice(SETS)
    return [
        f"{name}-TOTAL_FORMS",
        f"{name}-INITIAL_FORMS",
        f"{name}-0-id",
        f"{name}-1-text",
        f"{name}-0-DELETE",
        "_selected_action",
        "file",
    ]


def _multipart(draw: random.Random) -> tuple[bytes, str]:
    """Parts that end too early, lie about their encoding, or bring a file with an odd name."""
    head = draw.choice(
        [
            'name="file"; filename="a.csv"',
            'name="file"; filename="../../x\0"',
            "name",
            'name="words"',
            "filename*=utf-8''%ff; name=\"file\"",
        ]
    )
    encoding = draw.choice(["", "Content-Transfer-Encoding: base64\r\n", "Content-Type: text/csv; charset=nope\r\n", "X" * 2_000 + "\r\n"])
    content = draw.choice([b"", "编号,标题\n1,x".encode(), b"PK\x03\x04", b"\xff" * 50, b"A" * 5_000, b"===="])
    body = f"--b\r\nContent-Disposition: form-data; {head}\r\n{encoding}\r\n".encode() + content
    return body + draw.choice([b"\r\n--b--\r\n", b"\r\n--b\r\n", b"", b"--b--"]), "multipart/form-data; boundary=b"
