"""The editors' desk."""

from faults.admin import codes, faults, judgments, lists, people, terms  # noqa: F401 (registers)
