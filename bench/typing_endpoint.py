"""How many keystrokes a second the typing endpoint answers, beside an empty Django view on the same server (needs wrk).

Every judged query is typed letter by letter. Kept: answers come from the cache, as they do when many agents type the same
beginnings. Anew: with the cache off, every keystroke is a search.
"""

import json
from urllib.parse import quote

from over_http import EMPTY, ROOT, ask_each, per_second, server

TYPING = "/search/suggestions/?q="


def keystrokes() -> list[str]:
    """The addresses asked while the judged queries are typed, one more letter each."""
    lines = (ROOT / "tests/data/judgments.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines]
    return list(dict.fromkeys(TYPING + quote(query[:end]) for query in queries for end in range(1, len(query) + 1)))


def main() -> None:
    """Prints requests a second and their share of the empty view's."""
    paths = keystrokes()
    with server() as address:
        ask_each(address, paths)
        empty, kept = per_second(address, [EMPTY]), per_second(address, paths)
    with server(CACHE="off") as address:
        anew = per_second(address, paths)
    print(f"one worker, {len(paths)} keystrokes: empty view {empty:.0f}/s, typing endpoint {kept:.0f}/s ({kept / empty:.2f} of it),")
    print(f"with the cache off {anew:.0f}/s ({anew / empty:.2f} of it)")


if __name__ == "__main__":
    main()
