"""What search keeps in this process for as long as the content stays as it was."""

from collections import OrderedDict
from threading import Lock

from faults.models import CodeTable, ContentVersion, SearchDocument, Standing
from faults.search.off_topic import OffTopicWords
from faults.search.parsed_document import ParsedDocument
from faults.search.synonyms import Synonyms, active_vocabulary
from faults.text.fold import fold

MOST_DOCUMENTS = 4_000  # some 40 kB each, of this version and, until they are asked for again, of the one before: 320 MB at most


class ProcessCache:
    """Of one content version: synonyms, brands and tables, what belongs elsewhere, what use has lifted, and documents that were looked at.

    `lifts`: by an entry's id, from 0 to 1, how much it rises for having solved many calls.
    """

    def __init__(self, version: str, older: "ProcessCache | None" = None):
        self.version = version
        self.synonyms = Synonyms.active()
        self.vocabulary = active_vocabulary()
        self.off_topic = OffTopicWords.active()
        self.boosts = dict(Standing.objects.filter(lift__gt=0).values_list("fault_id", "lift"))
        self._documents: OrderedDict[int, ParsedDocument] = OrderedDict()
        self._own_table = fold(CodeTable.own_name())
        is_like_older = older is not None and older._own_table == self._own_table
        self._older = dict(older._documents) if is_like_older else {}  # of the version before: true of the rows that still say the same
        self._lock = Lock()

    def documents(self, ids: list[int]) -> list[ParsedDocument]:
        """These documents, in this order; one query for those that are new. Any that is gone by now is left out."""
        known = {pk: found for pk in ids if (found := self._documents.get(pk))}
        if len(known) < len(ids):
            rows = SearchDocument.objects.filter(pk__in=[pk for pk in ids if pk not in known])
            new = {row.pk: self._parsed(row) for row in rows}
            self._keep(new)
            known |= new
        return [known[pk] for pk in ids if pk in known]

    def _parsed(self, row: SearchDocument) -> ParsedDocument:
        known = self._older.pop(row.pk, None)
        return known if known and known.is_of(row) else ParsedDocument(row, self._own_table)

    def _keep(self, new: dict[int, ParsedDocument]) -> None:
        with self._lock:
            self._documents.update(new)
            while len(self._documents) > MOST_DOCUMENTS:
                self._documents.popitem(last=False)  # the oldest


_cache: ProcessCache | None = None


def current() -> ProcessCache:
    """The memory of the content as it is now; one query when nothing has changed."""
    global _cache  # noqa: PLW0603 (one a process is the point)
    version = ContentVersion.current()
    if _cache is None or _cache.version != version:
        _cache = ProcessCache(version, _cache)
    return _cache
