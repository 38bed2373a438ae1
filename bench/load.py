"""How many requests a second the public pages answer at 400, 10,000 and 100,000 entries, beside an empty Django view on the same server.

Needs wrk. One worker of gunicorn; every entry of the real knowledge is read, every judged query is asked and typed letter by letter,
in short turns with the empty view between, so that a slow moment of the machine falls on all of them. Kept: pages that were asked
before under the present content. Anew: with nothing kept, as in the moment after a publication. Fills a database of its own, on SQLite
in a temporary folder, or the one that BENCH_DATABASE_URL names.
"""

import json
import re
import urllib.request
from statistics import median
from urllib.parse import quote

from over_http import EMPTY, ROOT, ask_each, per_second, server
from search import SIZES, on_some_database, row, run
from typing_endpoint import keystrokes

TURNS, SECONDS = 5, 2
NO_LIMIT = dict.fromkeys(("PAGES_A_MINUTE", "SEARCHES_A_MINUTE", "KEYSTROKES_A_MINUTE"), "100000000")  # here all come from one address
REAL = 1_000  # numbers below it are real entries; bench/corpus.py begins there


def addresses(server_address: str) -> dict[str, list[str]]:
    """What is asked of each kind of page."""
    sitemap = urllib.request.urlopen(f"{server_address}/sitemap.xml").read().decode()  # noqa: S310 (our own server)
    numbers = [int(number) for number in re.findall(r"/f/(\d+)/<", sitemap)]
    lines = (ROOT / "tests/data/judgments.jsonl").read_text(encoding="utf-8").splitlines()
    queries = dict.fromkeys(json.loads(line)["query"] for line in lines)
    return {
        "empty view": [EMPTY],
        "entry": [f"/f/{number}/" for number in numbers if number < REAL],
        "results": [f"/search/?q={quote(query)}" for query in queries],
        "typing": keystrokes(),
    }


def in_turns(database: str, cache: str) -> dict[str, float]:
    """Requests a second of each kind of page, the middle of TURNS."""
    with server(DATABASE_URL=database, CACHE=cache, **NO_LIMIT) as address:
        asked = addresses(address)
        if cache == "on":
            ask_each(address, [path for paths in asked.values() for path in paths])
        turns = [{name: per_second(address, paths, SECONDS) for name, paths in asked.items()} for _ in range(TURNS)]
    return {name: median(turn[name] for turn in turns) for name in asked}


def shares(found: dict[str, float]) -> dict[str, str]:
    """Each beside the empty view of the same turns."""
    return {name: f"{rate:,.0f}, {rate / found['empty view']:.2f}" for name, rate in found.items()}


def measure(database: str) -> None:
    """Prints the table, a column a size."""
    columns = []
    for size in SIZES:
        run("corpus.py", size, database=database)
        ngrams = {f"kept: {name}": cell for name, cell in shares(in_turns(database, "on")).items()}
        columns.append(ngrams | {f"anew: {name}": cell for name, cell in shares(in_turns(database, "off")).items()})
    print(row("requests a second, share of the empty view", [f"{size:,} entries" for size in SIZES]))
    print("|" + "---|" * (len(SIZES) + 1))
    for name in columns[0]:
        print(row(name, [ngrams[name] for ngrams in columns]))


if __name__ == "__main__":
    on_some_database(measure)
