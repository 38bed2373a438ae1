"""Whether one address can keep readers waiting: 100 connections that ask for what is dear, beside readers of pages that are kept.

nginx and gunicorn run as deploy/ has them, on this machine, which carries the attacker too; so only what stands in one run may be
compared, above all with the first row. Then an office of fifty behind one address, and 1,900 connections with half a request each,
with the connections that Debian gives nginx and with those that docs/production.md gives it. Needs nginx; takes some four minutes.

bench/attack.py [PART…]: only the rows whose name holds one of these words.
"""

from setup_django import ROOT  # the tests' servers need settings

# isort: split
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attack_clients import arrive, attack, half_open, in_process, read, work_in_an_office

from tests.deploy.conftest import HOST, configuration, running, wait_for
from tests.deploy.test_settings import variables
from tests.servers.filled import filled_sqlite
from tests.servers.ports import free_port, wait_for_port

ATTACKER, READER, OFFICE = "127.0.0.2", "127.0.0.3", "127.0.0.4"
CONNECTIONS, SECONDS, READERS, AGENTS = 100, 20, 8, 50
HALF_OPEN, ARRIVING = 1_900, 30
DEBIAN, OURS = 768, 4_096  # worker_connections
READ = ["/", "/f/40/", "/f/104/", "/codes/", "/codes/97/", "/terms/", "/procedures/", "/search/?q=97"]
ADDED = ["换纸", "信号", "刷不出", "签到", "密码", "退款", "黑屏", "死机"]


def _word() -> str:
    return f"{random.choice(ADDED)}{random.choice(ADDED)}{random.randint(10, 10**6)}"  # noqa: S311


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


ATTACKS = {
    "nobody attacks": None,
    "/offline.json?x=N": lambda: (f"/offline.json?x={random.random()}",),  # noqa: S311
    "kept pages, a session that is none": lambda: ("/f/40/", {"Cookie": f"__Host-sessionid={random.randint(10**31, 10**32 - 1)}"}),  # noqa: S311
    "/search/?q=words": lambda: (f"/search/?q={_encoded(_word())}",),
    "/search/suggestions/?q=words": lambda: (f"/search/suggestions/?q={_encoded(_word())}",),
    "/codes/?q=words&scheme=": lambda: (f"/codes/?scheme=&q={_encoded(_word())}",),
    "unknown addresses": lambda: (f"/none-{random.random()}/",),  # noqa: S311
    "POST /say/helpful/40/": lambda: ("/say/helpful/40/", {}, "answer=no&words=" + "x" * 50),
    "GET /admin/login/": lambda: ("/admin/login/",),
}


@contextmanager
def site(folder: Path, worker_connections: int) -> Iterator[int]:
    """nginx and gunicorn; yields the port for TLS."""
    https, socket, metrics = free_port(), folder / "gunicorn.sock", folder / "metrics"
    metrics.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    path = configuration(folder, folder / "fullchain.pem", socket, free_port(), https)
    events = f"worker_processes auto;\nworker_rlimit_nofile 20000;\nevents {{ worker_connections {worker_connections}; }}"
    path.write_text(path.read_text(encoding="utf-8").replace("events {}", events), encoding="utf-8")
    settings = variables() | {"DATABASE_URL": filled_sqlite(folder / "posdesk.sqlite3"), "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    settings |= {"BIND": f"unix:{socket}", "PIDFILE": str(folder / "gunicorn.pid")}
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    nginx = ["nginx", "-p", str(folder), "-e", str(folder / "start.log"), "-c", str(path)]
    with running(gunicorn, folder / "gunicorn.log", **settings), running(nginx, folder / "nginx.log"):
        wait_for(socket)
        wait_for_port(https)
        in_process(read, https, READER, READ, 1, 10)()  # what is asked below is kept
        yield https


def percentile(times: list[float], share: float) -> float:
    """Of what the answers took; 0 if there were none."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] if times else 0.0


def told(found: tuple[Counter, list[float]]) -> str:
    """Answers by status, and what half of them, and all but one in a hundred, took at the most."""
    statuses, times = found
    others = {status: count for status, count in sorted(statuses.items()) if status != 200}
    return f"{statuses[200]:,} | {others or ''} | {percentile(times, 0.5):.0f} | {percentile(times, 0.99):.0f}"


def beside(port: int, make) -> str:
    """What readers got, then what the attacker got."""
    attacker = in_process(attack, port, ATTACKER, make, CONNECTIONS, SECONDS) if make else None
    time.sleep(2)  # until it has reached its strength
    readers = in_process(read, port, READER, READ, READERS, SECONDS - 4)()
    statuses = attacker()[0] if attacker else Counter()
    shown = [f"{sum(statuses.values()) / SECONDS:.0f}", *(f"{statuses[status]:,}" for status in (200, 429, 503, 0))]
    others = sum(count for status, count in statuses.items() if status not in (200, 429, 503, 0))
    return f"{told(readers)} | {' | '.join(shown)} | {others:,}"


def attacks(names: list[str]) -> None:
    """Prints the table of what is asked for, all on one server: what one attack leaves behind is there for the next."""
    print("| what one address asks | readers' 200 | others | p50 ms | p99 ms | attacker's a second | 200 | 429 | 503 | none | others |")
    print("|---|" + "--:|" * 10)
    with tempfile.TemporaryDirectory() as folder, site(Path(folder), OURS) as port:
        for name in names:
            print(f"| {name} | {beside(port, ATTACKS[name])} |", flush=True)


def office() -> None:
    """Prints what fifty agents got who search while they type, all behind one address."""
    lines = (ROOT / "tests/data/judgments.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"][:12] for line in lines]
    with tempfile.TemporaryDirectory() as folder, site(Path(folder), OURS) as port:
        rows = [told(in_process(work_in_an_office, port, OFFICE, queries, AGENTS, SECONDS)()) for _ in ("cold", "warm")]
    print(f"\n| {AGENTS} agents behind one address | 200 | others | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|")
    print(f"| right after a start | {rows[0]} |\n| then | {rows[1]} |", flush=True)


def connections() -> None:
    """Prints how many of those who arrive are served while one address holds HALF_OPEN connections."""
    print(f"\n| {HALF_OPEN:,} half open from one address, connections | readers' 200 | others | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|")
    for most in (DEBIAN, OURS):
        with tempfile.TemporaryDirectory() as folder, site(Path(folder), most) as port:
            attacker = in_process(half_open, port, ATTACKER, HALF_OPEN, SECONDS + 10)
            time.sleep(12)
            found = in_process(arrive, port, READER, READ, ARRIVING, 15)()
            attacker()
        print(f"| {most} | {told(found)} |", flush=True)


def main(parts: list[str]) -> None:
    """Prints all tables, or those rows whose name holds one of the words."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    chosen = [name for name in [*ATTACKS, "office", "half"] if not parts or any(part in name for part in parts)]
    if asked := [name for name in chosen if name in ATTACKS]:
        attacks(asked)
    if "office" in chosen:
        office()
    if "half" in chosen:
        connections()


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
