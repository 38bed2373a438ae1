"""What a search document was made from and by, in 32 bytes beside it: to look whether it is stale takes no folding and no pinyin,
which are nine tenths of making it anew."""

import unicodedata
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from faults.models.search_documents import SearchDocument
from faults.search.sentence_vectors import without_clusters

MADE_BY = ("search/documents.py", "search/ngrams.py", "text/*.py")  # the modules that decide what a document says of a text
LIBRARIES = ("OpenCC", "pypinyin")
MADE = ("is_published", "code", "title", "screens", "aliases", "body", "wordings", "spoken")  # and tokens


@lru_cache(maxsize=1)
def _program() -> str:
    """Of all that makes documents: those of another version are stale, whatever they were made from."""
    faults = Path(__file__).resolve().parent.parent
    files = [path.read_text(encoding="utf-8") for pattern in MADE_BY for path in sorted(faults.glob(pattern))]
    return sha256(repr([unicodedata.unidata_version, *map(version, LIBRARIES), *files]).encode()).hexdigest()


def digest(document: SearchDocument, *source) -> bytes:
    """Of the document's words and sounds, of what they were made from, and of the program. Sentence vectors have a mark of their own."""
    made = [*(getattr(document, name) for name in MADE), without_clusters(document.tokens)]
    return sha256(repr([_program(), source, made]).encode()).digest()
