"""What axe says of a page."""

from axe_playwright_python.sync_playwright import Axe

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}


def violations(page, options: dict = STANDARDS, within: str | None = None) -> list[str]:
    """A report for each rule that is broken."""
    results = Axe().run(page, context=within, options=options)
    return [results.generate_report()] if results.violations_count else []
