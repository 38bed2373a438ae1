"""What every page tells others about itself, and what browsers and crawlers ask the site for."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from faults.models import Category, Fault, ReturnCode, Status, Term
from faults.templatetags.page_metadata import LOCALES
from tests.test_stylesheet import STYLESHEET, colours

pytestmark = pytest.mark.django_db

PAGES = ["/", "/f/", "/f/40/", "/f/112/", "/f/115/", "/codes/", "/codes/97/", "/terms/", "/procedures/", "/notices/", "/search/?q=不出票"]
HOSTILE = '</script><b>"&'


def head(client, path, **headers) -> str:
    return client.get(path, headers=headers).content.decode().split("</head>")[0]


def property_of(shown: str, name: str) -> str:
    """The one content of an OpenGraph property, as a reader of HTML sees it."""
    (content,) = re.findall(f'<meta property="og:{name}" content="([^"]*)">', shown)
    return unescape(content)


def xml(client, path) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def titled(title: str, status: str = Status.PUBLISHED, **fields) -> Fault:
    return Fault.everything.create(number=900, title=title, symptom=title, category=Category.objects.first(), status=status, **fields)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_its_one_address(client, path):
    shown = head(client, f"{path}{'&' if '?' in path else '?'}from=wechat")
    address = f"http://testserver{path.split('?')[0]}"
    assert re.findall('<link rel="canonical" href="([^"]*)">', shown) == [address] and property_of(shown, "url") == address


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_title_and_a_description_to_be_shared_with(client, path):
    shown = head(client, path)
    assert f"<title>{property_of(shown, 'title')} · posdesk</title>" in unescape(shown)
    assert property_of(shown, "description") and property_of(shown, "site_name") == "posdesk"
    assert property_of(shown, "type") == ("article" if re.match("/(f|codes)/.", path) else "website")


def test_an_entry_is_shared_by_number_title_and_symptom(client):
    fault, shown = Fault.objects.get(number=40), head(client, "/f/40/")
    assert property_of(shown, "title") == f"40号 {fault.title}" and property_of(shown, "description") == fault.symptom


@pytest.mark.parametrize("language", [code for code, name in settings.LANGUAGES])
def test_every_language_has_its_country(client, language):
    client.cookies["language"] = language
    assert property_of(head(client, "/"), "locale") == LOCALES[language]


def test_a_hostile_title_stays_text(client):
    titled(HOSTILE)
    shown = head(client, "/f/900/")
    assert property_of(shown, "title") == f"900号 {HOSTILE}" and HOSTILE not in shown and "<b>" not in shown


@pytest.mark.parametrize("path", ["/nothing/", "/nothing/?q=不出票"])
def test_an_address_that_is_none_has_no_canonical_form(client, path):
    response = client.get(path)
    assert response.status_code == 404 and b"canonical" not in response.content and b"og:url" not in response.content


def test_a_host_that_is_refused_is_not_named(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400 and b"evil.example" not in response.content


@override_settings(ALLOWED_HOSTS=["help.example.cn"], SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_tls_every_address_is_https(client):
    asked = {"host": "help.example.cn", "x-forwarded-proto": "https"}
    assert 'rel="canonical" href="https://help.example.cn/f/40/"' in head(client, "/f/40/", **asked)
    for path in ("/sitemap.xml", "/feed.atom", "/opensearch.xml", "/robots.txt"):
        shown = client.get(path, headers=asked).content.decode()
        assert "https://help.example.cn/" in shown and "http://help" not in shown


@pytest.mark.parametrize("name", ["manifest", "opensearch", "feed"])
def test_every_page_leads_to_them(client, name):
    assert f'href="{reverse(name)}">' in head(client, "/terms/")
    assert client.get(reverse(name)).status_code == 200


# ---------- sitemap ----------

LOC, LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc", "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def sitemap(client) -> dict[str, str]:
    """Addresses without their host, and when each was changed."""
    return {url.findtext(LOC).removeprefix("http://testserver"): url.findtext(LASTMOD) for url in xml(client, "/sitemap.xml")}


def test_the_sitemap_has_every_page_once_with_its_last_change(client):
    addresses = [url.findtext(LOC) for url in xml(client, "/sitemap.xml")]
    assert len(addresses) == len(set(addresses))
    pages = sitemap(client)
    assert pages.keys() >= {"/", "/f/", "/codes/", "/terms/", "/procedures/", "/notices/"}
    assert pages.keys() >= {fault.get_absolute_url() for fault in Fault.objects.all()}
    assert pages.keys() >= {row.get_absolute_url() for row in ReturnCode.objects.all()}
    assert all(pages.values())


def test_the_sitemap_says_when_a_page_last_changed(client):
    old, new = datetime(2020, 1, 2, 12, tzinfo=UTC), datetime(2021, 3, 4, 12, tzinfo=UTC)
    Fault.everything.update(updated_at=old)
    ReturnCode.everything.filter(code="04").update(updated_at=old)
    ReturnCode.everything.filter(code="04", scheme="visa").update(updated_at=new)
    Fault.everything.filter(number=112).update(updated_at=new)
    Fault.everything.filter(number=115).update(updated_at=new, status=Status.DRAFT)
    pages = sitemap(client)
    assert {pages[path] for path in ("/codes/04/", "/f/112/", "/procedures/", "/f/", "/")} == {"2021-03-04"}
    assert {pages[path] for path in ("/f/40/", "/notices/")} == {"2020-01-02"}


def test_the_sitemaps_addresses_are_pages(client):
    assert all(client.get(address).status_code == 200 for address in list(sitemap(client))[::20])


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_the_sitemap_has_nothing_that_is_not_published(client, admin_client, status):
    titled("紫霄殿", status)
    ReturnCode.everything.create(scheme_id="cup", code="ZZ9", meaning="紫霄殿", retry_id="no", status=status)
    for reader in (client, admin_client):
        assert not {"/f/900/", "/codes/ZZ9/"} & sitemap(reader).keys()


def test_an_empty_site_has_a_sitemap_too(client):
    for model in (Fault, ReturnCode, Term):
        model.everything.update(status=Status.DRAFT)
    assert sitemap(client) == dict.fromkeys(["/", "/f/", "/procedures/", "/notices/", "/codes/", "/terms/"])


# ---------- robots, address bar, phone ----------


def test_robots_may_read_all_but_the_desk_and_the_results(client):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"].startswith("text/plain") and lines[0] == "User-agent: *"
    assert [line for line in lines if line.startswith("Disallow")] == ["Disallow: /admin/", "Disallow: /search/suggestions/"]
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_address_bar_asks_our_search(client):
    described = xml(client, "/opensearch.xml")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    address = described.find(f"{space}Url").get("template")
    assert address == "http://testserver/search/?q={searchTerms}" and described.findtext(f"{space}ShortName") == "posdesk"
    assert "/f/40/" in client.get(address.replace("{searchTerms}", "不出票")).content.decode()


def unhashed(address: str) -> str:
    """A static file's name as it is in the source."""
    return re.sub(r"\.[0-9a-f]{12}\.", ".", address.removeprefix(settings.STATIC_URL))


