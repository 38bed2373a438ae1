"""Which version it says that it is."""

import re

from posdesk.operations.version import version_of
from tests.test_settings import ROOT


def test_a_release_is_named_by_its_tag(tmp_path):
    assert version_of(tmp_path / "releases/v0.2.0") == "v0.2.0"


def test_elsewhere_it_is_that_of_the_newest_section_of_the_changelog():
    assert re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1] == version_of(ROOT)
