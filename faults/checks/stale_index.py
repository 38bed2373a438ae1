"""Whether the search index says what the entries say. Nothing is changed by looking: checks/index_repair.py does that."""

from collections.abc import Iterator
from itertools import islice

from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError
from django.utils.translation import gettext as _

from faults.models import SearchDocument
from faults.search import documents, frequencies, index, sentence_vectors

BATCH = 500  # entries with all their parts in memory at once


def outdated(only: dict[type, list[int]] | None = None) -> dict[tuple[type, int], str]:
    """By model and id, the names of entries, codes and terms whose search document is missing or says something else; and documents of
    nothing. `only`: ids by model, where not all are to be looked at."""
    return {key: name for model in documents.MAKERS for key, name in _outdated(model, None if only is None else only.get(model, []))}


def _outdated(model, ids: list[int] | None) -> Iterator[tuple[tuple[type, int], str]]:
    held = SearchDocument.objects.filter(kind=documents.kind_of(model))
    items = model.everything.prefetch_related(*documents.PARTS[model])
    if ids is not None:
        held, items = held.filter(object_id__in=ids), items.filter(pk__in=ids)
    held = {row.object_id: row for row in held}
    waiting = items.iterator(BATCH)
    while batch := list(islice(waiting, BATCH)):
        for item, said in zip(batch, documents.wordings_of(batch), strict=True):
            row = held.pop(item.pk, None)
            if row is None or not (documents.is_current(row, item, said) and sentence_vectors.is_complete(row)):
                yield (model, item.pk), str(item)
    yield from (((model, pk), f"{row.kind} {pk}") for pk, row in held.items())


def stale() -> list[str]:
    """All that is wrong with the index, by name."""
    return [*outdated().values(), *(_("词频 %(text)s") % {"text": text} for text in frequencies.miscounted())]


def check_index(app_configs, databases, **kwargs) -> list:
    """Django's system check, run by `manage.py check --database default`."""
    try:
        found = stale() if databases else []
    except DatabaseError:
        return []  # no tables yet: there is nothing to be stale
    if not found:
        return []
    said = _("搜索索引有 %(n)s 条过时，例如 %(name)s。") % {"n": len(found), "name": found[0]}
    return [CheckWarning(said, hint=_("运行 manage.py rebuild_search。"), id="faults.W001")]


def rebuild_if_stale(**kwargs) -> None:
    """After a restore."""
    if stale():
        index.rebuild(lambda done, total: None)
