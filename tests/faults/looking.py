"""What a test sees of a database that was broken."""

import json
from dataclasses import dataclass

from tests.servers.posdesk import manage


@dataclass(frozen=True)
class Seen:
    """`wrong`: what may never be; `stale`: what search would miss; `titles` and `ids`: by an entry's number."""

    wrong: list[str]
    stale: list[str]
    content: str
    index: str
    version: str
    titles: dict[str, str]
    ids: dict[str, int]
    waiting: int

    @property
    def is_whole(self) -> bool:
        return not self.wrong and not self.stale


def look(database: str) -> Seen:
    """Inspects it in a process of its own."""
    printed = manage("shell", "-v0", "--command", "from tests.faults.inspection import report; report()", DATABASE_URL=database)
    return Seen(**json.loads(printed.splitlines()[-1]))
