"""Tables out and in: export, a template, and import in two steps: the plan, then all of it or nothing."""

from collections.abc import Generator, Iterator
from typing import TypeVar

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from faults.admin import import_columns
from faults.admin.plan_page import listed
from faults.editing import exporting
from faults.editing.import_planning import planning
from faults.editing.importing import PlanChanged, apply
from faults.editing.publishing import Refused
from faults.editing.transfer.layout import Layout
from faults.editing.transfer.stored import packed, unpacked
from faults.editing.transfer.workbook import TITLES, CellTooLong, Sheet, arranged, own_layouts
from faults.forms import UploadForm
from faults.models import AuditEvent, Upload
from posdesk.database_errors import DATABASE_ERRORS, message_for
from posdesk.security.audit import record_event
from posdesk.security.export_limits import limit_exports
from posdesk.stored_language import in_stored_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAYINGS = 100  # how often progress is told
T = TypeVar("T")


def _page(request, template: str, context: dict):
    return TemplateResponse(request, template, admin.site.each_context(request) | {"title": _("导入和导出")} | context)


def transfer(request):
    """What can be taken out, and where a table is handed in."""
    may_import, may_export = (request.user.has_perm(f"faults.{name}_knowledge") for name in ("import", "export"))
    if not (may_import or may_export):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_import:
            raise PermissionDenied
        if form.is_valid():
            Upload.objects.stale().delete()
            upload = Upload.objects.create(name=form.cleaned_data["file"].name[:120], data=packed(form.tables), made_by=request.user)
            known = own_layouts(form.tables)
            return HttpResponseRedirect(reverse("transfer_plan" if known else "transfer_columns", args=[upload.pk]))
    context = {"form": form, "titles": TITLES, "may_import": may_import, "may_export": may_export}
    return _page(request, "admin/transfer/transfer.html", context)


@permission_required("faults.export_knowledge", raise_exception=True)
@limit_exports
def export(request, form: str):
    """The knowledge as a workbook, or one kind of it as CSV."""
    kind = request.GET.get("kind", "fault")
    if form not in ("xlsx", "csv") or kind not in TITLES:
        raise Http404
    try:
        data = exporting.as_xlsx() if form == "xlsx" else exporting.as_csv(kind)
    except CellTooLong as error:
        messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("transfer"))
    return _file(data, f"posdesk-{timezone.localdate()}{'' if form == 'xlsx' else f'-{kind}'}.{form}")


@permission_required("faults.import_knowledge", raise_exception=True)
def template(request):
    """An empty workbook with every column explained."""
    return _file(exporting.template(), "posdesk-template.xlsx")


def _file(data: bytes, name: str) -> HttpResponse:
    kind = XLSX if name.endswith("xlsx") else "text/csv; charset=utf-8"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@permission_required("faults.import_knowledge", raise_exception=True)
def plan(request, pk: int):
    """What the import would do; a POST carries it out. Both tell how far they are, without script: the page comes in pieces."""
    upload = get_object_or_404(Upload, pk=pk, made_by=request.user)
    try:
        tables = unpacked(bytes(upload.data))
    except ValueError:
        return import_columns.send_again(request)
    layouts = [Layout(**one) for one in upload.layouts] or own_layouts(tables)
    if not layouts:
        return HttpResponseRedirect(reverse("transfer_columns", args=[pk]))
    sheets = arranged(tables, layouts)
    may_publish = request.user.has_perms(["faults.publish", "faults.approve_own"])
    if request.method != "POST":
        return _in_pieces(request, _planned(request, upload, sheets, may_publish))
    overwrite = frozenset(request.POST.getlist("overwrite"))
    steps = apply(
        sheets, request.POST.get("fingerprint", ""), request.user, upload.name, may_publish and "publish" in request.POST, overwrite
    )
    return _in_pieces(request, _told(request, upload, steps))


def _in_pieces(request, pieces: Iterator[str]) -> StreamingHttpResponse:
    """The page as it is made, not when it is done: compression and nginx would hold it back."""
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return StreamingHttpResponse(pieces, headers={"X-Accel-Buffering": "no"})


def _planned(request, upload: Upload, sheets: list[Sheet], may_publish: bool) -> Iterator[str]:
    """The page, with how much is compared, and then the plan."""
    head, tail = _head_and_tail(request, "planning", _("导入和导出"))
    yield head
    try:
        made = yield from _shown(planning(sheets))
        context = {"upload": upload, "plan": made, "may_publish": may_publish, **listed(request, made)}
        yield render_to_string("admin/transfer/_plan.html", context, request)
    except DATABASE_ERRORS as error:
        yield format_html('<p class="desk-note" role="alert">{}</p>', message_for(error))
    yield tail


def _head_and_tail(request, template: str, title: str) -> list[str]:
    context = admin.site.each_context(request) | {"title": title, "request": request}
    return render_to_string(f"admin/transfer/{template}.html", context, request).split("<!-- progress -->")


def _shown(steps: Generator[tuple[int, int], None, T]) -> Generator[str, None, T]:
    """A line for each hundredth of the work. Returns what the steps return."""
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        if done == total or done % max(total // SAYINGS, 1) == 0:
            yield format_html('<p class="desk-progress"><progress value="{0}" max="{1}"></progress> {0}/{1}</p>', done, total)


def _told(request, upload: Upload, steps) -> Iterator[str]:
    """The page, with a line for each hundredth of the work, and how it ended."""
    head, tail = _head_and_tail(request, "applying", _("导入：%(name)s") % {"name": upload.name})
    yield head
    yield format_html('<p class="desk-progress">{}</p>', _("正在核对计划……"))
    try:
        total = yield from _shown(steps)
    except (PlanChanged, PermissionDenied, Refused, ValidationError, LookupError, *DATABASE_ERRORS) as error:
        yield format_html('<p class="desk-note" role="alert">{}</p>', _("没有导入，什么也没改：%(said)s") % {"said": _why(error)})
    else:
        upload.delete()
        with in_stored_language():
            record_event(AuditEvent.IMPORTED, _("%(name)s，共%(total)s条") % {"name": upload.name, "total": total}, request=request)
        yield format_html('<p class="desk-ok" role="status">{}</p>', _("导入好了，共%(total)s条。") % {"total": total})
    yield tail


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "；".join(error.messages)
    return str(message_for(error) if isinstance(error, DATABASE_ERRORS) else error)
