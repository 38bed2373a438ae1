"""One public page as it is kept, and how it is answered: whole, or with 304 to who has it already."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from posdesk.operations.metrics import cached_pages

MARK_PLACEHOLDER = "0" * 16  # stands in a page of results where each showing has a mark of its own
_VARY = ("Accept-Encoding", "Accept-Language", "Cookie")
_TAG = re.compile('W/"([0-9a-f]{20})(?:[.]([0-9a-f]{16})?)?"')  # the content's, and the mark of the copy
_GZIP = re.compile(r"\bgzip\b")
_REDIRECTS = {HTTPStatus.MOVED_PERMANENTLY: HttpResponsePermanentRedirect, HTTPStatus.FOUND: HttpResponseRedirect}
_PER_RESPONSE = {"content-length", "etag"}
# Browsers ask each time whether it is still true; a page with one reader's mark is that reader's.
_CONTROL = {True: "private, no-cache", False: "no-cache"}


def _place(mark: str) -> bytes:
    return f'data-search="{mark}"'.encode()


class Showing:
    """What it means that a page is shown, which a view puts into `response.showing` and which is kept with the page. This one: nothing."""

    def is_counted(self, request: HttpRequest) -> bool:
        """Whether this request shows the page to somebody who counts."""
        return False

    def record(self) -> str:
        """Notes it. Returns the mark of this showing, 16 hexadecimal digits, for a page with a place for one; empty for none."""
        return ""

    def record_again(self, mark: str) -> None:
        """Notes that a copy with that mark, which a browser has, is shown once more."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """`headers`: what every answer with it carries. `body` is compressed, unless the page has a place for a mark.

    `tag`: of the content.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    tag: str
    showing: Showing
    has_mark: bool

    @classmethod
    def of(cls, response: HttpResponse) -> "CachedPage":
        """The answer of a view, which hasn't been compressed yet."""
        body, has_mark = response.content, _place(MARK_PLACEHOLDER) in response.content
        patch_vary_headers(response, _VARY)
        response.headers["Cache-Control"] = _CONTROL[has_mark]
        headers = {name: value for name, value in response.items() if name.lower() not in _PER_RESPONSE}
        kept = body if has_mark else gzip.compress(body, mtime=0)
        return cls(response.status_code, headers, kept, sha256(body).hexdigest()[:20], getattr(response, "showing", Showing()), has_mark)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """For this reader, noted if it counts."""
        known = self._mark_in_etag(request)
        if known is None or (self.has_mark and not known and self.showing.is_counted(request)):
            return self._whole(request)
        cached_pages.labels("304").inc()
        if self.showing.is_counted(request):
            self.showing.record_again(known)
        return self._tagged(HttpResponseNotModified(headers=self._without_body()), known)

    def _mark_in_etag(self, request: HttpRequest) -> str | None:
        """The mark, possibly none, of the copy that the reader's browser has; None if it has no copy, or of other content."""
        given = map(_TAG.fullmatch, parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")))
        return next((tag[2] or "" for tag in given if tag and tag[1] == self.tag), None)

    def _whole(self, request: HttpRequest) -> HttpResponse:
        mark = self.showing.record() if self.showing.is_counted(request) else ""
        if self.status in _REDIRECTS:
            return _REDIRECTS[self.status](self.headers["Location"], headers=self._without_body())
        response = HttpResponse(self.body, headers=self.headers)
        if self.has_mark:
            response.content = self.body.replace(_place(MARK_PLACEHOLDER), _place(mark), 1)
        elif _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(self.body)
        response.headers["Content-Length"] = str(len(response.content))
        return self._tagged(response, mark)

    def _without_body(self) -> dict[str, str]:
        return {name: self.headers[name] for name in ("Cache-Control", "Vary")}

    def _tagged(self, response: HttpResponse, mark: str) -> HttpResponse:
        response.headers["ETag"] = f'W/"{self.tag}.{mark}"' if self.has_mark else f'W/"{self.tag}"'
        return response
