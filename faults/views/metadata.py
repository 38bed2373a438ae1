"""What browsers and crawlers ask a site for: where they may go, how its search is asked, how it is installed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.views.cached_page import cached_page

BAR, GROUND = "#15191b", "#fbfbf9"  # --bar and --bg of posdesk.css; a test holds them to it
ICON_SIZES = (192, 512)


@cached_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read everything but the editors' desk and what is answered to keystrokes; results name one canonical address."""
    closed = [f"Disallow: {address}" for address in (reverse("admin:index"), reverse("suggestions"))]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cached_page()
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser's address bar asks our search."""
    context = {
        "results": request.build_absolute_uri(reverse("results")),
        "icon": request.build_absolute_uri(static("faults/icon.svg")),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8")


@cached_page()
def manifest(request: HttpRequest) -> JsonResponse:
    """How a phone installs the site beside its apps."""
    home = reverse("home")
    data = {
        "id": home,
        "name": "posdesk",
        "short_name": "posdesk",
        "description": _("POS刷卡机故障、返回码、业务处理：问什么，做什么，谁来处理，什么不能做。"),
        "lang": "zh-Hans",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": BAR,
        "background_color": GROUND,
        "icons": _icons(),
    }
    return JsonResponse(data, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icons() -> list[dict]:
    """The drawing for who takes it; for the others pictures whose margin may be cut off."""
    drawing = {"src": static("faults/icon.svg"), "type": "image/svg+xml", "sizes": "any"}
    pictures = [
        {"src": static(f"faults/icon-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}", "purpose": "any maskable"}
        for size in ICON_SIZES
    ]
    return [drawing, *pictures]
