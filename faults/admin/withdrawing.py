"""What archiving and deleting ask first: what leads to the item, and where it can be brought back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from faults.editing.revisions import revision_of
from faults.models import Fault, Judgment, Note, Publication, RelatedFault, ReturnCode, Status, Term, Wording
from faults.search.documents import name_of

ASKED = ("archive", "delete")
SHOWN = 50  # lines about what leads to an item; whoever takes out more at a time is told how many there are


@dataclass(frozen=True)
class Reference:
    """`source` leads to `item`: `how` says in which way."""

    item: Publication
    how: str
    source: Model


def references_to(items: list[Publication]) -> list[Reference]:
    """What leads to the items, which are of one kind, from outside of them; in a fixed number of queries."""
    find = _REFERENCES.get(type(items[0])) if items else None
    leaving = set(items)
    return [one for one in find({item.pk: item for item in items}) if one.source not in leaving] if find else []


def _to_faults(by_id: dict) -> list[Reference]:
    links = RelatedFault.objects.filter(other__in=by_id).select_related("fault").order_by("fault__number")
    merged = Fault.everything.filter(merged_into__in=by_id).order_by("number")
    codes = Fault.codes.through.objects.filter(fault__in=by_id).select_related("returncode__scheme").order_by("returncode")
    judgments = Judgment.objects.filter(fault__in=by_id)
    return [
        *(Reference(by_id[link.other_id], _("相关条目"), link.fault) for link in links),
        *(Reference(by_id[one.merged_into_id], _("并到这一条里"), one) for one in merged),
        *(Reference(by_id[one.fault_id], _("码的页面列着它"), one.returncode) for one in codes),
        *(Reference(by_id[one.fault_id], _("记着该找到它"), one) for one in judgments),
        *_words_on(by_id),
    ]


def _to_codes(by_id: dict) -> list[Reference]:
    faults = Fault.codes.through.objects.filter(returncode__in=by_id).select_related("fault").order_by("fault__number")
    confused = ReturnCode.confused_with.through.objects.filter(to_returncode__in=by_id).select_related("from_returncode__scheme")
    same = {row.code: row for row in by_id.values()}
    judgments = Judgment.objects.filter(code__in=same)
    return [
        *(Reference(by_id[one.returncode_id], _("条目写着这个码"), one.fault) for one in faults),
        *(Reference(by_id[one.to_returncode_id], _("说容易和它弄混"), one.from_returncode) for one in confused),
        *(Reference(same[one.code], _("记着该找到它"), one) for one in judgments),
        *_words_on(by_id),
    ]


def _words_on(by_id: dict) -> list[Reference]:
    names = {name_of(item): item for item in by_id.values()}
    said = Wording.everything.exclude(status=Status.ARCHIVED).filter(name__in=names)
    notes = Note.everything.exclude(status=Status.ARCHIVED).filter(about__in=names)
    return [
        *(Reference(names[one.name], _("来电的人这样说它"), one) for one in said),
        *(Reference(names[one.about], _("写在它上面"), one) for one in notes),
    ]


_REFERENCES: dict[type, Callable] = {Fault: _to_faults, ReturnCode: _to_codes, Term: _words_on}


class WithdrawMixin:
    def get_urls(self):
        view, name = self.admin_site.admin_view, f"faults_{self.opts.model_name}"
        return [path("<int:pk>/ask/<slug:decision>/", view(self.ask_view), name=f"{name}_ask"), *super().get_urls()]

    def ask_view(self, request, pk: int, decision: str):
        """Asks once whether the step of that name shall be taken. What was sent along goes on to the step."""
        item = self.item_or_404(request, pk)
        if decision not in ASKED or decision not in self._steps(request.user, item, revision_of(item)):
            raise PermissionDenied(_("这一步现在做不了，或者您没有权限。请回到这一条再看。"))
        sent = [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "why")]
        address = reverse(f"admin:faults_{self.opts.model_name}_step", args=[pk, decision])
        return self.ask_page(request, decision, [item], sent, {"original": item, "address": address, "why": request.POST.get("why", "")})

    def ask_page(self, request, step: str, items: list[Publication], sent: list[tuple[str, str]], more: dict) -> TemplateResponse:
        """The page that asks whether to take the step with these items. `sent`: what goes on with the answer."""
        found = references_to(items)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "step": step, "label": self.STEPS[step][0], "items": items}
        context |= {"references": found[:SHOWN], "unlisted": len(found[SHOWN:]), "sent": sent, **more}
        context["title"] = _("%(step)s：确认一下") % {"step": context["label"]}
        return TemplateResponse(request, "admin/knowledge/ask.html", context)
