"""What a test sees of a database that was broken."""

from dataclasses import dataclass

from tests.failures.inspection import found
from tests.servers.working import on


@dataclass(frozen=True)
class Seen:
    """`wrong`: what may never be; `stale`: what search would miss; `titles` and `ids`: by an entry's number."""

    wrong: list[str]
    stale: list[str]
    content: str
    index: str
    version: str
    titles: dict[int, str]
    ids: dict[int, int]
    waiting: int

    @property
    def is_whole(self) -> bool:
        return not self.wrong and not self.stale


def look(database: str) -> Seen:
    """Inspects it."""
    with on(database):
        return Seen(**found())
