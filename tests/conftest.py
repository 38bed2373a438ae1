"""Every test finds the whole knowledge in the database, and leaves it as it was."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.utils import translation

from faults.usage.recorder import recorder
from tests import budget, people  # noqa: F401 (the budget sets hypothesis's)
from tests.databases import copy_postgresql, sqlite_template

# Playwright keeps an event loop in the thread that Django's tests run in.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# Commands that are run as processes speak the language of the source, whatever that of the machine is.
os.environ["LANG"] = "C.UTF-8"
for _variable in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(_variable, None)


def pytest_configure():
    """What is dear by design or by chance, and nothing that is tested: see each line."""
    # Static files are looked for when they are asked for: each client would list all of them when it is made, which takes 16 ms.
    settings.WHITENOISE_AUTOREFRESH = True
    # Hashing a password takes 0.1 s, so that guessing is slow. The same algorithm with the least work; servers of tests keep theirs.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


def pytest_make_parametrize_id(val, argname):
    """Files name no test: an archive holds the time of day, and workers that begin at other seconds would see other tests."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """A copy of the filled database for this worker; each test then runs in a transaction that is rolled back.

    Instead of pytest-django's, which would migrate and load in each worker.
    """
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = "file:posdesk-tests?mode=memory&cache=shared"
            connection.ensure_connection()
            with closing(sqlite3.connect(sqlite_template())) as template:
                template.backup(connection.connection)
        else:
            name = f"posdesk_test_{worker_id}"
            copy_postgresql(os.environ["DATABASE_URL"], name)
            connection.settings_dict["NAME"] = name
        yield
        connection.close()


@pytest.fixture(autouse=True, scope="session")
def contexts_of_whole_pages(django_test_environment):
    """For a client's `context`, Django copies the whole context at each rendering, of each field too: a quarter of the time of a form."""
    noted = Template._render

    def render(self, context):
        is_page = context.template is self and not (self.name or "").startswith(("django/forms/", "admin/widgets/"))
        return noted(self, context) if is_page else self.nodelist.render(context)

    Template._render = render
    yield
    Template._render = noted


@pytest.fixture(autouse=True)
def nothing_in_the_background():
    """What readers do is written when a test says so: another thread would write into another transaction."""
    recorder.is_automatic = False
    recorder._waiting.clear()


@pytest.fixture(autouse=True)
def nothing_kept():
    """No test is answered with another's page or in another's language, or held to another's limits."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def editor(db):
    """A superuser, as `make run` tells one to create."""
    return people.superuser("editor")


@pytest.fixture
def admin_user(db):
    """Whom pytest-django's `admin_client` is signed in as."""
    return people.superuser("admin")


@pytest.fixture
def person(db):
    """Makes somebody with the role of that name; "" is an account of the admin without any."""

    from django.contrib.auth.models import Group

    def make(role: str, name: str = ""):
        user = people.account(name or f"{role or '无'}一", is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def signed_in_as(person):
    """A client signed in with the role of that name."""

    def sign_in(role: str, name: str = "") -> Client:
        client = Client()
        client.force_login(person(role, name))
        return client

    return sign_in


@pytest.fixture
def draft(db):
    """A draft with a word in it that stands nowhere else."""
    from faults.models import Category, Fault, Status
    from faults.search import index

    fault = Fault.everything.create(
        number=900, title="紫霄殿打不开", symptom="紫霄殿", category=Category.objects.first(), status=Status.DRAFT
    )
    index.refresh([fault])
    return fault
