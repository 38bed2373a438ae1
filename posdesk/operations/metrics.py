"""What is counted and measured, by the names under which Prometheus reads it. What each means stands in docs/operating.md."""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # a second series for every first one, of which nobody asks when it began

BUCKETS = (0.01, 0.05, 0.1, 0.25, 1, 5)  # seconds

requests = Counter("posdesk_requests", "Requests answered", ["view", "method", "status"])
request_seconds = Histogram("posdesk_request_seconds", "Seconds until the answer is ready", ["view"], buckets=BUCKETS)
cached_pages = Counter("posdesk_kept_pages", "Pages asked of those that are kept", ["result"])  # hit, miss, 304
searches = Counter("posdesk_searches", "Searches of readers that are noted", ["asked_on", "outcome"])
events_waiting = Gauge("posdesk_events_waiting", "What readers did and is not yet written", multiprocess_mode="livesum")
database_errors = Counter("posdesk_database_errors", "Errors of the database that nothing caught", ["where"])  # request, recorder
