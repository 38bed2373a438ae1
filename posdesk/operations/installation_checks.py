"""What is missing beside the database, said by `manage.py check --deploy`: there only after `bin/release`, or `make assets`."""

import os
from pathlib import Path

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.utils.translation import gettext_lazy as _

from posdesk.operations import installation
from posdesk.settings_checks import Rule, found


def _read_only_sqlite() -> Path | None:
    file = installation.sqlite_file()
    return file if file and file.exists() and not os.access(file, os.W_OK) else None


INSTALLED = [
    Rule(
        CheckWarning,
        "posdesk.W009",
        installation.static_files,
        _("静态文件不全（{}）：页面没有样式，按钮没有反应。"),
        _("运行 bin/release（开发时是 make assets），再重启服务。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W010",
        installation.translations,
        _("界面文字没有编译好（{}）：读英文的人会看到中文。"),
        _("运行 bin/release（开发时是 make assets），再重启服务。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W011",
        installation.disk,
        _("磁盘快满了（{}）：满了以后不能登录、投票、保存。"),
        _("腾出地方：旧的备份、日志、别的程序的文件。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W012",
        _read_only_sqlite,
        _("SQLite 数据库 {} 只能读：不能登录、投票、保存。"),
        _("文件和它的文件夹归运行服务的用户所有：chown -R posdesk: var；磁盘不能是只读挂载的。"),
    ),
]


def check_installation(app_configs, **kwargs) -> list[CheckMessage]:
    """Django's system check."""
    return found(INSTALLED)
