"""What went wrong with a backup, as one sentence for whoever runs the command."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management.base import CommandError
from django.db import Error

from posdesk.operations.backup.container import BadBackup

FULL = "磁盘没有空间了。腾出地方再来"
_WHY = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: "没有权限。换有权限的账号，或改权限",
    errno.EPERM: "没有权限。换有权限的账号，或改权限",
    errno.EROFS: "只能读，不能写。换个地方",
    errno.ENOENT: "没有这个文件或文件夹。检查路径",
    errno.ENOTDIR: "这不是文件夹。检查路径",
    errno.EISDIR: "这是文件夹，要的是文件。检查路径",
}


@contextmanager
def as_command_errors(what: str) -> Iterator[None]:
    """Raises CommandError for whatever may go wrong within: `what`, and why."""
    try:
        yield
    except BadBackup as error:
        raise CommandError(f"{what}：{error}") from error
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise CommandError(f"{what}：{_WHY.get(error.errno, error.strerror)}。{where}".rstrip()) from error
    except (Error, psycopg.Error) as error:  # psycopg's own comes through when a cursor is closed whose server has gone
        raise CommandError(f"{what}：数据库说 {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
