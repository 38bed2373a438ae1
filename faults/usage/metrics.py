"""What is counted of readers, by the names under which Prometheus reads it. What each means stands in docs/operating.md."""

from prometheus_client import Counter, Gauge

searches = Counter("posdesk_searches", "Searches of readers that are noted", ["asked_on", "outcome"])
events_waiting = Gauge("posdesk_events_waiting", "What readers did and is not yet written", multiprocess_mode="livesum")
