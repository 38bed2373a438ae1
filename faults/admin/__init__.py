"""The editors' desk."""

from faults.admin import audited, codes, faults, judgments, lists, people, terms  # noqa: F401 (registers)
