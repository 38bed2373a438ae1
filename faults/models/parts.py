"""Parts of an entry or a code: they stand in an order which editors drag them into, and which use moves a little."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LAST = 999  # a new part goes to the end; dragging numbers the rows anew from 0
FEWEST = 10  # solved calls of an entry before any cause moves at all
PRIOR = 20.0  # the editor's order weighs as much as so many solved calls


class Part(models.Model):
    """Something with a place among its like."""

    position = models.PositiveSmallIntegerField(_("排序"), default=LAST)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def written(self, name: str) -> str:
        """A text as its editor wrote it, also in a row that was filled in for readers (desk_words.fill_rows)."""
        return self.__dict__.get("as_written", {}).get(name, getattr(self, name))


def order_of_causes(solved: list[int]) -> list[int]:
    """The places of the causes, in the order to ask in. `solved`: how often each was the one, in the editor's order.

    The editor's order is a prior: of PRIOR calls the first cause would have solved most, the second half as many, the third a third.
    What was counted is added, and the causes are sorted by the sum (the mean of a Dirichlet distribution, but for a constant);
    of equals the editor's first goes first.
    """
    places = list(range(len(solved)))
    if sum(solved) < FEWEST:
        return places
    whole = sum(1 / (place + 1) for place in places)
    return sorted(places, key=lambda place: -(PRIOR / (place + 1) / whole + solved[place]))
