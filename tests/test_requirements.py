"""requirements*.txt hold all that requirements*.in ask for, on any machine, and `make` installs only files whose hash stands there."""

import os
import re
import shutil
import subprocess
import venv
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("requirements", "requirements-dev", "requirements-audit")
PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)
MACHINES = [
    {"python_full_version": full, "python_version": full.rpartition(".")[0], "platform_machine": machine}
    for full, machine in product(("3.11.2", "3.11.9", "3.12.0", "3.13.0"), ("x86_64", "aarch64"))
]


def text_of(name: str) -> str:
    return (ROOT / f"{name}.txt").read_text(encoding="utf-8")


def pins_of(name: str) -> dict[str, str]:
    return {package: version for package, version, _ in PIN.findall(text_of(name))}


def asked_for(name: str) -> list[Requirement]:
    lines = (line.partition(" #")[0] for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", NAMES)
def test_there_is_nothing_but_pins_with_hashes(name):
    """No address and no folder of whoever made the file, no package that any file would do for."""
    rest = PIN.sub("", text_of(name))
    assert not [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert "://" not in rest and "/" not in rest


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_is_pinned(name):
    """`make requirements` was run after the last change of a pin."""
    pins = pins_of(name)
    assert [str(asked) for asked in asked_for(name) if f"=={pins.get(canonicalize_name(asked.name))}" != str(asked.specifier)] == []


def test_a_package_has_one_version_in_all_files():
    pins = {pin for name in NAMES for pin in pins_of(name).items()}
    assert len(pins) == len({package for package, _ in pins})


def test_what_these_bring_along_is_pinned_for_every_python_and_machine():
    """pip-compile looks at the Python it runs on alone: an older one may need more. What isn't installed here can't be asked."""
    pins, seen = {package for name in NAMES for package in pins_of(name)}, set()
    left = [asked for name in NAMES for asked in asked_for(name)]
    while left:
        asked = left.pop()
        if str(asked) not in seen:
            seen.add(str(asked))
            assert canonicalize_name(asked.name) in pins, asked
            left += brought_along(asked)


def brought_along(asked: Requirement) -> list[Requirement]:
    """What the installed package needs on one of the machines at least."""
    try:
        needed = [Requirement(line) for line in requires(asked.name) or []]
    except PackageNotFoundError:
        return []
    places = [machine | {"extra": extra} for machine in MACHINES for extra in asked.extras or {""}]
    return [each for each in needed if each.marker is None or any(map(each.marker.evaluate, places))]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The Makefile with an environment of its own, and a small package to install into it; its hash."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy2(ROOT / "Makefile", folder)
    venv.create(folder / ".venv")
    (folder / "path").mkdir()
    (folder / "path/pip").symlink_to(find_spec("pip").submodule_search_locations[0])
    with ZipFile(wheel := folder / "thing-1-py3-none-any.whl", "w") as archive:
        archive.writestr("thing-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1\n")
        archive.writestr("thing-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("thing-1.dist-info/RECORD", "")
    return folder, sha256(wheel.read_bytes()).hexdigest()


def made(folder: Path, pin: str) -> subprocess.CompletedProcess:
    (folder / "requirements.txt").write_text(pin, encoding="utf-8")
    offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}
    environment = offline | {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "path")}
    return subprocess.run(["make", ".venv/installed"], cwd=folder, env=environment, capture_output=True, text=True)


def test_make_installs_no_file_but_the_one_that_was_pinned(checkout):
    """Asks pip itself, which takes a second each time."""
    folder, digest = checkout
    other = digest[1:] + digest[0]
    for pin, word in (("thing==1", "HASHES"), (f"thing==1 --hash=sha256:{other}", "DO NOT MATCH")):
        refused = made(folder, pin)
        assert refused.returncode and word in refused.stderr.upper() and not (folder / ".venv/installed").exists(), refused.stderr
    assert made(folder, f"thing==1 --hash=sha256:{digest}").returncode == 0 and (folder / ".venv/installed").exists()
