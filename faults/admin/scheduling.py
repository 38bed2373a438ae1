"""定时发布、定时下架: a page that sets a time for a step of the gate, or takes it back, and what the desk says of it."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.admin.seen import seen_in
from faults.editing import permissions, publishing, scheduling
from faults.editing.history import last_change
from faults.editing.revisions import lock
from faults.models import GateStep, Publication, ScheduledStep

TO_THE_MINUTE = "%Y-%m-%dT%H:%M"  # as browsers send it


class ScheduleForm(forms.Form):
    """Which step, and when, by the clock of the site."""

    step = forms.ChoiceField(label=gettext_lazy("做什么"), choices=GateStep.choices)
    at = forms.DateTimeField(
        label=gettext_lazy("什么时候"),
        input_formats=[TO_THE_MINUTE, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("请写成年-月-日 时:分，例如 2027-01-31 08:00。")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TO_THE_MINUTE),
    )
    why = forms.CharField(label=gettext_lazy("为什么"), required=False, max_length=200)


class ScheduleMixin:
    """Stands before WorkflowMixin, whose page around the form tells what is set."""

    def get_urls(self):
        name = f"faults_{self.opts.model_name}_schedule"
        return [path("<int:pk>/schedule/", self.admin_site.admin_view(self.schedule_view), name=name), *super().get_urls()]

    def desk_context(self, request, object_id: str | None) -> dict:
        context = super().desk_context(request, object_id)
        if "item" not in context:
            return context
        scheduled = [(one, one.step == GateStep.PUBLISH and one.has_new_words) for one in ScheduledStep.objects.of(context["item"])]
        return context | {"scheduled": scheduled, "may_schedule": permissions.may_publish(request.user, context["item"])}

    def schedule_view(self, request, pk: int):
        """What is set, and a form to set it or take it back."""
        item = self.item_or_404(request, pk)
        if not permissions.may_publish(request.user, item):
            raise PermissionDenied
        form = ScheduleForm(request.POST if "at" in request.POST else None)
        if request.method == "POST" and ("cancel" in request.POST or form.is_valid()) and self._schedule(request, item, form):
            return HttpResponseRedirect(self.change_url(item))
        context = {"title": _("定时发布或下架：%(item)s") % {"item": item}, "opts": self.opts, "original": item, "form": form}
        context |= {"scheduled": ScheduledStep.objects.of(item), "seen": last_change(item), "now": timezone.localtime()}
        return TemplateResponse(request, "admin/knowledge/schedule.html", self.admin_site.each_context(request) | context)

    def _schedule(self, request, item: Publication, form: ScheduleForm) -> bool:
        """Sets what was typed, or takes back what was chosen. Returns whether it is done; else a message says why it isn't."""
        try:
            with transaction.atomic():
                item = lock(item)
                publishing.require_seen(item, seen_in(request.POST))
                if "cancel" in request.POST:
                    scheduling.cancel(item, request.user, request.POST["cancel"])
                    said = _("已取消定时：%(item)s") % {"item": item}
                else:
                    one = scheduling.schedule(item, request.user, **form.cleaned_data)
                    said = f"{planned(GateStep(one.step), one.at)}：{item}"
        except (publishing.Refused, PermissionDenied) as error:
            messages.error(request, str(error))
            return False
        messages.success(request, said)
        return True


def times_of(kind: str) -> dict[str, Subquery]:
    """Annotations for items of the kind: when each step is taken, None if nobody has set it."""
    waiting = ScheduledStep.objects.waiting().filter(kind=kind, item_id=OuterRef("pk"))
    return {f"{step}_at": Subquery(waiting.filter(step=step).values("at")) for step in GateStep.values}


def with_times(said: str, item: Publication) -> str:
    """The item's state, as said, and what will be done with it when; the item has the annotations."""
    for step in GateStep:
        if at := getattr(item, f"{step}_at"):
            said = format_html('{} <small class="desk-dim">{}</small>', said, planned(step, at))
    return said


def planned(step: GateStep, at: datetime) -> str:
    """When the step will be taken, in words."""
    return _("定于%(at)s%(step)s") % {"at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}", "step": step.label}
