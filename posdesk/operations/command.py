"""What commands of manage.py have in common."""

from django.core.management.base import BaseCommand

from posdesk.operations.backup.error_messages import as_command_errors


class SentenceCommand(BaseCommand):
    """Ends with a sentence instead of a traceback when the database refuses or a file can't be read."""

    def execute(self, *arguments, **options):
        """As Django's; raises CommandError."""
        with as_command_errors("没有做成"):
            return super().execute(*arguments, **options)
