"""What could not be published is not submitted either: its author is told at once, and no reviewer opens it in vain."""

from django.utils.translation import gettext as _

from faults.checks.entries import RED
from faults.editing.publishing import Refused
from faults.editing.revisions import revision_of
from faults.models import Status


class SubmitMixin:
    """Stands before SaveMixin, whose step it keeps from being taken."""

    def take_step(self, request, item, step: str, seen: int) -> Exception | None:
        """Why the step was refused; a submission is by what the red lines say."""
        refused = self.red_lines_crossed(item) if step == "submit" else None
        return refused or super().take_step(request, item, step, seen)

    def red_lines_crossed(self, item) -> Refused | None:
        """Why the item isn't submitted: what a reviewer could only send back."""
        revision = revision_of(item)
        if not (found := [problem for problem in self._readiness(item, revision) if problem.level == RED]):
            return None
        sentences = "；".join(problem.sentence for problem in found)
        if revision and revision.state == Status.REVIEW:  # saved into what the reviewer has
            return Refused(_("碰了红线。复核的那一份也已经这样写了，改好之前发布不了：%(found)s") % {"found": sentences})
        return Refused(_("碰了红线，没有提交：%(found)s") % {"found": sentences})
