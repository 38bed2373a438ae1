"""What a visit weighs: the bytes that come over the wire for a first page and for a second one, beside the goals.

A browser with an empty cache opens an entry, then another with what it has kept. The worker that keeps pages for offline is left
out: it fetches when the page is there already; docs/pages.md says how much.
"""

import subprocess
import sys
from urllib.parse import unquote, urlsplit

from over_http import ROOT, server
from playwright.sync_api import Page, sync_playwright

VISITS = [("first visit", "/f/40/", 60_000), ("second page", "/f/118/", 15_000)]
CHROMIUM = {"executable_path": "/usr/bin/chromium-headless-shell", "args": ["--no-sandbox", "--disable-gpu"]}


def watch(page: Page) -> dict[str, int]:
    """A table that fills while the page loads: address → bytes with headers, 0 for what the browser had kept."""
    session, addresses, weights = page.context.new_cdp_session(page), {}, {}
    session.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    session.on("Network.loadingFinished", lambda event: weights.update({addresses[event["requestId"]]: int(event["encodedDataLength"])}))
    session.send("Network.enable")
    return weights


def weigh(page: Page, address: str) -> dict[str, int]:
    """What came over the wire for one address, until nothing more comes."""
    weights = watch(page)
    page.goto(address, wait_until="networkidle")
    return weights


def report(name: str, path: str, goal: int, weights: dict[str, int]) -> None:
    """Prints each answer, heaviest first, and the sum beside the goal."""
    print(f"{name}, {path}")
    for address, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        print(f"{weight:8,d}  {unquote(urlsplit(address).path)}")
    total = sum(weights.values())
    print(f"{total:8,d}  together; goal {goal:,d}: {'reached' if total <= goal else 'MISSED'}\n")


def main() -> None:
    """Weighs both pages of a visit."""
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"], cwd=ROOT, check=True)  # noqa: S603
    with server() as address, sync_playwright() as playwright:
        context = playwright.chromium.launch(**CHROMIUM).new_context(locale="zh-CN", service_workers="block")
        for name, path, goal in VISITS:
            report(name, path, goal, weigh(context.new_page(), address + path))


if __name__ == "__main__":
    main()
