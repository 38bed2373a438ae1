"""docs/settings.md names every environment variable that is read, with its default, and no other."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [*ROOT.glob("posdesk/*.py"), *ROOT.glob("deploy/*.py"), *ROOT.glob("faults/**/*.py")]
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>\S*) ?\| (?P<what>.+?) \| (?P<when>.+?) \|$", re.MULTILINE)
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}  # which settings, not a setting
MISSING = "none given"


def reads(source: str) -> dict[str, str]:
    """Name → default of each variable that a module reads by a literal name; MISSING where no figure or text is given."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args and _is_reader(node.func)]
    given = [(call, call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)]
    named = [(call, name) for call, name in given if isinstance(name, str) and name.isupper()]  # not the name of a parser
    return {name: _default(call) for call, name in named}


def _is_reader(called: ast.expr) -> bool:
    """env.anything, os.environ.get, os.getenv."""
    return bool(re.fullmatch(r"env\.\w+|os\.environ\.\w+|os\.getenv", ast.unparse(called)))


def _default(call: ast.Call) -> str:
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "default")]
    if not given or any(isinstance(node, ast.Name) for node in ast.walk(given[0])):
        return MISSING
    value = eval(ast.unparse(given[0]), {})  # noqa: S307 (our own figures, such as 2 * 60)
    return str(int(value)) if isinstance(value, bool) else str(value)


def all_reads() -> dict[str, set[str]]:
    found = {}
    for path in FILES:
        for name, default in reads(path.read_text(encoding="utf-8")).items():
            found.setdefault(name, set()).add(default)
    in_bash = dict.fromkeys(re.findall(r"\$\{([A-Z_]+):-\}", (ROOT / "bin/alert").read_text(encoding="utf-8")), set())
    return in_bash | {name: defaults - {MISSING} for name, defaults in found.items() if name not in NOT_OURS}


def table() -> dict[str, str]:
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    return {row["name"]: row["default"].strip("`") for row in ROW.finditer(text)}


def test_every_variable_has_its_row():
    assert sorted(table()) == sorted(all_reads())


@pytest.mark.parametrize(("name", "defaults"), sorted((name, defaults) for name, defaults in all_reads().items() if defaults))
def test_the_default_is_the_codes(name, defaults):
    assert {table()[name]} == defaults


def test_the_example_names_no_other():
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) <= table().keys()


def test_what_counts_as_reading():
    source = 'env.bool("ONE", default=False), os.environ.get("TWO", "x,y").split(","), env.int("THREE", 60 * 60)'
    assert reads(source) == {"ONE": "0", "TWO": "x,y", "THREE": "3600"}
    assert reads('env.str("FOUR", default="a"), env.str("FIVE"), os.getenv(name)') == {"FOUR": "a", "FIVE": MISSING}
