"""The log as JSON, a line an event."""

import copy
import logging

from pythonjsonlogger.json import JsonFormatter

ALWAYS = ("time", "level", "logger", "request_id", "message")
OF_A_REQUEST = ("method", "path", "status", "ms", "user")  # what posdesk/operations/access_log.py gives
_FIELDS = (*ALWAYS, *OF_A_REQUEST, "exception", "stack")
_NAMES = {"levelname": "level", "name": "logger", "exc_info": "exception", "stack_info": "stack"}


class JsonLines(JsonFormatter):
    """These fields and no others: Django hangs whole requests on its records, and what is typed is in their addresses."""

    def __init__(self):
        super().__init__(["levelname", "name", "message"], rename_fields=_NAMES, timestamp="time")

    def format(self, record: logging.LogRecord) -> str:
        """The message as text, and the exception as the masking filter has left it, never made anew from the error itself."""
        record = copy.copy(record)
        record.msg, record.args = record.getMessage(), ()
        if record.exc_text:
            record.exc_info = None
        return super().format(record)

    def process_log_record(self, log_data: dict) -> dict:
        """Those that have something to say, always in the same order."""
        return {name: log_data[name] for name in _FIELDS if log_data.get(name) is not None}
