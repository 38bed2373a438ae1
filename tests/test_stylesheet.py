"""The stylesheet: the dark colours stand twice, for the system's choice and the reader's, and must be the same."""

import re
from pathlib import Path

STYLESHEET = Path(__file__).resolve().parent.parent / "faults/static/faults/posdesk.css"


def colours(css: str, start: str) -> dict[str, str]:
    block = css[css.index(start) + len(start) :]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block[: block.index("}")]))


def test_both_dark_blocks_are_the_same():
    css = STYLESHEET.read_text(encoding="utf-8")
    by_system, by_choice = colours(css, ":root:not([data-theme=light]) {"), colours(css, ":root[data-theme=dark] {")
    assert by_system == by_choice and len(by_system) > 20


def test_nothing_comes_from_another_host():
    assert "http" not in STYLESHEET.read_text(encoding="utf-8") and "@import" not in STYLESHEET.read_text(encoding="utf-8")
