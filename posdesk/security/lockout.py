"""Slows down who guesses passwords: five wrong ones for one name from one address, or fifty from one address, and there is a pause.

Nobody can shut a colleague out from elsewhere: the count is of the name together with the address. What was typed is not kept, but
for the name, and of a card number in it only the last four.
"""

from datetime import datetime
from ipaddress import ip_network

from axes.conf import settings
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max, Sum
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from posdesk.masking import mask_card_numbers
from posdesk.security.too_many_requests import too_many_requests

LONGEST_NAME = 150  # characters of Django's column
ADDRESS_SHARE = 10  # so many wrong passwords of an address, under whatever names, weigh as one of a pair


def client_ip(request: HttpRequest) -> str:
    """Whose tries are counted together: an address, of IPv6 all that one household chooses among."""
    said = request.META.get("REMOTE_ADDR") or "127.0.0.1"  # a socket is on this machine
    return str(ip_network(f"{said}/64", strict=False).network_address) if ":" in said else said


class LockoutHandler(AxesDatabaseHandler):
    """Axes' counting in the database, with a slower count for the address."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        of_pair, of_address = self.get_user_attempts(request, credentials)
        return max(_sum(of_pair), _sum(of_address) // ADDRESS_SHARE)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Forgets the pair's alone: who has one account can't go on guessing others."""
        return self.filter_user_attempts(request, credentials)[0].delete()[0]

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        """One row a name and address: what the browser says of itself would make others."""
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


def _sum(attempts) -> int:
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


@receiver(pre_save, sender=AccessAttempt)
def drop_request_data(instance: AccessAttempt, **kwargs) -> None:
    """Nothing of what was sent is stored."""
    instance.get_data = instance.post_data = ""


def username_of(request: HttpRequest, credentials: dict | None = None) -> str:
    """The name that was typed, as it may be stored."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return mask_card_numbers(given, most=LONGEST_NAME).replace("\0", "")


def locked_until(request: HttpRequest, credentials: dict | None) -> datetime:
    """When one may try again."""
    tried = AccessAttempt.objects.filter(ip_address=request.axes_ip_address)
    pair = tried.filter(username=get_client_username(request, credentials), failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    last = (pair if pair.exists() else tried).aggregate(last=Max("attempt_time"))["last"]
    return (last or timezone.now()) + get_cool_off(request)


def lockout_response(request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None) -> HttpResponse:
    """The page instead of the sign-in's answer. The same for a name that there is and one that there isn't."""
    said = _("密码错得太多，登录先停一停。忘了密码，请找管理员重设。")
    return too_many_requests(request, said, locked_until(request, credentials))