def size_of(name: str) -> tuple[int, int]:
    """A PNG's width and height."""
    data = Path(finders.find(name)).read_bytes()
    assert data.startswith(b"\x89PNG")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_a_phone_can_install_it(client):
    response = client.get("/manifest.webmanifest")
    manifest = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["lang"], manifest["display"], manifest["start_url"]) == ("zh-Hans", "standalone", "/")
    assert client.get(manifest["start_url"]).status_code == 200 and manifest["name"] and manifest["short_name"]
    drawing, *pictures = manifest["icons"]
    assert finders.find(unhashed(drawing["src"]))
    sizes = [f"{width}x{height}" for width, height in (size_of(unhashed(picture["src"])) for picture in pictures)]
    assert sizes == [picture["sizes"] for picture in pictures] == ["192x192", "512x512"]


def test_the_icon_for_an_apple_phone_is_there(client):
    (address,) = re.findall('<link rel="apple-touch-icon" href="([^"]*)">', head(client, "/"))
    assert size_of(unhashed(address)) == (180, 180)


def test_the_phones_colours_are_the_stylesheets(client):
    css = STYLESHEET.read_text(encoding="utf-8")
    light, dark = colours(css, ":root {"), colours(css, ":root[data-theme=dark] {")
    manifest, shown = client.get("/manifest.webmanifest").json(), head(client, "/")
    assert (manifest["theme_color"], manifest["background_color"]) == (light["--bar"], light["--bg"])
    for scheme, colour in (("light", light["--bar"]), ("dark", dark["--bar"])):
        assert f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {scheme})">' in shown


# ---------- how often the database is asked ----------


@pytest.mark.parametrize("path", ["/sitemap.xml", "/feed.atom"])
def test_as_often_for_ten_rows_as_for_a_thousand(client, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    category = Category.objects.first()
    client.get(path)
    # What is looked up once a version of the content is looked up both times.
    Fault.everything.create(number=999, title="999", category=category, status="published")
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    Fault.everything.bulk_create(Fault(number=1000 + n, title=f"{n}", category=category, status="published") for n in range(300))
    ReturnCode.everything.bulk_create(
        ReturnCode(scheme_id="terminal", code=f"{n:04}", meaning="x", retry_id="no", status="published") for n in range(300)
    )
    cache.clear()
    with django_assert_max_num_queries(len(few)):
        client.get(path)
