"""A walk over addresses: who asks, what is sent along, what came of it, and what it wrote."""

import logging
import re
from contextlib import contextmanager
from copy import deepcopy
from unittest.mock import patch

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client

from faults.models import ContentVersion
from tests import people

# Name in the table → the account's role; None is no account at all.
ROLES = {"visitor": None, "account": "-", "nobody": "", "editor": "编辑", "reviewer": "复核", "admin": "管理员", "super": "*"}
POWERLESS = ("visitor", "account", "nobody")  # who may do nothing at the desk
# What is written whoever asks: sessions, what is counted at the door, and the account of who did what.
PASSING = ("django_session", "axes_", "otp_", "faults_audited")
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What a form that is refused or taken is sent, where an empty one would say nothing of who may.
SENT = {
    "flag": {"words": "第二步不对"},
    "helpful": {"answer": "yes"},
    "usage_alias": {"text": "紫霄殿的单子", "number": "40"},
    "usage_dealt": {"from_search": "机器一直叫"},
    "admin:faults_fault_merge": {"number": "41", "seen": str(10**15)},
    "admin:auth_user_add": {"username": "新来的", "password1": people.PASSWORD, "password2": people.PASSWORD, "usable_password": "true"},
    "admin:auth_group_add": {"name": "新角色"},
    **{
        f"admin:faults_{one}_add": {"slug": "new", "name": "新来的", "position": "1"}
        for one in ("category", "environment", "retry", "responseclass")
    },
    "admin:faults_actor_add": {"slug": "new", "name": "新来的", "position": "1", "minutes": "10"},
    "admin:faults_codetable_add": {"slug": "new", "name": "新来的", "position": "1", "kind": "acquirer"},
    "admin:faults_variable_add": {"name": "新来的", "position": "1", "values-TOTAL_FORMS": "0", "values-INITIAL_FORMS": "0"},
    "admin:faults_question_add": {
        "slug": "new",
        "text": "是新来的吗？",
        "seconds": "10",
        "position": "1",
        "answers-TOTAL_FORMS": "0",
        "answers-INITIAL_FORMS": "0",
    },
    "admin:faults_judgment_add": {"query": "无拨号音", "code": "97"},
    "set_language": {"language": "en"},
}


@contextmanager
def undone_after(blocker):
    """Within, the database may be used by all tests of a module, and the log is silent; afterwards everything is undone.

    `blocker`: pytest-django's django_db_blocker. Making accounts and examples takes longer than asking.
    """
    logging.disable(logging.CRITICAL)
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def client_of(role: str) -> Client:
    """A client signed in with the role."""
    client, group = Client(), ROLES[role]
    if group is None:
        return client
    user = people.account(role, is_staff=group != "-", is_superuser=group == "*")
    user.groups.set(Group.objects.filter(name=group))
    client.force_login(user)
    return client


def outcome(response) -> str:
    """What came of a request, as the table says it."""
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        return "login"
    return "ok" if response.status_code == 200 else str(response.status_code)


def ask(client: Client, method: str, url: str, data: dict | None = None, undone: bool = True):
    """The response, and which tables it wrote to. Unless told otherwise all of it is undone, signing out included."""
    cookies = deepcopy(client.cookies) if undone else client.cookies
    with transaction.atomic(), writes() as tables:
        response = client.generic(method, url) if data is None else client.post(url, data)
        transaction.set_rollback(undone)
    client.cookies = cookies
    return response, {table for table in tables if not table.startswith(PASSING)}


@contextmanager
def unrendered():
    """Pages are empty meanwhile: writing them out takes a third of the time, and what they answer is decided before."""
    with patch.object(Template, "render", lambda self, context: ""):
        yield


@contextmanager
def writes():
    """The tables that are written to meanwhile."""
    tables = set()

    def look(execute, sql, params, many, context):
        if found := _WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


def fingerprint() -> dict[str, object]:
    """How many rows each table has, and the token of the content."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.db_table.startswith(PASSING)]
    counts = {model._meta.db_table: model._base_manager.count() for model in models if model._meta.managed}
    return counts | {"content": ContentVersion.current()}
