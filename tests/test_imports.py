"""Who may import whom: the table of docs/adr/0002, held against the code."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Lowest first. A module may import its own floor and those below. The longest name that fits a module counts.
FLOORS = {
    "posdesk.masking": 0,
    "posdesk.numbers": 0,
    "faults.icons": 0,
    "faults.search.written_codes": 0,
    "faults.search.query": 0,
    "faults.search.ngrams": 0,
    "faults.editing.knowledge_files": 0,
    "faults.editing.pairing": 0,
    "faults.editing.labels": 0,
    "faults.editing.occurrences": 0,
    "faults.editing.difference": 0,
    "faults.editing.transfer": 0,
    "faults.checks.text": 0,
    "faults.checks.red_lines": 0,
    "faults.management.progress": 0,
    "faults.text": 0,
    "faults.triage.decision": 0,
    "posdesk.operations.log_masking": 1,
    "faults.models": 1,
    "posdesk.rate_limits": 1,
    "posdesk.client_address": 1,
    "posdesk.request_sizes": 1,
    "posdesk.security.models": 1,
    "posdesk.stored_language": 1,
    "posdesk.page_cache.models": 1,
    "posdesk.database_errors": 1,
    "posdesk.settings_checks": 1,
    "posdesk.capacity": 2,
    "faults.health": 2,
    "faults.desk_words": 2,
    "faults.incidents": 2,
    "faults.triggers": 2,
    "faults.traditional_chinese": 2,
    "faults.page_fingerprints": 2,
    "faults.search": 2,
    "faults.editing": 2,
    "faults.usage": 2,
    "faults.triage": 2,
    "faults.checks": 2,
    "posdesk.page_cache": 2,
    "posdesk.security": 2,
    "posdesk.operations": 2,
    "posdesk.model_admin": 2,
    "posdesk.query_masking": 1,
    "faults.filters": 3,
    "faults.forms": 3,
    "posdesk.security.admin": 3,
    "faults.views": 4,
    "faults.admin": 4,
    "faults.templatetags": 4,
    "faults.management.commands": 4,
    "faults.urls": 5,
    "faults.apps": 5,
    "posdesk": 6,
}


def modules() -> dict[str, Path]:
    files = [path for folder in ("faults", "posdesk") for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def imports_of(path: Path, known: set[str]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {full if (full := f"{node.module}.{name.name}") in known else node.module for name in node.names}
    return found


def floor_of(module: str) -> int:
    fitting = [name for name in FLOORS if module == name or module.startswith(f"{name}.")]
    assert fitting, f"{module} stands on no floor: give it one in FLOORS"
    return FLOORS[max(fitting, key=len)]


MODULES = modules()
EMPTY = {
    "faults",
    "faults.search",
    "faults.usage",
    "faults.triage",
    "faults.editing",
    "faults.editing.transfer",
    "faults.views",
    "faults.templatetags",
    "faults.management",
    "faults.management.commands",
    "faults.checks",
    "posdesk.page_cache",
    "posdesk.security",
    "posdesk.operations",
    "posdesk.operations.backup",
    "faults.text",
    "posdesk.security.admin",
}


@pytest.mark.parametrize("module", sorted(MODULES.keys() - EMPTY))
def test_nothing_imports_upwards(module):
    own = floor_of(module)
    above = {name for name in imports_of(MODULES[module], set(MODULES)) if name in MODULES and name not in EMPTY and floor_of(name) > own}
    assert not above, f"{module} (floor {own}) imports upwards: {above}"


@pytest.mark.parametrize("module", sorted(module for module in MODULES.keys() - EMPTY if floor_of(module) == 0))
def test_pure_modules_know_no_django(module):
    """But its gettext: what they say of a text is read in the reader's language."""
    known = {name for name in imports_of(MODULES[module], set(MODULES)) if name.split(".")[0] in ("django", "reversion")}
    assert known <= {"django.utils.translation"}


def test_no_two_modules_import_each_other():
    graph = {module: imports_of(path, set(MODULES)) & MODULES.keys() for module, path in MODULES.items()}
    assert not [(a, b) for a in graph for b in graph[a] if a < b and a in graph[b]]


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.startswith("faults.views")))
def test_pages_ask_only_for_what_the_reader_may_see(module):
    """A page that named `.everything` could show a draft."""
    names = {node.attr for node in ast.walk(ast.parse(MODULES[module].read_text())) if isinstance(node, ast.Attribute)}
    assert "everything" not in names and "_base_manager" not in names and "_default_manager" not in names


def test_empty_packages_are_empty():
    for module in EMPTY:
        body = ast.parse(MODULES[module].read_text()).body
        assert all(isinstance(node, ast.Expr) for node in body), f"{module}/__init__.py holds code"


def test_what_any_site_needs_knows_nothing_of_card_terminals():
    """posdesk/ is told what it needs by settings, signals and registers."""
    imported = {(module, name) for module in MODULES if module.startswith("posdesk") for name in imports_of(MODULES[module], set(MODULES))}
    assert {(module, name) for module, name in imported if name.split(".")[0] == "faults"} == set()
