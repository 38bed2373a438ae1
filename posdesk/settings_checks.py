"""Settings that contradict each other, and what a machine that others reach should not have, such as its database on another's disk."""

import os
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Error as CheckError
from django.core.checks import Warning as CheckWarning
from django.http.request import validate_host
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs"}
MOUNTS = Path("/proc/self/mounts")


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Its name, such as nfs4, when the path lies on another machine; empty if not, or if this system doesn't say."""
    if not mounts.exists():
        return ""
    kinds = {Path(where): kind for _, where, kind, *_ in map(str.split, mounts.read_text().splitlines())}
    resolved = path.resolve()
    nearest = next((kinds[folder] for folder in (resolved, *resolved.parents) if folder in kinds), "")
    return nearest if nearest in NETWORK else ""


HALF_A_YEAR = 180 * 24 * 60 * 60  # seconds


class Rule(NamedTuple):
    """What must not be. `broken` gives what breaks it, which stands for {} in the message; nothing if it is kept."""

    kind: type[CheckMessage]
    id: str
    broken: Callable[[], object]
    message: Promise
    hint: Promise


def _others_reach() -> str:
    """The first name in ALLOWED_HOSTS that leads here from other machines."""
    return next((host for host in settings.ALLOWED_HOSTS if not _is_this_machine(host)), "")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _plain_origin() -> str:
    return next((origin for origin in settings.CSRF_TRUSTED_ORIGINS if settings.HTTPS and origin.startswith("http://")), "")


def _strange_origin() -> str:
    hosts = {origin: urlsplit(origin).hostname or "" for origin in settings.CSRF_TRUSTED_ORIGINS}
    return next((origin for origin, host in hosts.items() if not _is_allowed(host)), "")


def _is_allowed(host: str) -> bool:
    """`*.example.cn` is fine when all of .example.cn is."""
    return validate_host(host.removeprefix("*") if host.startswith("*.") else host, settings.ALLOWED_HOSTS)


def _replica_of_another_kind() -> bool:
    kinds = [database["ENGINE"] for database in settings.DATABASES.values()]
    return "replica" in settings.DATABASES and not all("postgresql" in kind for kind in kinds)


def _replica_is_the_primary() -> bool:
    where = [[settings.DATABASES.get(alias, {}).get(key) for key in ("HOST", "PORT", "NAME")] for alias in ("default", "replica")]
    return where[0] == where[1]


def _lonely_workers() -> int:
    shared = "LocMem" not in settings.CACHES["default"]["BACKEND"]
    return 0 if shared or settings.WEB_WORKERS < 2 else settings.WEB_WORKERS


def _sqlite_elsewhere() -> str:
    database = settings.DATABASES["default"]
    return network_file_system(Path(database["NAME"])) if database["ENGINE"].endswith("sqlite3") else ""


def _open_key() -> Path | None:
    key = settings.VAR_DIR / "secret-key"
    return key if key.exists() and key.stat().st_mode & 0o077 else None


def _closed_folder() -> Path | None:
    return None if os.access(settings.VAR_DIR, os.W_OK | os.X_OK) else settings.VAR_DIR


