"""People with accounts. Their phrase is hashed once a process: Argon2 takes a tenth of a second, by design, and a test makes several."""

from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

PASSWORD = "a long enough phrase"


@cache
def hashed() -> str:
    """PASSWORD as it is kept."""
    return make_password(PASSWORD)


def account(name: str, **fields) -> User:
    """A new account that signs in with PASSWORD."""
    return User.objects.create(username=name, password=hashed(), **fields)


def superuser(name: str) -> User:
    """As `make run` tells one to create."""
    return account(name, email=f"{name}@example.cn", is_staff=True, is_superuser=True)
