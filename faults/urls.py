"""Addresses of the public pages. Short, and kept for ever: people say them aloud."""

from django.urls import path, register_converter

from faults.views import entries, glossary, home, results, return_codes


class Number:
    """An entry's number: up to six digits, so that no address can ask the database for more than it can count."""

    regex = "[1-9][0-9]{0,5}"
    to_python = int
    to_url = str


class Code:
    """A return code: up to four letters and digits."""

    regex = "[0-9A-Za-z]{1,4}"
    to_python = str
    to_url = str


register_converter(Number, "number")
register_converter(Code, "code")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", results.results, name="results"),
    path("search/suggestions/", results.suggestions, name="suggestions"),
    path("f/", entries.entries, name="entries"),
    path("f/<number:number>/", entries.entry, name="fault"),
    path("procedures/", entries.procedures, name="procedures"),
    path("notices/", entries.notices, name="notices"),
    path("codes/", return_codes.codes, name="codes"),
    path("codes/<code:code>/", return_codes.code, name="code"),
    path("terms/", glossary.terms, name="terms"),
]
