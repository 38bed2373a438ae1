"""What went wrong with a backup, as one sentence for whoever runs the command."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management.base import CommandError
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posdesk.operations.backup.container import BadBackup

FULL = gettext_lazy("磁盘没有空间了。腾出地方再来")
_WHY = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: gettext_lazy("没有权限。换有权限的账号，或改权限"),
    errno.EPERM: gettext_lazy("没有权限。换有权限的账号，或改权限"),
    errno.EROFS: gettext_lazy("只能读，不能写。换个地方"),
    errno.ENOENT: gettext_lazy("没有这个文件或文件夹。检查路径"),
    errno.ENOTDIR: gettext_lazy("这不是文件夹。检查路径"),
    errno.EISDIR: gettext_lazy("这是文件夹，要的是文件。检查路径"),
}


@contextmanager
def as_command_errors(what: str) -> Iterator[None]:
    """Raises CommandError for whatever may go wrong within: `what`, and why."""
    try:
        yield
    except BadBackup as error:
        raise CommandError(_("%(what)s：%(name)s") % {"what": what, "name": error}) from error
    except OSError as error:
        said = _("%(what)s：%(why)s。") % {"what": what, "why": _WHY.get(error.errno, error.strerror)}
        raise CommandError(f"{said} {error.filename or ''}".rstrip()) from error
    except (Error, psycopg.Error) as error:  # psycopg's own comes through when a cursor is closed whose server has gone
        raise CommandError(_("%(what)s：数据库说 %(why)s") % {"what": what, "why": _first_line(error)}) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
