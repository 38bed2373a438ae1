"""Requests as bytes on a socket, where they can be wrong in ways that no library would send."""

import random
import socket

from tests.failures.hostile import Hostile

IN_TIME = 30  # seconds that an answer may take, on a machine with much else to do
HEADS = [b"Content-Length: abc", b"Content-Length: -1", b"Content-Length: 99999", b"Content-Length: 0", b"Transfer-Encoding: chunked"]
HEADS += [
    b"Content-Length: 5\r\nContent-Length: 6",
    b"Expect: 100-continue",
    b"No colon",
    b" folded",
    b"X" * 9_000 + b": y",
    b"\xff: \xfe",
    b": x",
]
LINES = [
    b"\0",
    b"GET",
    b"GET / HTTP/9.9",
    b"GET / HTTP/1.0",
    b"G\0T / HTTP/1.1",
    b"GET http://evil.example/ HTTP/1.1",
    b"\x16\x03\x01",
    b"GET  /  HTTP/1.1",
]


def as_bytes(hostile: Hostile, session: str) -> bytes:
    """The request; one in five is damaged on the way."""
    draw = random.Random(hostile.seed)  # noqa: S311 (no secret)
    headers = {"Host": "127.0.0.1"} | hostile.headers | ({"Cookie": f"sessionid={session}"} if hostile.is_signed_in else {})
    lines = [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]
    lines += [b"Connection: close", b"Content-Length: %d" % len(hostile.body)]
    first = f"{hostile.method} {hostile.target} HTTP/1.1".encode("utf-8", "surrogatepass")
    if draw.random() < 0.2:
        lines[-1:] = [draw.choice(HEADS)]
    if draw.random() < 0.05:
        first = draw.choice(LINES)
    return first + b"\r\n" + b"\r\n".join(lines) + b"\r\n\r\n" + hostile.body


def status_of(port: int, data: bytes) -> int:
    """The answer's status; 0 where the server hangs up without a word. Raises TimeoutError when it does neither."""
    with socket.create_connection(("127.0.0.1", port), timeout=IN_TIME) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            first = connection.recv(64)
            while connection.recv(65_536):
                pass
        except TimeoutError:
            raise
        except OSError:  # it hung up while we were still sending
            return 0
    words = first.split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
