"""How long a search takes at 400, 10,000 and 100,000 entries, beside Django's `icontains` and the bare full-text query.

Fills a database of its own, in a temporary place on SQLite, or the one that BENCH_DATABASE_URL names. Times are milliseconds of this
machine; only what stands beside each other in one run means anything. Each size is measured in a fresh process.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = (400, 10_000, 100_000)


def run(script: str, *arguments: object, database: str) -> str:
    """What a script of this folder prints, run on the database."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, "DATABASE_URL": database}, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


def row(name: str, ngrams: list[object]) -> str:
    """One line of the table."""
    return "| " + " | ".join([name, *map(str, ngrams)]) + " |"


def measure(database: str) -> None:
    """Prints the table, a column a size."""
    found = []
    for size in SIZES:
        run("corpus.py", size, database=database)
        found.append(json.loads(run("search_times.py", database=database)))
    print(row(found[0]["vendor"], [f"{size:,} entries" for size in SIZES]))
    print("|" + "---|" * (len(SIZES) + 1))
    for name in found[0]["times"]:
        print(row(f"{name}: median, p95", [f"{one['times'][name]['median']:.1f}, {one['times'][name]['p95']:.1f}" for one in found]))
    for other in ("icontains, what find() reads", "icontains, titles, screens, aliases"):
        ratios = [one["times"][other]["median"] / one["times"]["find()"]["median"] for one in found]
        print(row(f"{other}: times find(), by median", [f"{ratio:.1f}" for ratio in ratios]))
    growth = [one["times"]["find()"]["p95"] / found[1]["times"]["find()"]["p95"] for one in found]
    print(row("find(): p95 beside that at 10,000", [f"{ratio:.1f}" for ratio in growth]))
    print(row("publishing one entry: median; documents written", [f"{one['publish']:.1f}; {one['written']}" for one in found]))
    print(row("peak memory of a process that searches, MB", [one["megabytes"] for one in found]))


def on_some_database(measure: Callable[[str], None]) -> None:
    """Measures on BENCH_DATABASE_URL, or on SQLite in a temporary folder."""
    if url := os.environ.get("BENCH_DATABASE_URL"):
        return measure(url)
    with tempfile.TemporaryDirectory() as folder:
        return measure(f"sqlite:///{folder}/bench.sqlite3")


if __name__ == "__main__":
    on_some_database(measure)
