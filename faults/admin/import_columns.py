"""What the columns of a table are that somebody sent in: guessed, shown above its first rows, and set right there."""

from dataclasses import asdict, dataclass

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.editing.display_names import display_names
from faults.editing.transfer.headings import targets_of
from faults.editing.transfer.layout import DEFAULTS, Layout, exact, guess, laid_out, of_scheme, problems, two_of_a_kind
from faults.editing.transfer.stored import unpacked
from faults.editing.transfer.tables import GridRow, Table
from faults.editing.transfer.workbook import TITLES
from faults.models import Upload
from posdesk.numbers import whole_number

SHOWN = 5  # rows below the header


def send_again(request) -> HttpResponseRedirect:
    """For what an earlier version kept, which can't be read any more."""
    messages.error(request, _("这份表是升级以前传上来的，请重新上传。"))
    return HttpResponseRedirect(reverse("transfer"))


@permission_required("faults.import_knowledge", raise_exception=True)
def columns(request, pk: int):
    """Asks what each column is; a POST keeps the answer and leads to the plan, or says what is missing.

    POST: per table its `kind`, `header`, `column`s and `default`s, as _sent reads them; or `scheme` alone: whose all codes are.
    """
    upload = get_object_or_404(Upload, pk=pk, made_by=request.user)
    try:
        tables = unpacked(bytes(upload.data))
    except ValueError:
        return send_again(request)
    names = display_names()
    layouts = _layouts(upload, tables, names)
    if request.method != "POST":
        return _page(request, upload, tables, layouts, names, [])
    if (scheme := request.POST.get("scheme")) in names["scheme"]:
        return _kept(upload, [of_scheme(layout, scheme) for layout in layouts])
    sent = [_sent(request.POST, place, table, names, upload.name) for place, table in enumerate(tables)]
    if any(is_anew for _layout, is_anew in sent):
        return _page(request, upload, tables, [layout for layout, _is_anew in sent], names, [], is_anew=True)
    layouts = [layout for layout, _is_anew in sent]
    said = _wrong(tables, layouts)
    return _page(request, upload, tables, layouts, names, said) if said else _kept(upload, layouts)


def _layouts(upload: Upload, tables: list[Table], names) -> list[Layout]:
    if upload.layouts:
        return [Layout(**one) for one in upload.layouts]
    return [exact(table) or guess(table, names["scheme"], upload.name) for table in tables]


def _sent(data: QueryDict, place: int, table: Table, names, hint: str) -> tuple[Layout, bool]:
    """The layout that was sent, and whether it is a new one: its columns were chosen for another kind or header."""
    kind, header = data.get(f"kind-{place}", ""), whole_number(data.get(f"header-{place}", "")) or 0
    kind = kind if kind in TITLES else ""
    if header not in {row.number for row in table.rows}:
        header = guess(table).header
    was_kind, _colon, was_header = data.get(f"laid-{place}", "").partition(":")
    if kind and (kind, str(header)) != (was_kind, was_header):
        return laid_out(table, kind, None if str(header) == was_header else header, names["scheme"], hint), True
    chosen = [data.get(f"column-{place}-{column}", "") for column in range(table.width)]
    known = targets_of(kind) if kind else ()
    given = {key: data.get(f"default-{place}-{key}") for key in DEFAULTS.get(kind, ())}
    defaults = {key: value for key, value in given.items() if value in names[key]}
    return Layout(kind, header, [target if target in known else "" for target in chosen], defaults), False


def _wrong(tables: list[Table], layouts: list[Layout]) -> list[str]:
    said = [sentence for table, layout in zip(tables, layouts, strict=True) for sentence in problems(table, layout)]
    if not any(layout.kind for layout in layouts):
        said.append(_("一张表也没选。请选要导入的表是什么。"))
    return said + two_of_a_kind(tables, layouts)


def _kept(upload: Upload, layouts: list[Layout]) -> HttpResponseRedirect:
    upload.layouts = [asdict(layout) for layout in layouts]
    upload.save(update_fields=["layouts"])
    return HttpResponseRedirect(reverse("transfer_plan", args=[upload.pk]))


@dataclass(frozen=True)
class _Shown:
    """One table on the page. `columns`: of each its heading and what it is; `above`: what stands above the header."""

    table: Table
    layout: Layout
    targets: list[str]
    columns: list[tuple[str, str]]
    above: list[str]
    rows: list[tuple[int, list[str]]]
    defaults: list[tuple[str, str, str, dict[str, str], str]]


def _shown(table: Table, layout: Layout, names) -> _Shown:
    header, width = layout.header_of(table), range(table.width)
    above = [text for row in table.rows if row.number < layout.header for text in dict.fromkeys(row.texts) if text]
    below = [row for row in table.rows if row.number > layout.header and row.texts != header.texts][:SHOWN]
    targets = layout.targets + [""] * (table.width - len(layout.targets))
    return _Shown(
        table,
        layout,
        targets_of(layout.kind) if layout.kind else [],
        [(header.text(place), targets[place]) for place in width],
        above,
        [(row.number, _texts(row, width)) for row in below],
        [(key, *_asked()[key], names[key], layout.defaults.get(key, "")) for key in DEFAULTS.get(layout.kind, ())],
    )


def _texts(row: GridRow, width: range) -> list[str]:
    return [row.text(place) for place in width]


def _asked() -> dict[str, tuple[str, str]]:
    """What is asked for a whole table, and what the answer is for."""
    return {
        "scheme": (_("是谁家的码表"), _("没有“码表”这一列、或者格子空着时用。")),
        "retry": (_("能不能重试"), _("新增的码没写时先填这个。")),
        "category": (_("类别"), _("新增的条目没写时先填这个。")),
        "actor": (_("谁来处理"), _("“处理办法”这一列由谁来做。")),
    }


def _page(request, upload: Upload, tables, layouts, names, wrong: list[str], is_anew: bool = False):
    shown = [_shown(table, layout, names) for table, layout in zip(tables, layouts, strict=True)]
    context = {"title": _("每一列是什么"), "upload": upload, "tables": shown, "kinds": TITLES, "wrong": wrong, "is_anew": is_anew}
    return TemplateResponse(request, "admin/transfer/columns.html", admin.site.each_context(request) | context)
