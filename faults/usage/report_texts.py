"""What was searched in vain: texts that fold to the same are one row, with how often they were asked and how they were typed last."""

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from faults.models import DealtWith, Search
from faults.usage.report_rows import Row, moment


def nothing(since: date, most: int) -> list[Row]:
    """Nothing was found, or a code was named that no table has."""
    return _rows(Search.objects.without_answer(), since, most, lambda last: (last.get_outcome_display(),))


def near(since: date, most: int) -> list[Row]:
    """The best there was stood below the floor of confidence. The score is that of the last time."""
    return _rows(Search.objects.only_near(), since, most, lambda last: (last.best_score,))


def unopened(since: date, most: int) -> list[Row]:
    """There were answers, and none was opened."""
    return _rows(Search.objects.unopened(), since, most, lambda last: (last.results,))


def repeated(since: date, most: int) -> list[Row]:
    """Nothing was opened, and the same reader asked something else."""
    return _rows(Search.objects.repeated(), since, most, lambda last: (last.get_outcome_display(),))


def _rows(searches: QuerySet[Search], since: date, most: int, more) -> list[Row]:
    """Those asked most often first; two queries, of which the first reads the list's own index and nothing else of the searches."""
    left = searches.since(moment(since)).filter(~Exists(_dealt_with()))
    groups = left.order_by().values("folded").annotate(times=Count("pk"), newest=Max("pk")).order_by("-times", "-newest")[:most]
    counted = {group["newest"]: group["times"] for group in groups}
    newest = Search.objects.in_bulk(counted)
    found = [(newest[pk], times) for pk, times in counted.items() if pk in newest]
    return [Row(last.text, (times, last.at, *more(last)), folded=last.folded) for last, times in found]


def _dealt_with() -> QuerySet[DealtWith]:
    """Of a search: that an editor dealt with it afterwards. If it fails again, it stands there again."""
    return DealtWith.objects.filter(folded=OuterRef("folded"), at__gte=OuterRef("at"))


def deal_with(folded: str, user) -> None:
    """Takes the searches of this text up to now off the lists."""
    DealtWith.objects.update_or_create(folded=folded, defaults={"at": timezone.now(), "by": user})
