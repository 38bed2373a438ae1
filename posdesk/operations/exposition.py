"""What Prometheus reads: the counts of all processes, and what the database holds at this moment."""

import os
from collections.abc import Iterator

from django.db import Error
from django.db.models import Count, Max
from prometheus_client import REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from faults.models import Fault, ReturnCode, Term

KINDS = {"entry": Fault, "code": ReturnCode, "term": Term}


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


def exposition() -> bytes:
    """Everything, in the text format of Prometheus. Raises nothing while the database is away."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # registers itself
    else:
        registry.register(REGISTRY)  # a registry can be collected from, too
    registry.register(ContentCollector())
    return generate_latest(registry)
