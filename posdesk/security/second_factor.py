"""The second factor: a code from a telephone, or one of ten recovery codes. Who has one, who must have one, what makes it right.

A recovery code is kept as a keyed hash: a copy of the database alone opens nothing.
"""

import secrets

import django_otp
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from posdesk.security import sessions
from posdesk.security.audit import record_event
from posdesk.security.models import AuditEvent

CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that look alike
LENGTH, GROUP = 12, 4  # 59 bits, written in groups
STORED = 16  # characters that the library's column holds
TRIES, WRONG = 5, "wrong_codes"  # wrong codes in one session, and where they are counted


def is_set_up(user) -> bool:
    """Whether the person has set a second factor up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required(user) -> bool:
    """Whether the rules ask the person for one: SECOND_FACTOR_REQUIRED names who knows, a callable (user) -> bool."""
    return import_string(settings.SECOND_FACTOR_REQUIRED)(user)


def unconfirmed_device(user) -> TOTPDevice:
    """The factor that is being set up: the same until it is confirmed, so that a page opened twice shows one secret."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "totp"})[0]


def confirm(request: HttpRequest, code: str) -> list[str] | None:
    """Puts the begun factor in force if the code is right, and ends the person's other sessions.

    Returns the recovery codes, None for a wrong code.
    """
    user = request.password_user
    with transaction.atomic():
        device = unconfirmed_device(user)
        if not django_otp.verify_token(user, device.persistent_id, digits_of(code)):
            return None
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        codes = renew_recovery_codes(user)
    _mark_verified(request, device)
    sessions.end_all(user, except_key=request.session.session_key)
    record_event(AuditEvent.FACTOR_SET_UP, who=user, request=request)
    return codes


def verify(request: HttpRequest, code: str) -> StaticDevice | TOTPDevice | None:
    """Signs the session in with the second factor. Returns what the code was right for, None if it was wrong or came too soon."""
    device = matching_device(request.password_user, code)
    if device:
        _mark_verified(request, device)
        record_event(AuditEvent.SIGNED_IN, who=request.password_user, request=request)
    return device


def matching_device(user, code: str) -> StaticDevice | TOTPDevice | None:
    """The device that the code is right for: six digits are the telephone's, anything else is a recovery code. Each works once."""
    digits = digits_of(code)
    is_digits = len(digits) == 6
    model = TOTPDevice if is_digits else StaticDevice
    device = model.objects.filter(user=user, confirmed=True).first()
    if not device or not is_set_up(user):
        return None
    right = django_otp.verify_token(user, device.persistent_id, digits if is_digits else _hashed(user, code))
    if right and not is_digits:
        record_event(AuditEvent.RECOVERY_USED, who=user)
    return right


def register_failure(request: HttpRequest) -> bool:
    """Counts a wrong code or password. Returns whether that was one too many: the session is over then."""
    record_event(AuditEvent.CODE_WRONG, who=request.password_user, request=request)
    wrong = request.session[WRONG] = request.session.get(WRONG, 0) + 1
    if wrong >= TRIES:
        logout(request)
    return wrong >= TRIES


def digits_of(code: str) -> str:
    """What was typed without blanks, if it is six of our digits; else nothing."""
    joined = "".join(code.split())
    return joined if len(joined) == 6 and joined.isascii() and joined.isdigit() else ""


def renew_recovery_codes(user, is_noted: bool = False) -> list[str]:
    """Ten new recovery codes instead of those that there were. This is the only time that they can be read."""
    device = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})[0]
    codes = [_grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH))) for _ in range(CODES)]
    with transaction.atomic():
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=_hashed(user, code))
    if is_noted:
        record_event(AuditEvent.RECOVERY_RENEWED, who=user)
    return codes


def recovery_codes_left(user) -> int:
    """How many recovery codes are not used up."""
    return StaticToken.objects.filter(device__user=user).count()


def remove(user, by=None, except_key: str | None = None) -> None:
    """Takes the second factor off, and ends the person's sessions but the one with that key. `by`: who resets a colleague's."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
    sessions.end_all(user, except_key)
    record_event(AuditEvent.FACTOR_RESET if by else AuditEvent.FACTOR_TAKEN_OFF, user.get_username(), who=by or user)


def _mark_verified(request: HttpRequest, device) -> None:
    request.session.cycle_key()
    request.session[django_otp.DEVICE_ID_SESSION_KEY] = device.persistent_id
    request.session.pop(WRONG, None)


def _hashed(user, code: str) -> str:
    letters = "".join(character for character in code.lower() if character in LETTERS)
    # The salt is stored in effect: codes that people have were hashed under it. It never follows a rename.
    return salted_hmac("faults.guarding.recovery", f"{user.pk} {letters}", algorithm="sha256").hexdigest()[:STORED]


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
