"""Addresses of the public pages. Short, and kept for ever: people say them aloud."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter
from django.views.generic import RedirectView

from faults.views import (
    beacons,
    call,
    entries,
    flags,
    home,
    metadata,
    offline,
    offline_search,
    results,
    return_codes,
    suggestions,
    terms,
    votes,
)
from faults.views.cached_page import cached_page
from faults.views.feed import NewAndChanged
from faults.views.sitemap import SITEMAPS


class Number:
    """An entry's number: up to six digits, so that no address can ask the database for more than it can count."""

    regex = "[1-9][0-9]{0,5}"
    to_python = int
    to_url = str


class Row:
    """A row's id, no larger than a database counts."""

    regex = "[1-9][0-9]{0,17}"
    to_python = int
    to_url = str


class Code:
    """A return code: of a card two letters and digits, of a wallet up to forty: ACQ.SYSTEM_ERROR."""

    regex = "[0-9A-Za-z][0-9A-Za-z._-]{0,39}"
    to_python = str
    to_url = str


register_converter(Number, "number")
register_converter(Row, "row")
register_converter(Code, "code")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", results.results, name="results"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("f/", entries.entries, name="entries"),
    path("f/<number:number>/", entries.entry, name="fault"),
    path("f/<number:number>/flag/", flags.flag, name="flag"),
    path("procedures/", entries.procedures, name="procedures"),
    path("notices/", entries.notices, name="notices"),
    path("codes/", return_codes.codes, name="codes"),
    path("codes/<code:code>/", return_codes.code, name="code"),
    path("terms/", terms.terms, name="terms"),
    path("call.json", call.tables, name="call"),
    path("sw.js", offline.worker, name="worker"),
    path("offline.json", offline.addresses, name="offline_list"),
    path("offline/", offline.missing, name="offline"),
    path("offline/words.json", offline_search.words, name="offline_words"),
    path("sitemap.xml", cached_page()(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", metadata.robots, name="robots"),
    path("opensearch.xml", metadata.opensearch, name="opensearch"),
    path("manifest.webmanifest", metadata.manifest, name="manifest"),
    path("feed.atom", cached_page()(NewAndChanged()), name="feed"),
]

# What readers say. Their own path, because only here a reader has a cookie: a random token that is another one after some days.
urlpatterns += [
    path("say/helpful/<number:number>/", votes.helpful, name="helpful"),
    path("say/solved/<row:pk>/", votes.solved, name="solved"),
    path("say/opened/", beacons.opened, name="opened"),
    path("say/repeated/", beacons.repeated, name="repeated"),
    path("say/typed/", beacons.typed, name="typed"),
]

# To be said aloud and typed by hand: /40 for entry 40, /c/97 for code 97, with the slash or without. By number, so renaming breaks none.
urlpatterns += [
    path(f"{short}{slash}", RedirectView.as_view(pattern_name=page, permanent=True))
    for short, page in (("<number:number>", "fault"), ("c/<code:code>", "code"))
    for slash in ("", "/")
]
