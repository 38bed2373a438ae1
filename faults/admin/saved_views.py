"""Saved views of a list: a filter, an order and a search under a name, one's own or shared with the desk, one click away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.models import SavedView
from faults.models.saved_views import MOST_CHARACTERS
from faults.text.normalize import normalized
from posdesk.masking import has_card_number
from posdesk.numbers import whole_number

MOST = 50  # of one person, in one list
NOT_KEPT = {"p", "e", "all", "_facets", "_popup", "_to_field"}  # of one showing of the list


def kept_query(query: QueryDict) -> str:
    """What makes the list what it is, in one order: equal lists have equal queries."""
    kept = QueryDict(mutable=True)
    for name in sorted(query.keys() - NOT_KEPT):
        if values := [value for value in query.getlist(name) if value]:
            kept.setlist(name, values)
    return kept.urlencode()


class SavedViewsMixin:
    list_before_template = "admin/knowledge/_saved_views.html"

    def get_urls(self):
        name = f"faults_{self.opts.model_name}_views"
        return [path("views/", self.admin_site.admin_view(require_POST(self.views_view)), name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        views = [(one, one.may_be_changed_by(request.user)) for one in SavedView.objects.of(request.user, self.kind)]
        context = {"saved_views": views, "view_query": kept_query(request.GET)}
        context["may_change_views"] = any(may_change for _one, may_change in views)
        context["is_saved"] = any(one.query == context["view_query"] for one, _may_change in views)
        return super().changelist_view(request, (extra_context or {}) | context)

    def views_view(self, request):
        """Saves, renames or deletes a view, and goes back to the list as it was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = kept_query(QueryDict(request.POST.get("query", "")[: 2 * MOST_CHARACTERS]))
        said, refused = self._delete(request) if "delete" in request.POST else self._save(request, query)
        messages.error(request, refused) if refused else messages.success(request, said)
        address = reverse(f"admin:faults_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _save(self, request, query: str) -> tuple[str, str]:
        """Makes a view of the query, or gives one that is there another name. Returns what to say, and why it wasn't done."""
        name, view = normalized(request.POST.get("name", "")), self._named_in(request)
        if "view" in request.POST and view is None:
            return "", _("这个筛选已经不在了。")
        if refused := self._refusal(request.user, name, view.query if view else query, view is None):
            return "", refused
        view = view or SavedView(kind=self.kind, owner=request.user, query=query)
        view.name, view.is_shared = name, "is_shared" in request.POST
        try:
            with transaction.atomic():
                view.save()
        except IntegrityError:
            return "", _("您已经有叫“%(name)s”的筛选了，请换个名字。") % {"name": name}
        return _("已存下筛选“%(name)s”。") % {"name": name}, ""

    def _delete(self, request) -> tuple[str, str]:
        view = self._named_in(request)
        if view is None:
            return "", _("这个筛选已经不在了。")
        view.delete()
        return _("已删除筛选“%(name)s”。") % {"name": view.name}, ""

    def _named_in(self, request) -> SavedView | None:
        """The view that the form is about, if there is one. Raises PermissionDenied for another's."""
        pk = whole_number(request.POST.get("view"))
        view = SavedView.objects.of(request.user, self.kind).filter(pk=pk).first() if pk is not None else None
        if view and not view.may_be_changed_by(request.user):
            raise PermissionDenied
        return view

    def _refusal(self, user, name: str, query: str, is_new: bool) -> str:
        """Why a view isn't saved; empty if it can be."""
        if not 1 <= len(name) <= SavedView._meta.get_field("name").max_length:
            return _("请起个名字，40个字以内。")
        if not query:
            return _("现在没有筛选，没有什么要存。先筛选、排序或查找，再存。")
        if len(query) > MOST_CHARACTERS:
            return _("筛选太长了，存不下。请少选几项。")
        if any(has_card_number(text) for text in (name, *QueryDict(query).dict().values())):
            return _("这里有一串像卡号的数字。卡号不能存，请只留后四位。")
        if is_new and SavedView.objects.filter(owner=user, kind=self.kind).count() >= MOST:
            return _("存得太多了，最多%(most)s个。请先删掉几个。") % {"most": MOST}
        return ""
