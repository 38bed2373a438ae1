"""Carries an import's plan out: all of it or nothing, through the gate, with history."""

from collections.abc import Collection, Generator, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from faults.editing import permissions, publishing
from faults.editing.edits import save_edit
from faults.editing.history import record
from faults.editing.import_plan import Plan, Step
from faults.editing.import_planning import plan
from faults.editing.references import References
from faults.editing.revisions import save_revision
from faults.editing.row_writer import link, write
from faults.editing.transfer.workbook import Sheet
from faults.models import KINDS, Action, Publication, Status
from faults.search import index
from posdesk.stored_language import in_stored_language


class PlanChanged(Exception):
    """Somebody changed the knowledge after the plan was made."""


def apply(
    sheets: list[Sheet], fingerprint: str, user, why: str, publish: bool = False, overwrite: Collection[str] = ()
) -> Generator[tuple[int, int], None, int]:
    """Carries out the plan with this stamp, one step after the other, yields (done, total) after each, and returns how many there were.

    New items become drafts, changes of published ones revisions; with `publish` they go before readers, if the user may, but for what
    got a default: nobody has said that it is so.
    `overwrite`: the keys of the conflicts in which the table is to win, or ALL. All is one transaction: whoever stops asking for
    the next step, stops the import. Raises PlanChanged, PermissionDenied, Refused, ValidationError, LookupError.
    """
    permissions.require(user is None or user.has_perm("faults.import_knowledge"))
    with transaction.atomic():
        made = plan(sheets)
        if made.fingerprint != fingerprint:
            raise PlanChanged(_("看过计划以后，有人改了知识库。什么也没导入，请重新上传，再看一次计划。"))
        due = made.due_with(overwrite)
        yield from _apply(made, due, user, why, publish)
    return len(due)


def _apply(made: Plan, due: list[Step], user, why: str, publish: bool) -> Iterator[tuple[int, int]]:
    references, total = References(), len(due)
    new = {id(step): _create(step, references, user) for step in due if step.item is None}
    for done, step in enumerate(due, start=1):
        try:
            item = _write(step, new.get(id(step)), references, user, _why(made, step, why))
        except (ValidationError, LookupError) as error:
            raise ValidationError(_("第%(line)s行：%(error)s") % {"line": step.line, "error": error}) from error
        if publish and not step.defaults and (item.status != Status.PUBLISHED or publishing.revision_of(item)):
            publishing.publish(item, user, why)
        yield done, total


@in_stored_language()
def _why(made: Plan, step: Step, why: str) -> str:
    """What history says: the file, and what wasn't in it."""
    if not step.defaults:
        return why
    return _("%(file)s（表里没有，先补上的：%(what)s）") % {"file": why, "what": _("；").join(made.defaults([step]))}


def _create(step: Step, references: References, user) -> Publication:
    """The new item without its links, so that rows may refer to each other."""
    model = KINDS[step.kind]
    permissions.require(user is None or user.has_perm(f"faults.add_{model._meta.model_name}"))
    item = write(step.kind, step.row | {"status": Status.DRAFT, "reviewed": ""}, references, model(status=Status.DRAFT))
    references.add(item)
    return item


def _write(step: Step, new: Publication | None, references: References, user, why: str) -> Publication:
    if new is None:
        return save_edit(step.kind, step.row, user, Action.IMPORTED, why, step.item, references)
    link(step.kind, step.row, new, references)
    save_revision(new, user)
    index.refresh([new])
    record(new, Action.IMPORTED, user, why)
    return new
