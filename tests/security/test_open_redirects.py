"""Open redirects, lines smuggled into headers, a forged host: nobody is led off the site, and no link of a page is another's."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from faults.models import Fault
from tests.admin.forms import up_to_date
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "\tjavascript:alert(1)",
    " //evil.example/",
    "\n//evil.example/",
    "//evil.example\\@testserver/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "data:text/html,x",
]
SPLIT = ["/codes/\r\nSet-Cookie: evil=1", "/codes/%0d%0aSet-Cookie:%20evil=1", "/codes/\u560d\u560aSet-Cookie: evil=1"]
LINKS = re.compile(r"""(?:href|src|action|template|rel="canonical" href|url)[=":'\s]+(https?://[^"'<\s]+)""")


def stays(response) -> bool:
    """Whether a browser that follows the redirect stays here: a path with one slash at its start, or no redirect at all."""
    return not response.has_header("Location") or bool(re.match(r"/(?![/\\])", response.headers["Location"]))


def unsplit(response) -> bool:
    """Whether no header holds a line break, and nothing asked for a cookie of that name."""
    return "evil" not in response.cookies and not any(set("\r\n") & set(f"{name}{value}") for name, value in response.headers.items())


@pytest.mark.parametrize("where", ELSEWHERE + SPLIT)
def test_the_language_switch(client, where):
    for data, headers in (({"language": "en", "next": where}, {}), ({"language": "en"}, {"referer": where.strip().replace("\r\n", "")})):
        for answer in (client.post("/i18n/setlang/", data, headers=headers), client.get("/i18n/setlang/", data, headers=headers)):
            assert answer.status_code == 302 and stays(answer) and unsplit(answer)


@pytest.mark.parametrize("where", ELSEWHERE + SPLIT)
def test_signing_in(client, editor, where):
    data = {"username": "editor", "password": "a long enough phrase", "next": where}
    answer = client.post("/admin/login/", data)
    assert answer.status_code == 302 and stays(answer) and unsplit(answer)
    assert stays(client.get("/admin/login/", {"next": where}))


@pytest.mark.parametrize("where", ELSEWHERE)
def test_steps_and_flags_and_signing_out(admin_client, where):
    entry = Fault.objects.get(number=40)
    asked = [
        (reverse("admin:faults_fault_step", args=[entry.pk, "confirm"]), up_to_date(next=where)),
        (reverse("usage_dealt", args=["nothing"]), {"from_search": "x", "next": where, "days": where}),
        (f"{reverse('usage_alias')}?next={where}", {"text": "紫霄殿的单子", "number": "40", "next": where}),
        (reverse("admin:logout"), {"next": where}),
    ]
    for url, data in asked:
        answer = admin_client.post(url, data)
        assert answer.status_code in (200, 302) and stays(answer)


@pytest.mark.parametrize(
    "path", ["//evil.example/f/40", "//evil.example", "/\\evil.example/f", "///codes/97", "//evil.example/admin/faults"]
)
def test_a_path_that_looks_like_a_host(client, admin_client, path):
    """What adds a missing slash at the end must not read the path as another site."""
    for asking in (client, admin_client):
        assert stays(asking.get("/", PATH_INFO=path))


def test_an_item_leads_to_itself_alone(admin_client):
    """The admin's redirect to the site names this host, whatever host the request says besides."""
    entry = Fault.objects.get(number=40)
    page = admin_client.get(reverse("admin:faults_fault_change", args=[entry.pk]))
    url = f"/admin/r/{page.context['content_type_id']}/{entry.pk}/"
    answer = admin_client.get(url, headers={"X-Forwarded-Host": "evil.example"})
    assert answer.headers["Location"] in ("http://testserver/f/40/", "/f/40/")


@pytest.mark.parametrize("said", ["卡6222021234567890\r\nSet-Cookie: evil=1", "6222021234567890\u2028//evil.example"])
def test_a_covered_card_number_makes_no_header(client, said):
    answer = client.get("/search/", {"q": said})
    assert answer.status_code == 302 and stays(answer) and unsplit(answer)


@pytest.mark.parametrize("name", ["x\r\nSet-Cookie: evil=1", '"; filename="evil.exe', "../../evil"])
def test_the_name_of_an_exported_file_is_not_the_askers(admin_client, name):
    for url in (
        f"{reverse('transfer_export', args=['csv'])}?kind=fault&name={name}",
        f"{reverse('usage_csv', args=['nothing'])}?days={name}",
    ):
        answer = admin_client.get(url)
        assert "evil" not in answer.headers["Content-Disposition"] and unsplit(answer)


def public_paths() -> list[str]:
    """Every public page that takes no argument, and one of each that does."""
    plain = [
        "/" + address.route
        for address in addresses()
        if "<" not in address.route and not address.route.startswith(("admin", "say", "i18n"))
    ]
    return [*plain, "/f/40/", "/codes/97/", "/f/40/flag/", "/search/?q=不出票", "/nothing/"]


@pytest.mark.parametrize("path", public_paths())
def test_a_forged_host_is_refused_and_one_that_a_proxy_forwards_is_ignored(client, path):
    cache.clear()
    if not path.startswith(("/healthz", "/readyz", "/metrics")):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400
    for name in ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"):
        answer = client.get(path, headers={name: "host=evil.example" if name == "Forwarded" else "evil.example"})
        assert "evil.example" not in answer.content.decode() + str(answer.headers)
    assert "evil.example" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "host", ["testserver:80@evil.example", "testserver/evil.example", "testserver evil.example", "evil.example#testserver", ""]
)
def test_a_host_that_is_no_host_is_refused(client, host):
    answer = client.get("/sitemap.xml", headers={"host": host})
    assert answer.status_code == 400 or "evil" not in answer.content.decode()
