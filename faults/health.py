"""What load balancers and Prometheus are told of the knowledge: whether there is any and the index says the same, and how much."""

from collections.abc import Iterator

from django.db import Error
from django.db.models import Count, Max
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from faults.checks.index_repair import wrong_documents
from faults.models import Fault, ReturnCode, Term
from posdesk.operations.readiness import OK, in_time

KINDS = {"entry": Fault, "code": ReturnCode, "term": Term}


@in_time()
def index_state() -> str:
    """For /readyz."""
    count = wrong_documents()
    return f"{count} stale" if count else OK


@in_time()
def content_state() -> str:
    """For /readyz. Read as a page does it, with all its parts."""
    return OK if Fault.objects.with_everything().first() else "nothing published"


class ContentCollector(Collector):
    """Asked when it is read, three queries; without the database it says that alone."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = {kind: model.objects.aggregate(rows=Count("pk"), at=Max("updated_at")) for kind, model in KINDS.items()}
        except Error:
            found = {}
        yield GaugeMetricFamily("posdesk_database_up", "1 if the database answers", value=bool(found))
        rows = GaugeMetricFamily("posdesk_published", "Published rows", labels=["kind"])
        changed = GaugeMetricFamily("posdesk_content_changed_timestamp_seconds", "When a published row last changed", labels=["kind"])
        for kind, what in found.items():
            rows.add_metric([kind], what["rows"])
            changed.add_metric([kind], what["at"].timestamp() if what["at"] else 0)
        yield from (rows, changed)
