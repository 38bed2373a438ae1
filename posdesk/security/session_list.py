"""Where somebody is signed in: every session that lives, told by its browser, and the end of those that were chosen."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import ua_parser
from django.utils.crypto import salted_hmac

from faults.models import AuditEvent
from posdesk.security import sessions
from posdesk.security.audit import record_event


@dataclass(frozen=True)
class Place:
    """One session. `mark` names it on a page, where its key must not stand: the key is what a thief wants."""

    mark: str
    browser: str
    address: str
    began: datetime
    seen: datetime
    is_here: bool


def places_of(user, here: str | None) -> list[Place]:
    """The person's living sessions, the one with the key `here` first, then the last used."""
    now = int(time.time())
    living = {key: session for key, session in sessions.sessions_of(user).items() if not sessions.is_expired(session, now)}
    places = [_place(key, session, key == here) for key, session in living.items()]
    return sorted(places, key=lambda place: (place.is_here, place.seen), reverse=True)


def end_marked(user, marks: Collection[str], by) -> int:
    """Ends the person's sessions with these marks, and writes down that `by` did it. Returns how many it were."""
    keys = [key for key in sessions.sessions_of(user) if _mark(key) in marks]
    sessions.end(keys)
    return _noted(user, len(keys), by)


def end_everywhere(user, by, except_key: str | None) -> int:
    """Ends the person's sessions, but the one with the key `except_key`, and writes down that `by` did it. Returns how many it were."""
    return _noted(user, sessions.end_all(user, except_key), by)


def _noted(user, ended: int, by) -> int:
    if ended:
        record_event(AuditEvent.SESSIONS_ENDED, f"{user.get_username()}：{ended}", who=by)
    return ended


def _place(key: str, session: dict, is_here: bool) -> Place:
    began, seen = (datetime.fromtimestamp(session.get(name, 0), UTC) for name in (sessions.BEGAN, sessions.SEEN))
    return Place(_mark(key), _browser(session.get(sessions.BROWSER, "")), session.get(sessions.ADDRESS, ""), began, seen, is_here)


def _mark(key: str) -> str:
    return salted_hmac("posdesk.security.session_list", key, algorithm="sha256").hexdigest()[:16]


def _browser(header: str) -> str:
    """The browser and the system as people call them, such as “Edge · Windows”; nothing for one that isn't known."""
    told = ua_parser.parse(header)
    names = (told.user_agent and told.user_agent.family, told.os and told.os.family)
    return " · ".join(name for name in names if name)
