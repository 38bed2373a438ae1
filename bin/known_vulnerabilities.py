"""Asks pip-audit about the pinned packages, and never takes silence for an answer: bin/known_vulnerabilities.py requirements.txt …

Exit 0: every package was looked up and nothing is known. 1: something is known. 2: some were not looked up, with AUDIT_OFFLINE=1 0.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

SERVICES = ("pypi", "osv")  # both are asked, and the one that knows more is heard
SECONDS = 300  # a service that takes longer is taken for absent
AUDIT = [str(Path(sys.executable).with_name("pip-audit")), "--format=json", "--progress-spinner=off", "--timeout=15"]


def ask(service: str, files: list[str]) -> list[dict]:
    """What the service says of each package; nothing if it can't be reached."""
    named = [argument for file in files for argument in ("--requirement", file)]
    command = [*AUDIT, f"--vulnerability-service={service}", "--disable-pip", *named]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 (our own files)
        return json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []


def answer(packages: list[dict]) -> tuple[list[str], list[str]]:
    """The names that were not looked up, and a line for each vulnerability."""
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version yet'}"
        for package in packages
        for one in package.get("vulns", [])
    ]
    return unknown, found


def verdict(packages: list[dict], is_offline: bool) -> tuple[str, int]:
    """What is said, and with which code it ends."""
    unknown, found = answer(packages)
    if found:
        return "\n".join(found), 1
    if packages and not unknown:
        return f"{len(packages)} packages looked up, nothing known", 0
    what = f"{len(unknown)} of {len(packages)} packages are unknown to the service" if packages else "no service could be reached"
    return f"NOT AUDITED: {what} ({', '.join(SERVICES)})", 0 if is_offline else 2


def main(files: list[str]) -> int:
    """Asks each service until one has looked all packages up. Returns the exit code."""
    is_offline = os.environ.get("AUDIT_OFFLINE") == "1"
    asked = [ask(service, files) for service in SERVICES]
    said, code = verdict(max(asked, key=_known), is_offline)
    print(said)
    return code


def _known(packages: list[dict]) -> tuple[int, int]:
    """How much an answer is worth: what it found comes first, then how many it knew."""
    unknown, found = answer(packages)
    return len(found), len(packages) - len(unknown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
