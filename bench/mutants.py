"""How many small mistakes in the code the tests find: a sample of mutants, the same for the same seed.

    python bench/mutants.py --coverage var/contexts.coverage --durations var/junit.xml --out var/mutants.json

Each mutant is one change by an operator of cosmic-ray (a comparison turned round, a number changed, a decorator taken away …),
at most one a place. It meets the tests that run its line, the quickest first, until one fails or BUDGET seconds of tests are used up.
`--coverage` and `--durations` come from a run of pytest with `--cov-context=test` and `--junitxml`. Prints killed of tried a package.
Any change of what makes search documents (faults/search/document_digest.py) makes the index stale, and so is found by whoever looks.
Needs `pip install cosmic-ray==8.7.0 coverage==7.17.5 pytest-cov==7.1.0`, which nothing else needs.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from xml.etree import ElementTree

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_code
from coverage import CoverageData

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.databases import sqlite_template  # noqa: E402 (found once the path is set)

USAGE_ERROR = 4  # of pytest
BUDGET, LIMIT = 20, 300  # seconds of tests that a mutant meets; seconds after which it counts as killed: it made something endless
# `str | None` in an annotation is no operation of ours.
SKIPPED = ("core/ReplaceBinaryOperator_BitOr_",)
OPERATORS = {name: cosmic_ray.plugins.get_operator(name) for name in sorted(cosmic_ray.plugins.operator_names())}


def mutations(path: Path) -> list[dict]:
    """Every mutation of the file as {file, operator, occurrence, line}."""
    tree, found = get_ast_from_path(path), []
    for name, operator in OPERATORS.items():
        if operator.arguments() or name.startswith(SKIPPED):
            continue
        places = [start for node in ast_nodes(tree) for start, _ in operator().mutation_positions(node)]
        found += [
            {"file": str(path.relative_to(ROOT)), "operator": name, "occurrence": n, "line": line, "column": column}
            for n, (line, column) in enumerate(places)
        ]
    return found


def sample(packages: list[str], size: int, seed: int) -> list[dict]:
    """`size` mutations of the packages' files, at most one a place, drawn with the seed."""
    draw, by_place = random.Random(seed), {}  # noqa: S311 (a sample, no secret)
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            for mutation in mutations(path):
                by_place.setdefault((mutation["file"], mutation["line"], mutation["column"]), []).append(mutation)
    places = draw.sample(sorted(by_place), size)
    return [draw.choice(by_place[place]) for place in places]


def without_group(test: str) -> str:
    """The test's id without the name of its xdist group."""
    return re.sub(r"@[^\]@]+$", "", test)


class Tests:
    """Which tests run a line, and how long each takes."""

    def __init__(self, coverage: str, durations: str):
        self.data = CoverageData(coverage)
        self.data.read()
        cases = ElementTree.parse(durations).iter("testcase")  # noqa: S314 (pytest's own)
        named = ((f"{case.get('classname').replace('.', '/')}.py::{case.get('name')}", case) for case in cases)
        self.seconds = {without_group(name): float(case.get("time")) for name, case in named}

    def of(self, mutation: dict) -> list[str]:
        """Test ids, the quickest first, up to BUDGET seconds. Those that run anything of the file, where the line runs at import."""
        measured = next((path for path in self.data.measured_files() if path.endswith("/" + mutation["file"])), "")
        lines = self.data.contexts_by_lineno(measured)
        contexts = set(lines.get(mutation["line"], [])) - {""} or {one for found in lines.values() for one in found} - {""}
        known = {without_group(one.rsplit("|", 1)[0]) for one in contexts}
        chosen, used = [], 0.0
        for test in sorted(known, key=lambda one: (self.seconds.get(one, 1.0), one)):
            used += self.seconds.get(test, 1.0)
            if used > BUDGET and chosen:
                break
            chosen.append(test)
        return chosen


def checkout(folder: str) -> Path:
    """A copy of the working tree whose files may be spoilt."""
    copy = Path(folder) / "checkout"
    subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, copy], check=True)
    for name in (".venv", "static"):
        (copy / name).symlink_to((ROOT / name).resolve())
    (copy / "var").mkdir()
    (copy / "var/secret-key").write_bytes((ROOT / "var/secret-key").read_bytes())
    for compiled in ROOT.glob("locale/*/LC_MESSAGES/*.mo"):
        (copy / compiled.relative_to(ROOT)).write_bytes(compiled.read_bytes())
    return copy


def outcome(copy: Path, mutation: dict, tests: list[str]) -> str:
    """killed, survived, endless, or untested where no test runs the file."""
    if not tests:
        return "untested"
    path = copy / mutation["file"]
    whole = path.read_text(encoding="utf-8")
    path.write_text(mutate_code(whole, OPERATORS[mutation["operator"]](), mutation["occurrence"]), encoding="utf-8")
    try:
        code = run(copy, tests)
        if code == USAGE_ERROR:  # a test is named after what was changed: its file has it under another name
            code = run(copy, sorted({test.split("::")[0] for test in tests}))
    except subprocess.TimeoutExpired:
        return "endless"
    finally:
        path.write_text(whole, encoding="utf-8")
    return "killed" if code else "survived"


def run(copy: Path, tests: list[str]) -> int:
    """Exit code of pytest, which stops at the first failure. Raises subprocess.TimeoutExpired."""
    listed = copy / "var/tests.txt"
    listed.write_text("\n".join(tests), encoding="utf-8")
    command = [copy / ".venv/bin/python", "-m", "pytest", "-x", "--no-header", "-p", "no:cacheprovider", f"@{listed}"]
    environment = os.environ | {"TEST_DATABASE": str(sqlite_template())}  # of the code as it is: what loads it has tests of its own
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=LIMIT).returncode


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("packages", nargs="*", default=["faults/search", "faults/editing", "posdesk/security", "faults/usage"])
    reading.add_argument("--size", type=int, default=160)
    reading.add_argument("--seed", type=int, default=16)
    reading.add_argument("--workers", type=int, default=2)
    reading.add_argument("--coverage", required=True)
    reading.add_argument("--durations", required=True)
    reading.add_argument("--again", help="the result of an earlier run, whose mutants are taken instead of a sample")
    reading.add_argument("--out", required=True)
    given = reading.parse_args()
    again = json.loads(Path(given.again).read_text(encoding="utf-8")) if given.again else None
    chosen, tests = again or sample(given.packages, given.size, given.seed), Tests(given.coverage, given.durations)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.workers) as pool:
        copies = Queue()
        for number in range(given.workers):
            copies.put(checkout(f"{folder}/{number}"))

        def tried(mutation: dict) -> dict:
            copy = copies.get()
            try:
                return mutation | {"outcome": outcome(copy, mutation, tests.of(mutation))}
            finally:
                copies.put(copy)

        results = []
        for result in pool.map(tried, chosen):
            results.append(result)
            print(*result.values(), flush=True)
            Path(given.out).write_text(json.dumps(results, indent=1), encoding="utf-8")
    for package in given.packages:
        counted = Counter(result["outcome"] for result in results if result["file"].startswith(package))
        print(package, dict(counted))
    killed = sum(result["outcome"] in ("killed", "endless") for result in results)
    print(f"killed {killed} of {len(results)}")


if __name__ == "__main__":
    sys.exit(main())
