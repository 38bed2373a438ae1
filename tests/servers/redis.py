"""Redis of Debian's package: in memory alone, on a port of its own."""

import subprocess
from contextlib import contextmanager

from tests.servers.ports import free_port, wait_for_port


class Redis:
    """A Redis that a test may stop and start again."""

    def __init__(self):
        self.port, self._process = free_port(), None

    @property
    def url(self) -> str:
        """For CACHE_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns when it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/")
        wait_for_port(self.port)

    def stop(self) -> None:
        """As if it were killed."""
        self._process.kill()
        self._process.wait()


@contextmanager
def redis():
    """A running Redis."""
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.stop()
