"""Reads the knowledge files (fixtures/*.yaml) into plain rows and says what is wrong with them. No Django but its gettext.

A row is a dict with exactly the keys of its kind's SHAPE; what a file leaves out gets the shape's default. Lists whose order
means nothing are sorted, so that equal knowledge gives equal rows.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.text.normalize import normalized

# libyaml reads all files in 0.2 s, PyYAML alone in 1.5 s.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FIX = {"actor": "", "steps": [], "expected": "", "otherwise": "", "note": ""}
_CAUSE = {"title": "", "likelihood": "possible", "check": "", "fixes": [_FIX]}
_MYTH = {"claim": "", "verdict": "", "reason": ""}
_NAMED = {"slug": "", "name": "", "position": 0}
_LAST = {"sources": [], "status": "draft", "reviewed": ""}

# The keys of each kind with their defaults; a list with one dict in it holds rows of that shape.
SHAPES = {
    "category": _NAMED,
    "environment": _NAMED,
    "actor": {**_NAMED, "minutes": 10},
    "source": {"reference": "", "title": "", "link": "", "file_name": "", "dated": "", "page": "", "verdict": "accepted", "reason": ""},
    "code_table": {**_NAMED, "full_name": "", "kind": "acquirer", "words": [], "letter": "", "red_lines": [], "is_own": False},
    "retry": {**_NAMED, "allows_again": False},
    "response_class": _NAMED,
    "variable": {"name": "", "purpose": "", "words": [], "value": "", "values": [{"table": "", "value": ""}], "position": 0},
    "question": {
        "slug": "",
        "text": "",
        "seconds": 15,
        "answers": [{"slug": "", "text": ""}],
        "evidence": [{"about": "", "cause": "", "fits": []}],
        "position": 0,
    },
    "code": {
        "scheme": "",
        "code": "",
        "meaning": "",
        "detail": "",
        "generation": "",
        "old_meaning": "",
        "new_meaning": "",
        "screen_texts": [],
        "aliases": [],
        "class": "",
        "retry": "",
        "actors": [],
        "keep_card": None,
        "warning": "",
        "say": "",
        "dont_say": [],
        "check": "",
        "steps": [],
        "expected": "",
        "note": "",
        "myths": [_MYTH],
        "confused_with": [],
        "confidence": "unverified",
        **_LAST,
    },
    "fault": {
        "number": 0,
        "kind": "fault",
        "title": "",
        "category": "",
        "environments": [],
        "screen_texts": [],
        "aliases": [],
        "symptom": "",
        "warning": "",
        "causes": [_CAUSE],
        "fixes": [_FIX],
        "myths": [_MYTH],
        "reply": "",
        "escalation": "",
        "codes": [],
        "related": [{"number": 0, "difference": ""}],
        "confidence": "unverified",
        **_LAST,
    },
    "term": {"name": "", "pinyin": "", "aliases": [], "definition": "", **_LAST},
    "synonym": {"name": "", "words": [], "are_brands": False},
    "wording": {"name": "", "words": []},
    "elsewhere": {"name": "", "words": [], "refer_to": ""},
    "note": {"number": 0, "about": "", "cause": "", "step": "", "audience": "internal", "text": ""},
}
KEYS = {
    "code": ("scheme", "code"),
    "fault": ("number",),
    "term": ("name",),
    "synonym": ("name",),
    "wording": ("name",),
    "elsewhere": ("name",),
    "note": ("number",),
    "variable": ("name",),
    "source": ("reference",),
}
PLACES = {"category": "categories", "retry": "retries", "response_class": "response_classes", "elsewhere": "elsewhere"}  # others end in s
OF_THE_DESK = {"note"}  # each desk's own words: no shared file has any, and loading never touches them
UNORDERED = {"environments", "codes", "sources", "confused_with"}


class KnowledgeError(Exception):
    """The files can't be loaded. `problems`: one sentence each, with file and item."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Knowledge:
    """Rows by kind, in the order of the files."""

    rows: dict[str, list[dict]] = field(default_factory=lambda: {kind: [] for kind in SHAPES})


