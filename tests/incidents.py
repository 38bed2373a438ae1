"""Incidents for tests, as they are after they were set."""

from datetime import timedelta

from django.utils import timezone

from faults.models import Fault, Incident


def incident(text="银联网络断了，正在抢修。", entries=(), begins=0.0, ends=60.0, **more) -> Incident:
    """In force from so many minutes to so many minutes from now; `entries` by their numbers."""
    now = timezone.now()
    times = {"starts_at": now + timedelta(minutes=begins), "ends_at": now + timedelta(minutes=ends)}
    made = Incident.objects.create(text=text, set_by_name="组长", **times, **more)
    made.entries.set(Fault.objects.filter(number__in=entries))
    return made
