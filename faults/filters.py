"""Filters of the public lists, and how many rows each choice would leave."""

import django_filters
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from faults.models import Actor, Category, CodeTable, Environment, Fault, Kind, ResponseClass, Retry, ReturnCode
from faults.models.codes import IN_TABLE_ORDER


class FacetFilterSet(django_filters.FilterSet):
    """A filter set that can count what each choice would leave, all other filters kept."""

    facet_paths: dict[str, str] = {}  # filter name → the column its choices are counted by

    def counts(self, name: str) -> dict[str, int]:
        """Rows by value of one filter, as chosen by all the others; one query. Empty when the address makes no sense."""
        if not self.form.is_valid():
            return {}
        rows = self.queryset
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        path = self.facet_paths[name]
        counted = rows.order_by().values(path).annotate(rows=Count("pk", distinct=True))
        return {str(row[path]): row["rows"] for row in counted if row[path] is not None}

    def facets(self) -> list[dict]:
        """For every filter: its label, name and choices with counts; choices that would leave nothing are left out."""
        return [self._facet(name) for name in self.facet_paths]

    def _facet(self, name: str) -> dict:
        counts, chosen = self.counts(name), self.data.get(name, "")
        field = self.form.fields[name]
        choices = [(str(value), label, counts.get(str(value), 0)) for value, label in field.choices if str(value)]
        shown = [
            {"value": value, "label": label, "count": count, "is_chosen": value == chosen}
            for value, label, count in choices
            if count or value == chosen
        ]
        return {"name": name, "label": field.label, "choices": shown, "is_chosen": any(choice["is_chosen"] for choice in shown)}


class _BySlug(django_filters.ModelChoiceFilter):
    """Chooses a row of a short list by its slug."""

    def __init__(self, model, **kwargs):
        super().__init__(queryset=lambda request: model.objects.all(), to_field_name="slug", **kwargs)


class FaultFilter(FacetFilterSet):
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=Kind.choices)
    category = _BySlug(Category, label=_("类别"))
    environment = _BySlug(Environment, field_name="environments", label=_("终端"))
    actor = _BySlug(Actor, label=_("谁来处理"), method="acted_by")

    facet_paths = {"kind": "kind", "category": "category__slug", "environment": "environments__slug", "actor": "causes__fixes__actor__slug"}

    class Meta:
        model = Fault
        fields = []

    def acted_by(self, queryset, name, value):
        """Entries with a fix of a cause by this actor."""
        return queryset.filter(causes__fixes__actor=value).distinct() if value else queryset


CODE_ORDERS = {  # name in the address → what comes before code and table
    "code": [],
    "letter": [F("response_class_id").asc(nulls_last=True)],
    "retry": ["retry_id"],
}


class CodeFilter(FacetFilterSet):
    """The desk's own table unless the address names another (`scheme=` for all), by code unless it names another order."""

    scheme = _BySlug(CodeTable, label=_("码表"))
    letter = _BySlug(ResponseClass, field_name="response_class", label=_("分类"))
    retry = _BySlug(Retry, label=_("重试"))
    actor = _BySlug(Actor, field_name="actors", label=_("谁来处理"))
    sort = django_filters.ChoiceFilter(method="in_order", choices=[(f"{sign}{name}", name) for name in CODE_ORDERS for sign in ("", "-")])

    facet_paths = {"scheme": "scheme", "letter": "response_class", "retry": "retry", "actor": "actors__slug"}

    class Meta:
        model = ReturnCode
        fields = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        data.setdefault("scheme", CodeTable.own_slug())
        data.setdefault("sort", "code")
        super().__init__(data, *args, **kwargs)

    def in_order(self, queryset, name, value):
        """Sorted by one column, the other way round with a minus before its name."""
        rows = queryset.order_by(*CODE_ORDERS[value.removeprefix("-")], "code", *IN_TABLE_ORDER)
        return rows.reverse() if value.startswith("-") else rows
