"""Which WSGI server: gunicorn with one request a worker, gunicorn with threads, granian (needs wrk, and `pip install granian==2.8.7`).

Two workers each, in turns. Requests a second of processor time for an empty view, an entry and keystrokes; memory; what a reader waits
while 100 others have sent half a request; how many requests fail while the workers are replaced, and how long one waits then.
"""

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from over_http import EMPTY, ask_each, per_second, process
from typing_endpoint import keystrokes

WORKERS = 2
GUNICORN = (sys.executable, "-m", "gunicorn", f"--workers={WORKERS}", "--bind={address}", "--log-level=critical", "posdesk.wsgi")
SERVERS = {
    "gunicorn sync": GUNICORN,
    "gunicorn gthread": (*GUNICORN, "--worker-class=gthread", "--threads=4"),
    "granian": (
        *(sys.executable, "-m", "granian", "--interface=wsgi", f"--workers={WORKERS}", "--blocking-threads=4"),
        *("--host=127.0.0.1", "--port={port}", "--no-log", "posdesk.wsgi:application"),
    ),
}
ROUNDS = 3
SECONDS = 3
ENTRY = "/f/40/"
SLOW = 100  # connections that never finish their request
PATIENCE = 10  # seconds a reader waits
HALF = b"POST /i18n/setlang/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n"
RELOADS, READERS = 2, 4


def family(root: int) -> list[int]:
    """A process and its children."""
    return [root, *map(int, subprocess.run(["pgrep", "-P", str(root)], capture_output=True, text=True).stdout.split())]  # noqa: S603, S607


def megabytes(root: int) -> float:
    """What a process and its children hold, memory they share counted once."""
    lines = [line for pid in family(root) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")]
    return sum(int(line.split()[1]) for line in lines) / 1024


def processor_seconds(root: int) -> float:
    """What a process and its children have used by now."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family(root)]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def per_processor_second(root: int, address: str, paths: list[str]) -> float:
    """Requests answered for a second of processor time: the same on a busy machine."""
    before = processor_seconds(root)
    answered = per_second(address, paths, SECONDS) * SECONDS
    return answered / (processor_seconds(root) - before)


def answer(address: str, path: str, patience: int = PATIENCE) -> str:
    """The status of one request on a connection of its own, or the error's name."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=patience)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    return str(response.status)


def beside_slow_ones(address: str, unfinished: bytes) -> str:
    """How long a reader waits while SLOW others have sent so much and no more."""
    parts = urllib.parse.urlsplit(address)
    with contextlib.ExitStack() as stack:
        for _ in range(SLOW):
            stack.enter_context(socket.create_connection((parts.hostname, parts.port))).sendall(unfinished)
        time.sleep(0.5)
        started = time.perf_counter()
        got = answer(address, ENTRY)
        return f"{got} in {(time.perf_counter() - started) * 1000:.0f} ms"


def through_reloads(started: subprocess.Popen, address: str) -> str:
    """How many requests failed while the workers were replaced RELOADS times, and how long the slowest reader waited."""
    done = Event()

    def read() -> list[tuple[str, float]]:
        got = []
        while not done.is_set():
            asked = time.perf_counter()
            got.append((answer(address, ENTRY, 3 * PATIENCE), time.perf_counter() - asked))
        return got

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read) for _ in range(READERS)]
        for _ in range(RELOADS):
            time.sleep(1)
            os.kill(started.pid, signal.SIGHUP)
            time.sleep(10)
        done.set()
    answers = [got for reader in readers for got in reader.result()]
    failed = [got for got, _ in answers if got != "200"]
    return f"{len(failed)} of {len(answers)} {sorted(set(failed))}, longest {max(waited for _, waited in answers):.1f} s"


def rates() -> dict[str, dict[str, list[float]]]:
    """Requests a processor second and megabytes of every server, ROUNDS of each."""
    found = {name: defaultdict(list) for name in SERVERS}
    typed = keystrokes()[::20]
    for turn in range(ROUNDS):
        for name in sorted(SERVERS, reverse=turn % 2 == 1):
            with process(SERVERS[name]) as (started, address):
                ask_each(address, [EMPTY, ENTRY, *typed])
                for what, paths in (("empty", [EMPTY]), ("entry", [ENTRY]), ("typing", typed)):
                    found[name][what].append(per_processor_second(started.pid, address, paths))
                found[name]["MB"].append(megabytes(started.pid))
    return found


def report_rates() -> None:
    """Prints the medians, and their ratios to the first server's."""
    found = rates()
    first = found[next(iter(SERVERS))]
    print(f"\n| {WORKERS} workers, medians of {ROUNDS} | {' | '.join(first)} |\n|---|{'--:|' * len(first)}")
    for name, columns in found.items():
        medians = {what: statistics.median(values) for what, values in columns.items()}
        ngrams = [f"{value:.0f} ({value / statistics.median(first[what]):.2f})" for what, value in medians.items()]
        print(f"| {name} | {' | '.join(ngrams)} |")


def report_behaviour() -> None:
    """Prints what a reader waits beside slow ones, and what fails while the workers are replaced."""
    print(f"\n| | beside {SLOW} with half a head | beside {SLOW} with half a body | failed while reloading |\n|---|---|---|---|")
    for name, command in SERVERS.items():
        waits = []
        for unfinished in (HALF, HALF + b"\r\nlanguage="):
            with process(command) as (started, address):
                waits.append(beside_slow_ones(address, unfinished))
        with process(command) as (started, address):
            reloaded = through_reloads(started, address)
        print(f"| {name} | {' | '.join(waits)} | {reloaded} |", flush=True)


if __name__ == "__main__":
    report_rates()
    report_behaviour()
