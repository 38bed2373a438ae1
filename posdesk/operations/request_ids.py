"""A name for every request: the proxy's, or one of our own, short enough to be read aloud. On the request, in the log, on the answer."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

LENGTH = 10
_UNAMBIGUOUS = b"23456789abcdefghjkmnpqrstuvwxyz"  # no 0 and o, no 1, i and l
_LETTERS = bytes(_UNAMBIGUOUS[number % len(_UNAMBIGUOUS)] for number in range(256))
_ACCEPTED = re.compile("[0-9A-Za-z][0-9A-Za-z-]{7,63}")
_LIKE_A_CARD = re.compile("(?:[0-9]-*){13}")  # of what _ACCEPTED lets in, all that posdesk/masking.py would cover

_current: ContextVar[str] = ContextVar("request_id", default="-")


def new_id() -> str:
    """A new id."""
    return secrets.token_bytes(LENGTH).translate(_LETTERS).decode()


def is_acceptable(given: str) -> bool:
    """Whether an id that came with a request may be used: it goes into the log and onto pages, and anybody can send one."""
    return bool(_ACCEPTED.fullmatch(given)) and not _LIKE_A_CARD.search(given)


def current_id() -> str:
    """Of the request that this thread answers; “-” for none."""
    return _current.get()


@receiver(request_finished)
def clear(**kwargs) -> None:
    """What this thread logs between two requests belongs to none. After the answer is sent, since some are made while being sent."""
    _current.set("-")


class RequestIdMiddleware:
    """The first of all, so that every line and every answer has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request.request_id = given if is_acceptable(given) else new_id()
        _current.set(request.request_id)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        return response


class AddRequestId(logging.Filter):
    """Gives every record `request_id`; “-” for what no request has caused. Lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id()
        return True
