"""Whose request it is: what our own proxies say, and nothing that a reader says."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from posdesk.client_address import ClientAddressMiddleware


def seen(proxies, said, settings, peer="10.0.0.9"):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **({"HTTP_X_FORWARDED_FOR": said} if said is not None else {}))
    ClientAddressMiddleware(lambda request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "1.2.3.4", "10.0.0.9"),  # without a proxy of ours everybody could write this
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # the reader wrote the first
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, None, "10.0.0.9"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "<script>", "10.0.0.9"),
        (1, "1.2.3.4:80", "10.0.0.9"),
    ],
    ids=str,
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(proxies, said, address, settings):
    assert seen(proxies, said, settings) == address
