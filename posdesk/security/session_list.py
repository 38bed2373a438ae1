"""Where somebody is signed in: every session that lives, told by its browser, and the end of those that were chosen."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac

from posdesk.security import sessions
from posdesk.security.audit import record_event
from posdesk.security.models import AuditEvent


@dataclass(frozen=True)
class SessionInfo:
    """One session. `public_id` names it on a page, where its key must not stand: the key is what a thief wants."""

    public_id: str
    browser: str
    address: str
    began: datetime
    seen: datetime
    is_current: bool


def list_sessions(user, current_key: str | None) -> list[SessionInfo]:
    """The person's living sessions, the one with the key `current_key` first, then the last used."""
    now = int(time.time())
    living = {key: session for key, session in sessions.sessions_of(user).items() if not sessions.is_expired(session, now)}
    places = [_info(key, session, key == current_key) for key, session in living.items()]
    return sorted(places, key=lambda place: (place.is_current, place.seen), reverse=True)


def end_chosen(user, chosen: Collection[str], by) -> int:
    """Ends the person's sessions with these marks, and writes down that `by` did it. Returns how many it were."""
    keys = [key for key in sessions.sessions_of(user) if _public_id(key) in chosen]
    sessions.end(keys)
    return _noted(user, len(keys), by)


def end_all_sessions(user, by, except_key: str | None) -> int:
    """Ends the person's sessions, but the one with the key `except_key`, and writes down that `by` did it. Returns how many it were."""
    return _noted(user, sessions.end_all(user, except_key), by)


def _noted(user, ended: int, by) -> int:
    if ended:
        record_event(AuditEvent.SESSIONS_ENDED, f"{user.get_username()}：{ended}", who=by)
    return ended


def _info(key: str, session: dict, is_current: bool) -> SessionInfo:
    began, seen = (datetime.fromtimestamp(session.get(name, 0), UTC) for name in (sessions.BEGAN, sessions.SEEN))
    return SessionInfo(
        _public_id(key), _browser(session.get(sessions.BROWSER, "")), session.get(sessions.ADDRESS, ""), began, seen, is_current
    )


def _public_id(key: str) -> str:
    return salted_hmac("posdesk.security.session_list", key, algorithm="sha256").hexdigest()[:16]


def _browser(header: str) -> str:
    """The browser and the system as people call them, such as “Edge · Windows”; nothing for one that isn't known."""
    import ua_parser  # here and not above: its patterns take a tenth of a second to load, and few ask

    told = ua_parser.parse(header)
    names = (told.user_agent and told.user_agent.family, told.os and told.os.family)
    return " · ".join(name for name in names if name)
