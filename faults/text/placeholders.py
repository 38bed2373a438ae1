"""Placeholders in texts: {客服电话} stands for a value, {转收单：报修；机身号} for a step that reads by whose desk it is. Pure: no Django.

A form says its name, what is to be done, and what the caller must give for it. Braces and punctuation may have either width.
"""

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches

ACQUIRER, RESELLER, CHAIN, APART = "acquirer", "reseller", "chain", "apart"  # whose desk it is
TICKET = "ticket"  # in place of whose desk it is: what is written to whoever acts, not read out to the caller
# Form → whose desk → what is read out of what is to be done, and of what the caller must give. {hotline}: the acquirer's number, if known.
FORMS = {
    "转收单": {
        ACQUIRER: ("我来登记{do}", "，请您报{give}"),
        RESELLER: ("我们替您向收单机构{do}", "，请您报{give}"),
        CHAIN: ("报总部，由总部找收单机构{do}", "，备好{give}"),
        APART: ("打收单机构官方客服{hotline}{do}", "，备好{give}"),
        TICKET: ("请处理：{do}", "（{give}）"),
    },
    "问收单": {
        ACQUIRER: ("我来查{do}", "，请您报{give}"),
        RESELLER: ("我们替您问收单机构{do}", "，请您报{give}"),
        CHAIN: ("报总部，由总部问收单机构{do}", "，备好{give}"),
        APART: ("打收单机构官方客服{hotline}，问{do}", "，备好{give}"),
        TICKET: ("请查：{do}", "（{give}）"),
    },
}
TO_WRITE = "待填："  # begins what stands in place of words that somebody has still to write, in a draft that was imported without them
NO_NAME = r"\s{}｛｝:：;；"  # what no variable's name may have in it

_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")
_GOES_ON = re.compile("[，。；、：！？）”,.;]")  # behind a form: it ends no sentence


def has_braces(text: str) -> bool:
    """Whether there may be a placeholder in the text: most have none, and nothing is done for them."""
    return "{" in text or "｛" in text or "}" in text or "｝" in text


def fill(text: str, value_of: Callable[[str], str], desk: str, hotline: str = "") -> str:
    """The text as it is read out at a desk of that sort, or written as a TICKET.

    `value_of`: a variable's name → what stands for it, whatever the name. `hotline`: the number that callers are sent to, if it is known.
    """

    def read(match: re.Match) -> str:
        name, told = _parts(match[1])
        if told is None:
            return value_of(name)
        end = "" if _GOES_ON.match(text, match.end()) else "。"
        return (_read_form(name, *told, desk, hotline) if name in FORMS else value_of(name)) + end

    return _PLACEHOLDER.sub(read, text) if has_braces(text) else text


def readings(text: str) -> list[str]:
    """The text as each sort of desk reads it and as a ticket, without values; the text itself where nothing is to be filled in."""
    return list(dict.fromkeys(fill(text, lambda name: name, desk) for desk in (ACQUIRER, RESELLER, CHAIN, APART, TICKET)))


def without_braces(text: str) -> str:
    """The text for search: names stay as words, whatever their values are today."""
    return _PLACEHOLDER.sub(lambda match: re.sub("[:：;；]", " ", match[1]), text) if has_braces(text) else text


def variables_in(text: str) -> set[str]:
    """The names of the variables that the text asks for, known or not."""
    parts = (_parts(inside) for inside in _PLACEHOLDER.findall(text))
    return {name for name, told in parts if told is None}


def mistakes_in(text: str, names: Collection[str]) -> list[tuple[str, str]]:
    """What stands in braces and is neither one of these variables nor a whole form: each with the nearest that is there, or nothing.

    A brace without its other one is a mistake with no words.
    """
    if not has_braces(text):
        return []
    wrong = [(inside, _nearest(inside, names)) for inside in dict.fromkeys(_PLACEHOLDER.findall(text)) if not _is_known(inside, names)]
    return [*wrong, *([("", "")] if has_braces(_PLACEHOLDER.sub("", text)) else [])]


def _parts(inside: str) -> tuple[str, tuple[str, str] | None]:
    """The name, and of a form what is to be done and what must be given for it."""
    name, *told = re.split("[:：]", inside, maxsplit=1)
    if not told:
        return name.strip(), None
    do, *give = re.split("[;；]", told[0], maxsplit=1)
    return name.strip(), (do.strip(), give[0].strip() if give else "")


def _read_form(name: str, do: str, give: str, desk: str, hotline: str) -> str:
    doing, giving = FORMS[name][desk]
    return doing.format(do=do, hotline=hotline) + (giving.format(give=give) if give else "")


def _is_known(inside: str, names: Collection[str]) -> bool:
    name, told = _parts(inside)
    return name in names if told is None else name in FORMS and bool(told[0])


def _nearest(inside: str, names: Collection[str]) -> str:
    """A form is shown whole, as it is to be written."""
    name, told = _parts(inside)
    near = get_close_matches(name, [*names, *FORMS] if told is None else FORMS, n=1, cutoff=0.5)
    if not near or near[0] not in FORMS:
        return near[0] if near else ""
    do, give = told or ("", "")
    return f"{near[0]}：{do or '报修'}；{give or '机身号'}"
