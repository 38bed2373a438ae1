"""Whether the search index says what the entries say."""

from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError

from faults.models import SearchDocument, SearchToken
from faults.search import documents, frequencies

BATCH = 500  # entries with all their parts in memory at once
COMPARED = ("is_published", "code", "title", "screens", "aliases", "body", "spoken", "tokens")


def stale() -> list[str]:
    """Names of entries, codes and terms whose search document is missing or says something else, and of documents of nothing."""
    held = {(row.kind, row.object_id): row for row in SearchDocument.objects.all()}
    found = []
    for model in documents.MAKERS:
        for item in model.everything.prefetch_related(*documents.PARTS[model]).iterator(BATCH):
            wanted = documents.make(item)
            row = held.pop((wanted.kind, wanted.object_id), None)
            if row is None or any(getattr(row, name) != getattr(wanted, name) for name in COMPARED):
                found.append(str(item))
    return found + [f"{kind} {object_id}" for kind, object_id in held] + _miscounted()


def _miscounted() -> list[str]:
    """Tokens whose number of documents is not what it is counted to be."""
    counted = frequencies.count(SearchDocument.objects.values_list("tokens", flat=True))
    kept = dict(SearchToken.objects.exclude(documents=0).values_list("text", "documents"))
    return [f"词频 {token}" for token in sorted(counted.keys() | kept.keys()) if kept.get(token) != counted.get(token)]


def check_index(app_configs, databases, **kwargs) -> list:
    """Django's system check, run by `manage.py check --database default`."""
    try:
        found = stale() if databases else []
    except DatabaseError:
        return []  # no tables yet: there is nothing to be stale
    hint = "运行 manage.py rebuild_search。"
    return [CheckWarning(f"搜索索引有 {len(found)} 条过时，例如 {found[0]}。", hint=hint, id="faults.W001")] if found else []
