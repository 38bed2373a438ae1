"""One public page as it is kept, and how it is answered: whole, or with 304 to who has it already."""

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from faults.usage.events import Event
from faults.usage.page_events import is_counted, note, note_again
from posdesk.operations.metrics import kept_pages

MARK = "0" * 16  # stands in a page of results where each showing has a mark of its own
_VARY = ("Accept-Encoding", "Accept-Language", "Cookie")
_TAG = re.compile('W/"([0-9a-f]{20})(?:[.]([0-9a-f]{16})?)?"')  # the content's, and the mark of the copy
_GZIP = re.compile(r"\bgzip\b")
_REDIRECTS = {HTTPStatus.MOVED_PERMANENTLY: HttpResponsePermanentRedirect, HTTPStatus.FOUND: HttpResponseRedirect}
_OF_ONE_ANSWER = {"content-length", "etag"}
# Browsers ask each time whether it is still true; a page with one reader's mark is that reader's.
_CONTROL = {True: "private, no-cache", False: "no-cache"}


def _place(mark: str) -> bytes:
    return f'data-search="{mark}"'.encode()


@dataclass(frozen=True, slots=True)
class Page:
    """`headers`: what every answer with it carries. `body` is compressed, unless the page has a place for a mark.

    `tag`: of the content. `events`: what each showing is noted as.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    tag: str
    events: Sequence[Event]
    is_marked: bool

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """The answer of a view, which hasn't been compressed yet."""
        body, is_marked = response.content, _place(MARK) in response.content
        patch_vary_headers(response, _VARY)
        response.headers["Cache-Control"] = _CONTROL[is_marked]
        headers = {name: value for name, value in response.items() if name.lower() not in _OF_ONE_ANSWER}
        kept = body if is_marked else gzip.compress(body, mtime=0)
        return cls(response.status_code, headers, kept, sha256(body).hexdigest()[:20], getattr(response, "events", ()), is_marked)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """For this reader, noted if it counts."""
        known = self._mark_known_to(request)
        if known is None or (self.is_marked and not known and is_counted(request)):
            return self._whole(request)
        kept_pages.labels("304").inc()
        if is_counted(request):
            note_again(self.events, known)
        return self._tagged(HttpResponseNotModified(headers=self._without_body()), known)

    def _mark_known_to(self, request: HttpRequest) -> str | None:
        """The mark, possibly none, of the copy that the reader's browser has; None if it has no copy, or of other content."""
        given = map(_TAG.fullmatch, parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")))
        return next((tag[2] or "" for tag in given if tag and tag[1] == self.tag), None)

    def _whole(self, request: HttpRequest) -> HttpResponse:
        mark = note(self.events) if is_counted(request) else ""
        if self.status in _REDIRECTS:
            return _REDIRECTS[self.status](self.headers["Location"], headers=self._without_body())
        response = HttpResponse(self.body, headers=self.headers)
        if self.is_marked:
            response.content = self.body.replace(_place(MARK), _place(mark), 1)
        elif _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(self.body)
        response.headers["Content-Length"] = str(len(response.content))
        return self._tagged(response, mark)

    def _without_body(self) -> dict[str, str]:
        return {name: self.headers[name] for name in ("Cache-Control", "Vary")}

    def _tagged(self, response: HttpResponse, mark: str) -> HttpResponse:
        response.headers["ETag"] = f'W/"{self.tag}.{mark}"' if self.is_marked else f'W/"{self.tag}"'
        return response
