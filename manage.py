#!/usr/bin/env python
"""Django's command line for posdesk."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posdesk.settings")
    from posdesk.operations.command_line import CommandLine

    CommandLine(sys.argv).execute()
