"""Every address of the site, with holes for whatever somebody may write there."""

import re

from django.contrib import admin
from django.urls import URLPattern, get_resolver

_HOLE = re.compile("<(?:([a-z_]+):)?([a-z_]+)>")
HOLE = "\x01"  # stands in no address


def addresses() -> list[str]:
    """Paths without the slash in front, HOLE where a part of any kind goes."""
    return sorted({_HOLE.sub(HOLE, route) for route in _routes(get_resolver(), "")})


def _routes(resolver, above: str) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        found += [route] if isinstance(pattern, URLPattern) else _routes(pattern, route)
    return [route.replace("^", "").replace("$", "").replace("(?P<url>.*)", "<url>") for route in found]


def filters() -> list[str]:
    """What the lists of the admin take in a query, and names like it."""
    names = {"q", "o", "p", "all", "e", "_popup", "_to_field", "_changelist_filters", "next", "days", "kind"}
    for model_admin in admin.site._registry.values():
        fields = [one[0] if isinstance(one, tuple) else one for one in model_admin.list_filter]
        for name in [name for name in fields if isinstance(name, str)]:
            names |= {name, f"{name}__exact", f"{name}__id__exact", f"{name}__isnull", f"{name}__gte", f"{name}__in"}
        names.add(f"{model_admin.opts.pk.name}__regex")
    return sorted(names)
