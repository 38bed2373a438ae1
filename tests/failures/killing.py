"""kill -9 at random moments, and manage.py in a process group of its own, to be killed."""

import os
import random
import subprocess
import sys
import time

from tests.servers.posdesk import ROOT, settings


def moments(count: int, first: float, last: float, seed: int = 20261123) -> list[float]:
    """So many moments between two, in seconds: one at random in each of as many equal parts, in random order."""
    draw, part = random.Random(seed), (last - first) / count  # noqa: S311 (no secret)
    drawn = [first + part * (place + draw.random()) for place in range(count)]
    draw.shuffle(drawn)
    return drawn


def run(*arguments: str, database: str, kill_after: float = 600) -> bool:
    """Runs manage.py and kills its whole group after so many seconds. Returns whether it ended well before that."""
    environment, nowhere = settings(DATABASE_URL=database), subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        return process.wait(kill_after) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        return False


def duration(*arguments: str, database: str) -> float:
    """Seconds that the command takes when nobody kills it."""
    began = time.monotonic()
    assert run(*arguments, database=database)
    return time.monotonic() - began
