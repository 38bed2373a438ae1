"""The site's settings in a process that writes its longest pause for the garbage collector, in ms, into the file that PAUSES names."""

import gc
import os
from pathlib import Path
from time import perf_counter

from served import *  # noqa: F403


class _Longest:
    """Told by the collector when it begins and ends."""

    def __init__(self):
        self.began = self.longest = 0.0

    def __call__(self, phase: str, info: dict) -> None:
        now = perf_counter()
        if phase == "start":
            self.began = now
        elif now - self.began > self.longest:
            self.longest = now - self.began
            Path(os.environ["PAUSES"]).write_text(f"{self.longest * 1000:.0f}")


gc.callbacks.append(_Longest())
