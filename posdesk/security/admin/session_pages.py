"""Where one is signed in, and where a colleague is: a list, and the end of what was chosen, with one's own password."""

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posdesk.security import session_list
from posdesk.security.admin.reauthentication import PasswordForm, wrong_answer


def own(request) -> HttpResponse:
    """One's own sessions."""
    return look_after(request, request.user)


def look_after(request, person) -> HttpResponse:
    """The person's sessions. Ends those that were ticked, if the password is that of whoever asks."""
    sessions = session_list.list_sessions(person, current_key=request.session.session_key)
    form = PasswordForm(request.POST or None)
    chosen = {session.public_id for session in sessions if not session.is_current} & set(request.POST.getlist("session"))
    if form.is_valid() and (answer := _asked(request, person, form, chosen)):
        return answer
    context = {
        "title": _("登录在哪里"),
        "person": person,
        "is_own": person == request.user,
        "form": form,
        "sessions": sessions,
        "chosen": chosen,
    }
    return TemplateResponse(request, "admin/security/sessions.html", admin.site.each_context(request) | context)


def _asked(request, person, form: PasswordForm, chosen: set[str]) -> HttpResponse | None:
    if not chosen:
        form.add_error(None, _("还没有选：请勾选要结束的登录。已经结束的不用再选。"))
        return None
    if not request.user.check_password(form.cleaned_data["password"]):
        return wrong_answer(request, form)
    ended = session_list.end_chosen(person, chosen, by=request.user)
    messages.success(request, ngettext("%(n)s处登录结束了。", "%(n)s处登录结束了。", ended) % {"n": ended})
    return HttpResponseRedirect(request.path)
