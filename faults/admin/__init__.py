"""The editors' desk."""

from faults.admin import codes, faults, lists, people, terms  # noqa: F401 (registers)
