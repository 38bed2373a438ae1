"""What a page's head tells others about it: its one address, its title where it is shared, its content for search engines."""

import json
from html import unescape

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

register = template.Library()

ARTICLES = {"fault", "code"}  # the pages that are one piece of writing
LOCALES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en_US"}  # OpenGraph names a country with the language
ENTITIES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.inclusion_tag("_partials/metadata.html", takes_context=True)
def head_links(context) -> dict:
    """The links and metadata that every page has. `schema` in the context is what the page says in the words of schema.org."""
    request = context["request"]
    page = request.resolver_match  # None for an address that is none: it has no canonical form, and perhaps a host that is refused
    return {
        "title": _block(context, "title"),
        "description": _block(context, "description"),
        "url": request.build_absolute_uri(request.path) if page else "",
        "type": "article" if page and page.url_name in ARTICLES else "website",
        "locale": LOCALES[get_language()],
        "schema": context.get("schema"),
    }


def _block(context, name: str) -> str:
    """The text that the page has put into the block, once more: a template can say a block only once."""
    return unescape(context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)).strip()


@register.filter
def json_ld(data: dict) -> str:
    """The data as a JSON-LD script. Nothing in it can end the script: JSON has another way to write every sign that HTML knows."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ENTITIES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
