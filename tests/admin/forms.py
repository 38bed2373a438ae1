"""A page's form, as a browser would send it back."""

from html.parser import HTMLParser

from faults.editing.history import newest_change


class _Fields(HTMLParser):
    """Collects names and values of inputs, textareas and selects."""

    def __init__(self):
        super().__init__()
        self.data: dict[str, str | list[str]] = {}
        self._textarea = self._select = None
        self._is_multiple = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._textarea = given.get("name")
            self.data[self._textarea] = ""
        elif tag == "select":
            self._select, self._is_multiple = given.get("name"), "multiple" in given
            if self._is_multiple:
                self.data[self._select] = []
        elif tag == "option" and self._select and "selected" in given:
            self._choose(given.get("value", ""))

    def _input(self, given):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind in ("submit", "button", "file") or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        if kind == "checkbox" and "value" in given:
            self.data.setdefault(name, []).append(given["value"])
        else:
            self.data[name] = given.get("value", "on" if kind == "checkbox" else "")

    def _choose(self, value):
        if self._is_multiple:
            self.data[self._select].append(value)
        else:
            self.data[self._select] = value

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            if self._select and not self._is_multiple:
                self.data.setdefault(self._select, "")
            self._select = None

    def handle_data(self, text):
        if self._textarea:
            self.data[self._textarea] += text


def body(response) -> str:
    """The page: of Django's client also one that comes in pieces, which could be read only once, or what a server answered."""
    if not getattr(response, "streaming", False):
        return response.content.decode()
    if not hasattr(response, "pieces"):
        response.pieces = b"".join(response.streaming_content)
    return response.pieces.decode()


def filled_in(response) -> dict:
    """The fields of the page's forms with their values, without the empty templates for new rows."""
    parser = _Fields()
    parser.feed(body(response))
    ours = {
        name: value for name, value in parser.data.items() if "__prefix__" not in name and name not in ("q", "action", "language", "next")
    }
    return {name: value[1:] if isinstance(value, str) and value.startswith("\n") else value for name, value in ours.items()}


def up_to_date(**data) -> dict:
    """What the form of a step sends with these data, from a page that was opened just now."""
    return {"seen": str(newest_change())} | data
