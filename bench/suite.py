"""How long the whole suite takes, beside a loop that is timed all the while: a shared machine can be half as fast a minute later.

    python bench/suite.py [times]

For each run: its end, its seconds, the loop's mean and its best in seconds of a processor, and what the run would have taken had the
machine been all the while as fast as when the loop was best.
"""

import re
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDITIONS, EVERY = 2_000_000, 10  # of the loop; seconds between two


def loop() -> float:
    """Seconds of a processor for the additions; waiting for a processor is not counted."""
    began, total = time.thread_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.thread_time() - began


def timed_until(over: threading.Event) -> list[float]:
    """The loop again and again until then."""
    seconds = [loop()]
    while not over.wait(EVERY):
        seconds.append(loop())
    return seconds


def run() -> str:
    """One run of the suite in a line."""
    over, seconds = threading.Event(), []
    watch = threading.Thread(target=lambda: seconds.extend(timed_until(over)))
    began = time.monotonic()
    watch.start()
    ended = subprocess.run(["make", "test"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607 (whichever make there is)
    took = time.monotonic() - began
    over.set()
    watch.join()
    counts = ", ".join(re.findall(r"\d+ (?:passed|failed|errors?)|FAILED .*", ended.stdout))
    mean, best = statistics.mean(seconds), min(seconds)
    machine = f"loop {mean:.3f} s, at best {best:.3f} s: {took * best / mean:.0f} s at its best"
    return f"exit {ended.returncode}, {counts}: {took:.0f} s; {machine}"


if __name__ == "__main__":
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(run(), flush=True)