ALWAYS = [
    Rule(
        CheckError,
        "posdesk.E001",
        lambda: settings.DEBUG and settings.HTTPS,
        _("DEBUG=1 和 HTTPS=1 不能同时用：HTTPS=1 是给别人用的站点，DEBUG=1 会把代码显示在出错页上。"),
        _("正式环境去掉 DEBUG；自己试用去掉 HTTPS。"),
    ),
    Rule(
        CheckError,
        "posdesk.E002",
        lambda: settings.DEBUG and _others_reach(),
        _("DEBUG=1，但别的机器能用 {} 打开本站：出错页会把代码给他们看。"),
        _("去掉 DEBUG，或者 ALLOWED_HOSTS 只留 127.0.0.1,localhost,[::1]。"),
    ),
    Rule(
        CheckError,
        "posdesk.E003",
        lambda: "*" in settings.ALLOWED_HOSTS,
        _("ALLOWED_HOSTS 里有 *：任何人都能冒用别的域名，让页面带上假的链接。"),
        _("写出本站真正的域名，例如 ALLOWED_HOSTS=help.example.cn。"),
    ),
    Rule(
        CheckError,
        "posdesk.E004",
        _plain_origin,
        _("HTTPS=1，但 CSRF_TRUSTED_ORIGINS 里有不加密的 {}。"),
        _("改成 https:// 开头；代理传了 X-Forwarded-Proto 的话，一般可以整个去掉。"),
    ),
    Rule(
        CheckError,
        "posdesk.E005",
        _replica_of_another_kind,
        _("DATABASE_REPLICA_URL 只能和 PostgreSQL 一起用。"),
        _("两个地址都写 postgres://…，或者去掉 DATABASE_REPLICA_URL。"),
    ),
    Rule(
        CheckError,
        "posdesk.E006",
        _replica_is_the_primary,
        _("DATABASE_REPLICA_URL 和 DATABASE_URL 是同一个数据库：没有副本。"),
        _("写副本的地址，或者去掉 DATABASE_REPLICA_URL。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W001",
        lambda: not settings.HTTPS and not settings.DEBUG and _others_reach(),
        _("HTTPS=0，但别的机器能用 {} 打开本站：密码在网络上不加密。"),
        _("按 docs/production.md 装好 nginx 和证书，再设 HTTPS=1。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W002",
        _strange_origin,
        _("CSRF_TRUSTED_ORIGINS 里的 {} 不在 ALLOWED_HOSTS 里：别的网站可以替编辑提交表单。"),
        _("去掉它；真是本站的域名，就也写进 ALLOWED_HOSTS。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W003",
        lambda: settings.HTTPS and not settings.PROXIES,
        _("HTTPS=1 说明前面有代理，但 PROXIES=0：所有访客看起来都是同一个地址，次数限制会一起算。"),
        _("前面只有一层 nginx 时设 PROXIES=1。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W004",
        _lonely_workers,
        _("有 {} 个工作进程，但没有 CACHE_URL：每个进程各记各的，次数限制会放宽到几倍。"),
        _("设 CACHE_URL=redis://…，或者 WEB_CONCURRENCY=1。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W005",
        _sqlite_elsewhere,
        _("SQLite 数据库在网络文件系统（{}）上：文件锁不可靠，数据会坏。"),
        _("放到本机磁盘上，或者改用 PostgreSQL。"),
    ),
]
IN_PRODUCTION = [
    Rule(
        CheckWarning,
        "posdesk.W006",
        lambda: settings.HTTPS and settings.SECURE_HSTS_SECONDS < HALF_A_YEAR,
        _("HSTS_SECONDS 不到半年：浏览器很快就忘了本站只能用 HTTPS 打开。"),
        _("试好以后设 HSTS_SECONDS=31536000（一年）。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W007",
        _open_key,
        _("{} 别的用户也能读：拿到它就能冒充任何人登录。"),
        _("chmod 600 var/secret-key；可能被人看过的话，删掉后运行 make setup 换一个，大家重新登录。"),
    ),
    Rule(
        CheckWarning,
        "posdesk.W008",
        _closed_folder,
        _("{} 不能写：数据库和密钥放在那里。"),
        _("建好这个文件夹，归运行服务的用户所有：chown -R posdesk: var。"),
    ),
]


def check_contradictions(app_configs, **kwargs) -> list[CheckMessage]:
    """Django's system check, run by every command."""
    return found(ALWAYS)


def check_production(app_configs, **kwargs) -> list[CheckMessage]:
    """Django's system check, run by `manage.py check --deploy`."""
    return found(IN_PRODUCTION)


def found(rules: list[Rule]) -> list[CheckMessage]:
    """What the rules that are broken say."""
    return [rule.kind(rule.message.format(what), hint=str(rule.hint), id=rule.id) for rule in rules if (what := rule.broken())]
