"""Text that tries to be more than text, and a parser that says whether it succeeded."""

import json
import re
from html.parser import HTMLParser

MARK = re.compile(r"evil\d+")
# What runs in a browser, whatever its value says: handlers, and the expressions of the admin's and the pages' own scripts.
_RUNS = re.compile(r"on|x-|@|:|hx-on|style$|srcdoc$")
_LEADS = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "hx-get", "hx-post", "content"}
_SCHEMES = re.compile(r"[\s\x00-\x1f]*(javascript|vbscript|data\s*:\s*text)", re.IGNORECASE)


class Marks:
    """One mark for each place, so that a page that lets one through says which it was."""

    def __init__(self):
        self.places: dict[str, str] = {}

    def _new(self, place: str) -> str:
        mark = f"evil{len(self.places) + 10}"
        self.places[mark] = place
        return mark

    def short(self, place: str) -> str:
        """For a field that takes 30 characters."""
        return f"'\"><img src=x onerror={self._new(place)}>"

    def tiny(self, place: str) -> str:
        """For a field that takes 20: an element that bears the mark's name."""
        return f"'\"><{self._new(place)}>"

    def long(self, place: str) -> str:
        """For a field without a narrow limit: out of attributes, scripts, text areas, titles, comments and templates, by one line."""
        mark = self._new(place)
        out = "'\"></script></textarea></title></style>-->"
        return f"{out}<script>{mark}</script><img src=x onerror={mark}><a href=javascript:{mark}>x</a>{{{{{mark}}}}}"

    def missing(self, seen: set[str]) -> set[str]:
        """The places whose mark was not seen."""
        return {place for mark, place in self.places.items() if mark not in seen}


class _Page(HTMLParser):
    """Collects whatever came of a mark but text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside, self._kind = "", ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if MARK.search(tag) or (tag == "img" and given.get("src") == "x"):
            self.found.append(f"<{tag}> {given}")
        self.found += [f"<{tag} {name}={value}>" for name, value in given.items() if _is_live(name, value)]
        self._inside, self._kind = tag, given.get("type", "")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, text):
        if self._inside not in ("script", "style") or not MARK.search(text):
            return
        if "json" in self._kind and json.loads(text) is not None:
            return
        self.found.append(f"<{self._inside}> {text[:80]}")

    def handle_comment(self, text):
        self.found += [f"<!-- {text[:80]}"] if MARK.search(text) else []

    handle_decl = handle_pi = unknown_decl = handle_comment


def _is_live(name: str, value: str) -> bool:
    if MARK.search(name) or (name in _LEADS and _SCHEMES.match(value)):
        return True
    return bool(_RUNS.match(name) and MARK.search(value))


def injected(page: str) -> list[str]:
    """What in the page is an element, an attribute or a script of a hostile text's making."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.found


def marks_in(text: str) -> set[str]:
    """The marks that stand in the text."""
    return set(MARK.findall(text))
