"""A progress line for commands: a counter on a terminal, one line every tenth elsewhere."""

from collections.abc import Callable


def printer(stdout, what: str) -> Callable[[int, int], None]:
    """A function (done, total) that shows how far the work is, without flooding a log."""

    def show(done: int, total: int) -> None:
        if stdout.isatty():
            stdout.write(f"\r{what} {done}/{total}", ending="\n" if done == total else "")
        elif done == total or done % max(total // 10, 1) == 0:
            stdout.write(f"{what} {done}/{total}")

    return show
