"""What search reads of an entry, a code or a term: one row each, folded. The database keeps its full-text index beside it."""

from django.db import models

FAULT, CODE, TERM = "fault", "code", "term"


class SearchDocument(models.Model):
    """One findable thing. The fields hold folded phrases, one a line; `spoken` how those of title, screens and aliases sound,
    line by line; `tokens` all of them as the index wants them; `digest` is of what they were made from.

    Migration 0002 lets the database itself keep the index in step with these rows: FTS5 by triggers on SQLite,
    a generated column on PostgreSQL. So the index is written in the transaction that writes the row.
    """

    kind = models.CharField(max_length=5, choices=[(FAULT, FAULT), (CODE, CODE), (TERM, TERM)])
    object_id = models.PositiveBigIntegerField()
    is_published = models.BooleanField()
    code = models.CharField(max_length=40, blank=True, db_index=True)
    title = models.TextField()
    screens = models.TextField(blank=True)
    aliases = models.TextField(blank=True)
    body = models.TextField(blank=True)
    wordings = models.TextField(blank=True, db_default="")
    spoken = models.TextField(blank=True)
    tokens = models.TextField()
    vectors = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="document_once_an_object")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A Latin word that stands in some phrase: what a mistyped word is mended to. Counted as tokens are."""

    text = models.CharField(max_length=40, unique=True)
    documents = models.IntegerField(db_default=0)
    published = models.IntegerField(db_default=0)

    def __str__(self):
        return self.text


class SearchToken(models.Model):
    """In how many documents a token stands, and in how many published ones, so that asking costs the same however many there are.

    The row with the empty text counts the documents themselves.
    """

    text = models.CharField(max_length=100, primary_key=True)
    documents = models.IntegerField()
    published = models.IntegerField(db_default=0)

    def __str__(self):
        return f"{self.text} {self.documents}"
