"""What it means that the database refuses: said in a sentence for whoever waits for an answer."""

import psycopg
from django.db import InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Of the server, the file or the disk; never of what was asked. Django translates psycopg's, but not one from closing a cursor.
DATABASE_ERRORS = (InterfaceError, OperationalError, psycopg.InterfaceError, psycopg.OperationalError)

AWAY = _("数据库暂时没有应答，多半几分钟就好。请过一会儿再试。")
FULL = _("服务器的磁盘写不进去了，多半是满了。查询照常。请告诉管理员清理磁盘，然后再试。")
BUSY = _("正有别人在写，等了太久。请再试一次。")

_DISK_FULL = "53100"  # PostgreSQL's code
# SQLite says the second of these when a limit of the operating system, not the disk, is what is full.
_OF_SQLITE = {"disk is full": FULL, "disk I/O error": FULL, "database is locked": BUSY}


def database_error_in(error: BaseException | None) -> Exception | None:
    """The refusal that the error is or came of, such as one in a transaction that couldn't be undone any more; None if there is none."""
    while error is not None and not isinstance(error, DATABASE_ERRORS):
        error = error.__cause__ or error.__context__
    return error


def message_for(error: Exception) -> Promise:
    """Why the database refused, and what to do."""
    if getattr(error.__cause__, "sqlstate", None) == _DISK_FULL:
        return FULL
    return next((sentence for words, sentence in _OF_SQLITE.items() if words in str(error)), AWAY)
