"""What is searched without a network: of all that is published the titles, and the words it is asked for by."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language

from faults.models import Fault, ReturnCode
from faults.search.documents import wordings_of
from faults.text.fold import fold
from faults.traditional_chinese import LANGUAGE as TRADITIONAL
from faults.traditional_chinese import convert
from faults.views.cached_page import cached_page

LONGEST = 8  # characters of a wording that is kept


@cached_page()
def words(request: HttpRequest) -> JsonResponse:
    """The rows that offline_search.js looks through."""
    return JsonResponse({"rows": rows()}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def rows() -> list[list]:
    """For each entry and code: address, number or code, title, and in one text its words, folded as typed words are, a blank between them.

    In a fixed number of queries. What is no page nobody else converts to Traditional characters.
    """
    entries = list(Fault.objects.order_by("number").prefetch_related("screen_texts", "aliases"))
    codes = list(ReturnCode.objects.in_table_order().prefetch_related("screen_texts"))
    found = [
        *((row.get_absolute_url(), f"{row.number}号", row.title, [row.title, *_texts(row.aliases)]) for row in entries),
        *((row.address, row.code, f"{row.scheme}：{row.meaning}", [row.code, row.meaning, *row.alias_list]) for row in codes),
    ]
    items = [*entries, *codes]
    said = [
        [address, label, title, _folded([label, *texts, *_texts(item.screen_texts)], wordings)]
        for item, (address, label, title, texts), wordings in zip(items, found, wordings_of(items), strict=True)
    ]
    return [[address, *map(convert, shown)] for address, *shown in said] if get_language() == TRADITIONAL else said


def _texts(parts) -> list[str]:
    return [part.text for part in parts.all()]


def _folded(texts: list[str], wordings: list[str]) -> str:
    """All of the item's own texts; of the wordings those that are short and say something else: all would be three times as much."""
    kept = list(dict.fromkeys(fold(text).replace(" ", "") for text in texts))
    for wording in (fold(wording).replace(" ", "") for wording in wordings):
        if len(wording) <= LONGEST and not any(word in wording for word in kept):
            kept.append(wording)
    return " ".join(kept)
