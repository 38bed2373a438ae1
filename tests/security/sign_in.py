"""Signing in as a person does: through the form, from some address, with a telephone that shows codes."""

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.people import PASSWORD

LOGIN, STEP, SET_UP, LOOK_AFTER = "/admin/login/", "/admin/login/code/", "/admin/second-factor/set-up/", "/admin/second-factor/"


def sign_in(name: str, password: str = PASSWORD, address: str = "192.0.2.1", client: Client | None = None):
    """Sends the form. Returns the client and the answer."""
    client = client or Client(REMOTE_ADDR=address)
    return client, client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    """Whether the admin lets the client in."""
    return client.get("/admin/").status_code == 200


def shown_on_phone(user: User) -> str:
    """The code of now, as if it were the first for a while: none was used up, and no wrong one makes it wait."""
    TOTPDevice.objects.filter(user=user).update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
    return f"{totp(TOTPDevice.objects.get(user=user).bin_key):06}"


def with_factor(user: User) -> tuple[Client, list[str]]:
    """Sets a second factor up through its page. Returns the client that is signed in with it, and the recovery codes."""
    client, _ = sign_in(user.username)
    client.get(SET_UP)
    page = client.post(SET_UP, {"password": PASSWORD, "code": shown_on_phone(user)})
    assert page.status_code == 200, page
    return client, page.context["codes"]
