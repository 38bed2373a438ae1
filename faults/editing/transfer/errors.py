"""What can be wrong with a file or a cell. Every error carries a sentence in the reader's language that says what to do."""

from django.utils.translation import gettext as _


class _Refusal(Exception):
    """`sentence`: why, and what to do about it. str() gives it too."""

    def __init__(self, sentence: str):
        super().__init__(str(sentence))
        self.sentence = str(sentence)


class UnreadableFile(_Refusal):
    """The whole file is refused."""


class WrongText(_Refusal):
    """A cell's text can't be understood. Column.read turns it into a CellError, which also says in which column."""


class CellTooLong(_Refusal):
    """An item doesn't fit into a cell, so it can't be exported. The sentence names the item and the column."""


class CellError(_Refusal):
    """One cell is refused. `header`: its column; `sentence`: what is wrong and what is allowed. str() gives both."""

    def __init__(self, header: str, sentence: str):
        super().__init__(sentence)
        self.header = header

    def __str__(self) -> str:
        return _("“%(field)s”：%(why)s") % {"field": self.header, "why": self.sentence}
