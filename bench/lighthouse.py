"""Lighthouse's four scores for five pages, as a phone on a slow network sees them (needs npm and chromium).

Installs Lighthouse in a temporary folder. Each page is looked at three times and the run with the middle performance counts, because a
busy machine slows one run or another. Below the table stands what took points off.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from over_http import ROOT, server

LIGHTHOUSE = "lighthouse@13.5.0"
PAGES = {"home": "/", "results": "/search/?q=不出票", "entry": "/f/40/", "code": "/codes/97/", "code table": "/codes/"}
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}  # with their goals
RUNS = 3


def install(folder: str) -> Path:
    """Lighthouse in that folder; the program's path."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, LIGHTHOUSE], check=True)  # noqa: S603, S607
    return Path(folder) / "node_modules/.bin/lighthouse"


def look(program: Path, address: str, tries: int = 3) -> dict:
    """One run's report. The browser fails to start now and then; raises CalledProcessError when it does so every time."""
    command = [program, address, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    environment = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
    run = subprocess.run(command, env=environment, capture_output=True)  # noqa: S603
    if run.returncode and tries > 1:
        return look(program, address, tries - 1)
    run.check_returncode()
    return json.loads(run.stdout)


def middle(program: Path, address: str) -> dict:
    """The report with the middle performance of several runs."""
    reports = sorted((look(program, address) for _ in range(RUNS)), key=lambda report: scores(report)["performance"])
    return reports[RUNS // 2]


def scores(report: dict) -> dict[str, int]:
    """The four scores of a report, out of 100."""
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


def losses(report: dict) -> list[str]:
    """The audits that took points off, with what they found."""
    weighed = {audit["id"] for name in CATEGORIES for audit in report["categories"][name]["auditRefs"] if audit["weight"]}
    audits = (report["audits"][name] for name in sorted(weighed))
    return [f"{audit['id']} {audit.get('displayValue', '')}".strip() for audit in audits if (audit["score"] or 0) < 1 and _counts(audit)]


def _counts(audit: dict) -> bool:
    return audit["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")


def main() -> None:
    """Prints the table as Markdown, then what took points off."""
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"], cwd=ROOT, check=True)  # noqa: S603
    with server() as address, tempfile.TemporaryDirectory() as folder:
        program = install(folder)
        reports = {name: middle(program, address + path) for name, path in PAGES.items()}
    print(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'--:|' * len(CATEGORIES)}")
    for name, report in reports.items():
        print(f"| {name} | " + " | ".join(map(str, scores(report).values())) + " |")
    print("| goal | " + " | ".join(map(str, CATEGORIES.values())) + " |")
    for name, report in reports.items():
        print(f"{name}: {', '.join(losses(report)) or 'nothing lost'}")


if __name__ == "__main__":
    main()
