"""posdesk as the master of Server loads it for its workers, with what the first search of each would load again, two seconds each."""

from posdesk.wsgi import application  # noqa: F401 (gunicorn asks for it)

from faults.search.find import load_dictionaries  # isort: skip (needs Django, which the first has set up)

load_dictionaries()
