"""How many keystrokes a second the typing endpoint answers, beside an empty Django view on the same server (needs wrk).

Every judged query is typed letter by letter. Kept: answers come from the cache, as they do when many agents type the same
beginnings. Anew: with the cache off, every keystroke is a search.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 8
CONNECTIONS = 4
EMPTY, TYPING = "/empty/", "/search/suggestions/?q="


def keystrokes() -> list[str]:
    """The addresses asked while the judged queries are typed, one more letter each."""
    lines = (ROOT / "tests/data/judgments.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines]
    return list(dict.fromkeys(TYPING + quote(query[:end]) for query in queries for end in range(1, len(query) + 1)))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(**environment: str):
    """One worker of gunicorn with the site; yields its address."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--workers=1", f"--bind={address}", "--log-level=error", "posdesk.wsgi"]
    settings = {"DJANGO_SETTINGS_MODULE": "served", "PYTHONPATH": f"{ROOT / 'bench'}:{ROOT}"}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings, **environment})  # noqa: S603
    try:
        _wait_for(f"http://{address}{EMPTY}")
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 (our own server)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def per_second(address: str, paths: list[str]) -> float:
    """Requests a second that wrk counts, going through the paths over and over. Raises SystemExit if any answer was no 200."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        listed = ",".join(json.dumps(path) for path in paths)
        script.write(f"local paths = {{{listed}}}\nlocal at = 0\nrequest = function() at = at % #paths + 1\n")
        script.write('return wrk.format("GET", paths[at]) end\n')
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script.name, address]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in printed:
        raise SystemExit(printed)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def main() -> None:
    """Prints requests a second and their share of the empty view's."""
    paths = keystrokes()
    with server() as address:
        for path in paths:  # typed once before
            urllib.request.urlopen(address + path).close()  # noqa: S310 (our own server)
        empty, kept = per_second(address, [EMPTY]), per_second(address, paths)
    with server(CACHE="off") as address:
        anew = per_second(address, paths)
    print(f"one worker, {len(paths)} keystrokes: empty view {empty:.0f}/s, typing endpoint {kept:.0f}/s ({kept / empty:.2f} of it),")
    print(f"with the cache off {anew:.0f}/s ({anew / empty:.2f} of it)")


if __name__ == "__main__":
    main()
