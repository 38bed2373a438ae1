"""What Prometheus reads: the counts of all processes, and what the database holds at this moment."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from posdesk.operations.installation import InstallationCollector

COLLECTORS: list[Collector] = [InstallationCollector()]  # asked when it is read; whoever knows more adds one


def exposition() -> bytes:
    """Everything, in the text format of Prometheus. Raises nothing while the database is away."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # registers itself
    else:
        registry.register(REGISTRY)  # a registry can be collected from, too
    for collector in COLLECTORS:
        registry.register(collector)
    return generate_latest(registry)
