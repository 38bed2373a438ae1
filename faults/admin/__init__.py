"""The editors' desk."""

from faults.admin import codes, faults, incidents, judgments, lists, notes, questions, terms, variables, wordings  # noqa: F401 (registers)
from posdesk.security.admin import accounts, audit_log  # noqa: F401 (registers)
