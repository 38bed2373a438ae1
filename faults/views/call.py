"""What the call sheet chooses from: whose codes, and which kind of machine. The sheet itself never comes here (docs/adr/0022)."""

from django.http import HttpRequest, JsonResponse

from faults.models import CodeTable, Environment, TableKind
from faults.views.cached_page import cached_page

UNIONPAY = "cup"


@cached_page()
def tables(request: HttpRequest) -> JsonResponse:
    """Every table of codes with the words by which callers name it, and every kind of machine; asked for when the sheet is opened."""
    return JsonResponse(
        {"tables": [_told(table) for table in CodeTable.objects.all()], "environments": list(Environment.objects.values("slug", "name"))}
    )


def _told(table: CodeTable) -> dict:
    is_foreign = table.kind == TableKind.NETWORK and table.slug != UNIONPAY
    return {"slug": table.slug, "name": str(table), "words": table.word_list, "kind": table.kind, "is_foreign": is_foreign}
