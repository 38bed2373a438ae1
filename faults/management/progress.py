"""A progress line for commands: a counter on a terminal, one line every tenth elsewhere."""

from collections.abc import Callable, Generator
from typing import TypeVar

T = TypeVar("T")


def printer(stdout, what: str) -> Callable[[int, int], None]:
    """A function (done, total) that shows how far the work is, without flooding a log."""

    def show(done: int, total: int) -> None:
        if stdout.isatty():
            stdout.write(f"\r{what} {done}/{total}", ending="\n" if done == total else "")
        elif done == total or done % max(total // 10, 1) == 0:
            stdout.write(f"{what} {done}/{total}")

    return show


def watched(steps: Generator[tuple[int, int], None, T], show: Callable[[int, int], object]) -> T:
    """Goes through all the steps, shows each (done, total) that they yield, and returns what they return."""
    while True:
        try:
            show(*next(steps))
        except StopIteration as end:
            return end.value
