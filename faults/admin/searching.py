"""Lists and choices that are searched as the public pages are: by words, codes and numbers, the best first."""

from collections.abc import Iterable

from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Case, IntegerField, Q, QuerySet, When
from unfold.views import ChangeList

from faults.models import Publication
from faults.search.find import Hit, find
from faults.search.index import CANDIDATES


class RelevanceChangeList(ChangeList):
    """A list that shows no column as sorted while what was found stands in the order of its relevance."""

    def get_ordering_field_columns(self):
        return super().get_ordering_field_columns() if self.params.get(ORDER_VAR) or not self.query else {}


class SearchMixin:
    """For an admin of what search finds. Drafts and what is archived are found too, by whoever may see the list."""

    def get_changelist(self, request, **kwargs):
        return RelevanceChangeList

    def get_search_results(self, request, queryset: QuerySet, search_term: str):
        """What search finds, the best first; then what has the words in it to the letter; last what is only near.

        A column that was clicked sorts all of it instead.
        """
        if not search_term.strip():
            return queryset, False
        found = find(request.user, search_term, limit=CANDIDATES)
        hits, near = (self.rows_of(self._own(some)) for some in (found.hits, found.weak))
        literal, _may_repeat = super().get_search_results(request, self.model.everything.all(), found.query.text)
        queryset = queryset.filter(Q(pk__in=[*hits, *near]) | Q(pk__in=literal.order_by().values("pk")))
        places = {pk: place - len(hits) for place, pk in enumerate(hits)} | {pk: place for place, pk in enumerate(near, start=1)}
        if request.GET.get(ORDER_VAR) or not places:  # a Case of nothing is a bare 0, which PostgreSQL takes for a column's number
            return queryset, False
        ranked = [When(pk=pk, then=place) for pk, place in places.items()]
        return queryset.order_by(Case(*ranked, default=0, output_field=IntegerField()), *queryset.query.order_by), False

    def _own(self, hits: Iterable[Hit]) -> list[Publication]:
        return [hit.item for hit in hits if isinstance(hit.item, self.model)]

    def rows_of(self, items: list[Publication]) -> list[int]:
        """The ids of the rows that are listed for these items, in their order."""
        return [item.pk for item in items]
