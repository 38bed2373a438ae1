"""The steps of the gate as buttons: submit, take back, return, publish, archive, reopen, discard, confirm; and the reviewer's page."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from faults.admin.seen import seen_in
from faults.checks.entries import RED, Problem
from faults.checks.readiness import readiness_of
from faults.editing import permissions
from faults.editing.describe import snapshot
from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.editing.edits import Unusable, apply_revision, current_row
from faults.editing.history import last_change
from faults.editing.publishing import Outdated
from faults.editing.revisions import dry_run, revision_of
from faults.editing.states import state_of
from faults.models import Action, Change, Fault, Publication, ReturnCode, Status, kind_of


class WorkflowMixin:
    # name of the gate's function → (label of its button, what is said afterwards)
    STEPS = {
        "submit": (_("提交复核"), _("已提交复核：%(item)s")),
        "take_back": (_("撤回提交"), _("已撤回，可以接着改：%(item)s")),
        "send_back": (_("退回修改"), _("已退回：%(item)s")),
        "publish": (_("发布"), _("已发布：%(item)s")),
        "archive": (_("下架"), _("已下架：%(item)s")),
        "reopen": (_("重新起草"), _("已重新起草：%(item)s")),
        "discard": (_("丢弃修改"), _("已丢弃修改，读者看到的没有变：%(item)s")),
        "confirm": (_("仍然正确"), _("已记下复核：%(item)s")),
        "delete": (_("删除"), _("已删除，在“已删除”里可以找回：%(item)s")),
    }

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"faults_{self.opts.model_name}"
        return [
            path("<int:pk>/step/<slug:step>/", view(require_POST(self.step_view)), name=f"{name}_step"),
            path("<int:pk>/review/", view(self.review_view), name=f"{name}_review"),
            *super().get_urls(),
        ]

    def change_url(self, item: Publication) -> str:
        """The address of the item's form."""
        return reverse(f"admin:faults_{self.opts.model_name}_change", args=[item.pk])

    def review_url(self, pk: int) -> str:
        """The address of the item's page for reviewers."""
        return reverse(f"admin:faults_{self.opts.model_name}_review", args=[pk])

    def step_view(self, request, pk: int, step: str):
        """Takes one step, and goes back to where it was asked for, or to what has changed meanwhile."""
        item, seen = self.item_or_404(request, pk), seen_in(request.POST)
        if step not in self.STEPS:
            raise Http404
        if error := self.take_step(request, item, step, seen):
            messages.error(request, str(error))
        if isinstance(error, Outdated):
            return HttpResponseRedirect(f"{self.review_url(pk)}?seen={seen}")
        if step == "delete" and not error:
            return HttpResponseRedirect(reverse(f"admin:faults_{self.opts.model_name}_changelist"))
        if request.POST.get("next") == "desk":
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(self.change_url(item))

    def review_view(self, request, pk: int):
        """What a reviewer decides on: what changes for readers, what is not ready, and the buttons."""
        item = self.item_or_404(request, pk)
        revision, live = revision_of(item), snapshot(item)
        is_revision = revision is not None and revision.row is not None
        before, after = (live, revision.row) if is_revision else ({}, live)
        context = self.admin_site.each_context(request) | self.desk_context(request, str(pk))
        context |= {
            "title": _("复核：%(item)s") % {"item": item},
            "opts": self.opts,
            "original": item,
            "is_revision": is_revision,
            "differences": differences(kind_of(item), before, after, display_names()),
            "changes": Change.objects.since_publication(item)[:20],
            "meanwhile": self.changed_since(request.GET, item) if "seen" in request.GET else None,
            "since_submission": self._since_submission(item, revision),
        }
        return TemplateResponse(request, "admin/knowledge/review.html", context)

    def _since_submission(self, item: Publication, revision) -> list:
        """What was changed after it had been handed in: the reviewer may have read it before."""
        if revision is None or revision.state != Status.REVIEW:
            return []
        submitted = Change.objects.of(item).filter(action=Action.SUBMITTED).first()
        return differences(kind_of(item), submitted.row, current_row(item), display_names()) if submitted else []

    def desk_context(self, request, object_id: str | None) -> dict:
        """What stands around the form: state, notes, readiness, and the steps that this user may take now."""
        item, user = self.get_object(request, object_id) if object_id else None, request.user
        if item is None:
            return {"has_review": True, "has_preview": self.model in (Fault, ReturnCode)}
        revision = revision_of(item)
        return {
            "has_review": permissions.is_reviewed(item) and item.status != Status.ARCHIVED,
            "has_preview": self.model in (Fault, ReturnCode),
            "item": item,
            "version": last_change(item),
            "revision": revision,
            "state": self._state(item, revision),
            "steps": [(step, self.STEPS[step][0]) for step in self._steps(user, item, revision)],
            "may_merge": self.model is Fault and user.has_perm("faults.publish"),
            "may_publish_own": permissions.may_publish(user, item)
            and (not permissions.is_reviewed(item) or user.has_perm("faults.approve_own")),
            "readiness": self._readiness(item, revision),
            "clash": getattr(request, "meanwhile", None),
        }

    def _state(self, item: Publication, revision) -> str:
        if revision and revision.row is not None:
            return _("已发布；有一份修改待复核") if revision.state == Status.REVIEW else _("已发布；有一份修改还没提交")
        return state_of(item)

    def _steps(self, user, item: Publication, revision) -> list[str]:
        """The steps that fit the item's state and the user's rights."""
        writes, publishes = permissions.may_write(user, item), permissions.may_publish(user, item)
        state = revision.state if revision else item.status
        fitting = {
            "publish": state in (Status.DRAFT, Status.REVIEW, Status.ARCHIVED) and permissions.may_approve(user, item),
            "submit": writes and state == Status.DRAFT and permissions.is_reviewed(item),
            "take_back": writes and state == Status.REVIEW,
            "send_back": publishes and state == Status.REVIEW,
            "confirm": publishes and item.status == Status.PUBLISHED and not revision,
            "discard": bool(revision and revision.row is not None) and (publishes or (writes and revision.author == user)),
            "archive": publishes and not (revision and revision.row is not None) and item.status != Status.ARCHIVED,
            "reopen": writes and item.status == Status.ARCHIVED,
            "delete": item.status != Status.PUBLISHED and user.has_perm(f"faults.delete_{self.opts.model_name}"),
        }
        return [step for step, fits in fitting.items() if fits]

    def _readiness(self, item: Publication, revision) -> list:
        """Of what will be published next."""
        if not revision or revision.row is None:
            return readiness_of(item)
        try:
            with dry_run():
                return readiness_of(apply_revision(item.pk, revision))
        except Unusable as error:
            return [Problem("", str(error), RED)]

    def version_seen(self, data, item: Publication) -> Change | None:
        """The item's change that was its last for whoever sent the data; None for nonsense."""
        return Change.objects.of(item).filter(pk__lte=seen_in(data)).first()

    def changed_since(self, data, item: Publication) -> list:
        """What is different from the version that the data say was seen."""
        opened = self.version_seen(data, item)
        return differences(kind_of(item), opened.row if opened else {}, current_row(item), display_names())