def key_of(kind: str, row: dict) -> str:
    """What names the row for good: 'fault:118', 'code:cup:97', 'term:签到'."""
    return ":".join([kind, *(str(row[name]) for name in KEYS.get(kind, ("slug",)))])


def in_current_shape(kind: str, row: dict) -> dict:
    """A row kept by an earlier version, with the defaults of keys that came since and without keys that went."""
    return _shaped(SHAPES[kind], {key: value for key, value in row.items() if key in SHAPES[kind]}, "", [])


def read_folder(folder: Path) -> Knowledge:
    """Reads every knowledge file below the folder. Raises KnowledgeError with all problems at once."""
    knowledge, problems, seen = Knowledge(), [], set()
    for kind in (kind for kind in SHAPES if kind not in OF_THE_DESK):
        for path in _files(folder, PLACES.get(kind, f"{kind}s")):
            for raw in _read(path, problems):
                row = _checked(kind, raw, f"{path.name}", problems)
                if row is None:
                    continue
                if (key := key_of(kind, row)) in seen:
                    problems.append(_("%(where)s：%(key)s 出现了两次，只能留一条。") % {"where": path.name, "key": key})
                seen.add(key)
                knowledge.rows[kind].append(row)
    if problems:
        raise KnowledgeError(problems)
    return knowledge


def _files(folder: Path, name: str) -> list[Path]:
    return [path for path in [folder / f"{name}.yaml", *sorted((folder / name).glob("*.yaml"))] if path.is_file()]


def _read(path: Path, problems: list[str]) -> list:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or []  # nosec B506 # noqa: S506 (both are safe)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = {"where": path.name, "why": str(error).splitlines()[0]}
        problems.append(_("%(where)s：不是能读的YAML文件（%(why)s）。") % said)
        return []
    if isinstance(rows, list):
        return rows
    problems.append(_("%(where)s：最外层要是列表，每条以“- ”开头。") % {"where": path.name})
    return []


def _checked(kind: str, raw, where: str, problems: list[str]) -> dict | None:
    before = len(problems)
    row = _shaped(SHAPES[kind], raw, where, problems)
    return row if len(problems) == before else None


def _shaped(shape: dict, raw, where: str, problems: list[str]) -> dict:
    """The raw mapping with defaults filled in and every value of the shape's type."""
    if not isinstance(raw, dict):
        problems.append(_("%(where)s：这里要写“键: 值”，写的是 %(said)r。") % {"where": where, "said": raw})
        return {}
    where = f"{where} {next(iter(raw.values()), '')}".strip()
    unknown = _("%(where)s：不认识的键“%(key)s”，可用的有 %(known)s。")
    problems += [unknown % {"where": where, "key": key, "known": _("、").join(shape)} for key in raw if key not in shape]
    return {key: _value(key, default, raw.get(key), where, problems) for key, default in shape.items()}


def _value(key: str, default, given, where: str, problems: list[str]):
    if given is None:
        return [] if isinstance(default, list) else default
    if isinstance(given, date):
        given = given.isoformat()
    wanted = bool if default is None else type(default)  # open: neither true nor false
    if type(given) is not wanted:
        said = {"where": where, "key": key, "type": _TYPES[wanted], "said": given}
        problems.append(_("%(where)s：“%(key)s”要写成%(type)s，写的是 %(said)r（数字和no、yes要加引号）。") % said)
        return default
    if isinstance(given, str):
        return normalized(given)
    if not isinstance(given, list):
        return given
    if default and isinstance(default[0], dict):
        return [_shaped(default[0], item, where, problems) for item in given]
    if any(not isinstance(item, str) for item in given):
        problems.append(_("%(where)s：“%(key)s”里每一项都要是文字（数字要加引号）。") % {"where": where, "key": key})
        return []
    given = [normalized(item) for item in given]
    return sorted(given) if key in UNORDERED else given


_TYPES = {str: gettext_lazy("文字"), int: gettext_lazy("数字"), bool: gettext_lazy("true 或 false"), list: gettext_lazy("列表")}
