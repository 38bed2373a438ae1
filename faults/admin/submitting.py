"""What could not be published is not submitted either: its author is told at once, and no reviewer opens it in vain."""

from django.utils.translation import gettext as _

from faults.checks.entries import RED
from faults.editing.publishing import Refused
from faults.editing.revisions import revision_of


class SubmitMixin:
    """Stands before SaveMixin, whose step it keeps from being taken."""

    def take_step(self, request, item, step: str, seen: int) -> Exception | None:
        """Why the step was refused; a submission is by what the red lines say."""
        if step == "submit" and (found := [problem for problem in self._readiness(item, revision_of(item)) if problem.level == RED]):
            return Refused(_("碰了红线，没有提交：%(found)s") % {"found": "；".join(problem.sentence for problem in found)})
        return super().take_step(request, item, step, seen)
