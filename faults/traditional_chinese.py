"""Pages for readers of Traditional characters: the finished page converted by OpenCC, and kept."""

import re
from functools import lru_cache
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from opencc import OpenCC

LANGUAGE = "zh-hant"
SECONDS = 24 * 60 * 60
# What a terminal shows is quoted to the letter; scripts and the names of languages are not text of the page.
_VERBATIM = re.compile(r"(<samp\b.*?</samp>|<script\b.*?</script>|<button[^>]* lang=.*?</button>)", re.DOTALL)
# Characters that the dictionary takes for others in the words of the trade: 签购单, 发卡行, 冲正. Nobody here has hair.
_TRADE = [
    (re.compile(pattern), right)
    for pattern, right in (
        ("(?<![標封])籤", "簽"),
        ("髮", "發"),
        ("衝(?![突擊高])", "沖"),
        ("隻(?=[有退寫])", "只"),
        ("還是松", "還是鬆"),
        ("覈", "核"),
    )
]


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    """Characters only, in Hong Kong's standard (s2hk): words stay those of the trade here, which screens and slips use too."""
    return OpenCC("s2hk")


def _converted(text: str) -> str:
    text = _converter().convert(text)
    for wrong, right in _TRADE:
        text = wrong.sub(right, text)
    return text


def convert(html: str) -> str:
    """The page in Traditional characters, but for what must stay to the letter."""
    pieces = _VERBATIM.split(html)  # every second piece is verbatim
    return "".join(piece if place % 2 else _converted(piece) for place, piece in enumerate(pieces))


def convert_bytes(body: bytes, charset: str = "utf-8") -> bytes:
    """The page as it is sent, converted."""
    return convert(body.decode(charset)).encode(charset)


def convert_cached(body: bytes, charset: str = "utf-8") -> bytes:
    """The converted page, from the cache when this very page was converted before."""
    key = f"traditional-{sha256(body).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = convert_bytes(body, charset)
        cache.set(key, found, SECONDS)
    return found


class TraditionalMiddleware:
    """Converts the public pages' HTML for readers who chose Traditional. The admin stays as its editors write it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        if is_html and get_language() == LANGUAGE and not request.path.startswith("/admin/"):
            # A page for an error names its request, so that no other is like it.
            made = convert_cached if response.status_code == 200 else convert_bytes
            response.content = made(response.content, response.charset)
        return response
