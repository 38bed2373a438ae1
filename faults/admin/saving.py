"""Saving an item: a draft is written straight, a published one is tried on, and what it would say becomes a revision."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from faults.admin.formset_data import align_formsets, count_rows, formset_names, submitted_ids
from faults.editing import permissions, publishing
from faults.editing.describe import snapshot
from faults.editing.edits import Unusable, apply_revision, apply_row, current_row, joined_texts, propose, record_edit, same_text
from faults.editing.history import last_change
from faults.editing.revisions import dry_run, lock, revision_of
from faults.models import Action, Note, Publication, Revision, Status
from faults.models.word_lists import WordList

BOTH = _lazy(
    "您打开以后，别人改过这一条。您写的都还在下面，没有保存；别人改了什么，列在下面，您没动过的地方已经换成别人的话。看过再保存一次。"
)


@contextmanager
def as_get(request) -> Iterator[None]:
    """Within, the request asks for the form and sends none."""
    request.method = "GET"
    try:
        yield
    finally:
        request.method = "POST"


class SaveMixin:
    """The change form's way to the database. `request.inspect` is called with the item as saved, while it is."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        item = self.get_object(request, object_id) if object_id else None
        if request.method == "POST":
            return self._save_post(request, item, object_id, form_url, extra_context)
        if item and (revision := revision_of(item)) and revision.row is not None:
            return self._show_revision(request, revision, object_id, form_url, extra_context)
        return self._show_form(request, object_id, form_url, extra_context)

    def _show_revision(self, request, revision, object_id, form_url, extra_context):
        """The form with the words of the revision; if they can't be used, the page that says what they are and leads to its history."""
        try:
            with dry_run():
                apply_revision(revision.item_id, revision)
                return self._show_form(request, object_id, form_url, extra_context)
        except Unusable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.review_url(revision.item_id))

    def _show_form(self, request, object_id, form_url, extra_context):
        context = (extra_context or {}) | self.desk_context(request, object_id)
        response = super().changeform_view(request, object_id, form_url, context)
        return response.render() if hasattr(response, "render") else response

    @transaction.atomic
    def _save_post(self, request, item, object_id, form_url, extra_context):
        item = item and lock(item)
        if item and (page := self._with_others_words(request, item, object_id, form_url, extra_context)):
            return page
        if item and item.status == Status.PUBLISHED:
            row, response = self.dry_run_form(request, item, snapshot)
            if row is None:
                return response
            item = self.get_object(request, object_id)
            propose(item, row, request.user, Action.CHANGED, request.POST.get("why", ""))
            return self._answer(request, item)
        before = snapshot(item) if item else {}
        request.inspect = lambda saved: self._record(request, saved, before)
        response = self._submit_form(request, item, object_id, form_url, extra_context)
        if request.inspected is None:
            transaction.set_rollback(True)
            return response
        return self._answer(request, request.inspected) if "_popup" not in request.POST else response

    def _with_others_words(self, request, item: Publication, object_id, form_url, extra_context):
        """If somebody changed the item since the form was opened: the form with what was typed, and theirs in what was left alone.

        None if nobody did, or if what was typed can't be saved: then the form comes back as it was sent.
        """
        if (last := self._clash(request, item)) is None:
            return None
        opened, posted = self.version_seen(request.POST, item), request.POST
        request.POST = posted.copy()
        request.POST["seen"] = str(last)
        typed, _response = self.dry_run_form(request, item, snapshot)
        request.POST, request.meanwhile = posted, self.changed_since(posted, item)
        if typed is None or opened is None:
            return None
        row = joined_texts(opened.row, current_row(item), typed)
        messages.warning(request, BOTH)
        with dry_run(), as_get(request):
            apply_row(self.get_object(request, object_id), row)
            return self._show_form(request, object_id, form_url, extra_context)

    def _record(self, request, item: Publication, before: dict) -> Publication:
        """Writes down what was saved; who changed no word has written nothing."""
        if before and same_text(snapshot(item), before):
            return item
        return record_edit(item, request.user, Action.CHANGED if before else Action.CREATED, request.POST.get("why", ""))

    def dry_run_form(self, request, item: Publication | None, inspect):
        """Saves the posted form, looks at the item as saved, and undoes it.

        Returns what was seen, None if the form was refused, and the answer to the browser.
        """
        request.inspect = inspect
        with dry_run():
            response = self._submit_form(request, item, str(item.pk) if item else None)
        return request.inspected, response

    def _submit_form(self, request, item, object_id, form_url="", extra_context=None):
        request.inspected, request.clash = None, self._clash(request, item)
        if request.clash is not None:
            request.meanwhile = self.changed_since(request.POST, item)
        context = (extra_context or {}) | self.desk_context(request, object_id)
        request.POST = align_formsets(request.POST, item) if item else count_rows(request.POST)
        if item:
            self._drop_parts(request, item)
        response = super().changeform_view(request, object_id, form_url, context)
        return response.render() if hasattr(response, "render") else response

    def _clash(self, request, item: Publication | None) -> int | None:
        """The last change of the item, if it isn't the one that the form was made from."""
        if item is None or (last := last_change(item)) == 0 or request.POST.get("seen") == str(last):
            return None
        return last

    def _drop_parts(self, request, item: Publication) -> None:
        """Of a published item, what is tried on has the posted parts and no others."""
        if item.status != Status.PUBLISHED or request.clash is not None:
            return
        for name in formset_names(request.POST, "", self.model):
            getattr(item, name).exclude(pk__in=submitted_ids(request.POST, name)).delete()

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change, **options)
        form.clash = getattr(request, "clash", None)
        form.typed_why = request.POST.get("why", "")
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.inspected = request.inspect(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(request, obj) if "_popup" in request.POST else HttpResponseRedirect(".")

    def response_change(self, request, obj):
        return HttpResponseRedirect(".")  # what is said depends on what becomes of it: see _answer

    def _answer(self, request, item: Publication):
        """Goes on to the step that was asked for, and says what happened."""
        step = next((name for name in ("submit", "publish") if f"_{name}" in request.POST), None)
        if step is None and isinstance(item, WordList | Note) and item.status == Status.DRAFT and not permissions.is_reviewed(item):
            step = "publish"
        waits = item.status == Status.PUBLISHED and revision_of(item) is not None
        said = _("已保存为待发布的修改，读者看到的还是原来的。") if waits else _("已保存。")
        if waits and not permissions.is_reviewed(item):
            step = step or "publish"  # what crosses a red line waits, where nothing else does; it says why
        if step is None and Revision.objects.of(item).in_review().exists():
            said += _("它已经提交了，复核的人会看到提交以后又改了什么。")
        if step is None:
            messages.success(request, said)
        elif error := self.take_step(request, item, step, last_change(item)):
            messages.warning(request, f"{said}{error}")
        return HttpResponseRedirect(self.change_url(item))

    def take_step(self, request, item: Publication, step: str, seen: int) -> Exception | None:
        """Takes a step of the gate and says so. `seen`: the newest change that the user knows. Returns why it was refused."""
        try:
            with transaction.atomic():
                item = lock(item)
                publishing.require_seen(item, seen)
                getattr(publishing, step)(item, request.user, request.POST.get("why", ""))
        except (publishing.Refused, PermissionDenied) as error:
            return error
        messages.success(request, self.STEPS[step][1] % {"item": item})
        return None
