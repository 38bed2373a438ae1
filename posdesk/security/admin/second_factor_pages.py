"""The pages of the second factor: enter the code, set it up, look after it, and reset a colleague's."""

from base64 import b32encode

import segno
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from unfold.widgets import UnfoldAdminTextInputWidget

from posdesk.security import second_factor
from posdesk.security.admin.reauthentication import PasswordForm, wrong_answer
from posdesk.security.second_factor_middleware import SET_UP

WRONG = gettext_lazy("不对。请等下一个新的码再输；错了几次，要多等一会儿才能再试。")
_CODE = {"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    """A code from the telephone, or a recovery code where one may be used."""

    code = forms.CharField(label=gettext_lazy("动态码"), max_length=40, widget=UnfoldAdminTextInputWidget(attrs=_CODE))


class SetUpForm(PasswordForm):
    """The password, and the code that shows that the telephone has the secret."""

    code = forms.CharField(label=gettext_lazy("手机上现在显示的六位数"), max_length=40, widget=UnfoldAdminTextInputWidget(attrs=_CODE))


@never_cache
def enter(request):
    """The second step of signing in."""
    if not request.password_user.is_authenticated or not request.missing_step:
        return HttpResponseRedirect(_next(request))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.verify(request, form.cleaned_data["code"]):
            return HttpResponseRedirect(_next(request))
        if answer := wrong_answer(request, form, "code", WRONG):
            return answer
    return _page(request, "enter_code", {"title": _("两步登录"), "form": form, "next": _next(request)})


@never_cache
def set_up(request):
    """Shows the secret until a code proves that the telephone has it; then, once, the recovery codes."""
    person = request.password_user
    if not person.is_staff or request.missing_step not in ("", SET_UP):
        return HttpResponseRedirect(reverse("admin:login"))
    if second_factor.is_set_up(person):
        return HttpResponseRedirect(reverse("second_factor"))
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        is_theirs = person.check_password(form.cleaned_data["password"])
        if is_theirs and (codes := second_factor.confirm(request, form.cleaned_data["code"])):
            return _codes(request, codes)
        if answer := wrong_answer(request, form, "code", WRONG) if is_theirs else wrong_answer(request, form):
            return answer
    device = second_factor.unconfirmed_device(person)
    context = {
        "title": _("设置两步登录"),
        "form": form,
        "secret": _secret(device),
        "qr": _qr(device),
        "is_asked": bool(request.missing_step),
    }
    return _page(request, "set_up", context)


def look_after(request):
    """Whether it is set up; with a fresh code, new recovery codes or none at all any more."""
    if not second_factor.is_set_up(request.user):
        return HttpResponseRedirect(reverse("second_factor_set_up"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.matching_device(request.user, form.cleaned_data["code"]):
            return _do(request)
        if answer := wrong_answer(request, form, "code", WRONG):
            return answer
    context = {"title": _("两步登录"), "form": form, "left": second_factor.recovery_codes_left(request.user)}
    return TemplateResponse(request, "admin/security/manage.html", admin.site.each_context(request) | context)


def _do(request) -> HttpResponse:
    """What the button said."""
    if "renew" in request.POST:
        return _codes(request, second_factor.renew_recovery_codes(request.user, is_noted=True))
    second_factor.remove(request.user, except_key=request.session.session_key)
    messages.success(request, _("两步登录关掉了，您在别处的登录也都退出了。"))
    return HttpResponseRedirect(reverse("admin:index"))


def reset(request, person) -> HttpResponse:
    """Takes a colleague's second factor off, who has lost the telephone and the recovery codes, after asking once more."""
    if person == request.user:
        raise PermissionDenied(_("自己的两步登录，请用动态码在“两步登录”那一页关。"))
    back = HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))
    if not second_factor.is_set_up(person):
        return back
    if request.method == "POST":
        second_factor.remove(person, by=request.user)
        messages.success(request, _("%(name)s 的两步登录重置了，这个账号的登录都退出了。") % {"name": person})
        return back
    context = {"title": _("重置两步登录"), "person": person, "opts": person._meta}
    return TemplateResponse(request, "admin/security/reset.html", admin.site.each_context(request) | context)


def _page(request, name: str, context: dict) -> HttpResponse:
    return TemplateResponse(
        request, f"admin/security/{name}.html", admin.site.each_context(request) | {"person": request.password_user} | context
    )


def _codes(request, codes: list[str]) -> HttpResponse:
    """The only page that ever shows them."""
    return _page(request, "codes", {"title": _("备用码"), "codes": codes})


def _next(request) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else reverse("admin:index")


def _secret(device) -> str:
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _qr(device) -> str:
    """On white in the dark too: cameras need it."""
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=4, border=3, light="#fff", svgclass="desk-qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 (our own drawing)
