"""What commands of manage.py have in common."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from posdesk.operations.backup.error_messages import as_command_errors


class SentenceCommand(BaseCommand):
    """Ends with a sentence instead of a traceback when the database refuses or a file can't be read. Its help may be translated."""

    def create_parser(self, *arguments, **options):
        """As Django's; argparse takes nothing lazy."""
        self.help = str(self.help)
        return super().create_parser(*arguments, **options)

    def execute(self, *arguments, **options):
        """As Django's; raises CommandError."""
        with as_command_errors(_("没有做成")):
            return super().execute(*arguments, **options)
