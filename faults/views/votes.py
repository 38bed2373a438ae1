"""“有用没用” and “就是这个原因”: said in a form, answered with a piece of the page, or with a page of its own without JavaScript."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from faults import desk_words
from faults.editing.history import version_read
from faults.models import Cause, Change, Fault, Reason, Solved
from faults.usage import votes
from faults.views.visitors import remember, same_origin, visitor_of
from posdesk.masking import MIN_DIGITS, count_digits, has_card_number, mask_card_numbers
from posdesk.numbers import whole_number
from posdesk.rate_limits import client_id, within_limit, within_shared_limit

MOST_A_MINUTE = 60  # from one address
SHOWN_AGAIN = 400  # characters of a field that is refused
TOO_MANY = _("一分钟里说的太多了，请过一会儿再点。您写的还在。")


class VoteForm(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", _("有用")), ("no", _("没用"))])
    reason = forms.ChoiceField(choices=[("", ""), *Reason.choices], required=False)
    words = forms.CharField(
        max_length=300, required=False, strip=True, error_messages={"max_length": _("太长了，最多%(limit_value)d个字。")}
    )


class SolvedForm(forms.Form):
    case_number = forms.CharField(
        max_length=Solved._meta.get_field("case_number").max_length,
        required=False,
        strip=True,
        error_messages={"max_length": _("工单号最多%(limit_value)d个字。")},
    )

    def clean_case_number(self) -> str:
        given = self.cleaned_data["case_number"]
        if has_card_number(given) or count_digits(given) >= MIN_DIGITS:
            raise ValidationError(_("数字太多，像一个卡号。这里不要写卡号；工单号太长，就只写后几位。"))
        return given


@require_http_methods(["GET", "POST"])
@same_origin
def helpful(request: HttpRequest, number: int) -> HttpResponse:
    """Takes whether an entry helped; for a no also why, now or in a second step."""
    fault = _readable(request, number=number)
    if request.method == "GET":
        return redirect(fault)
    form, visitor = VoteForm(request.POST), visitor_of(request)
    is_accepted = _is_accepted(request, form, "votes")
    if is_accepted:
        submitted = form.cleaned_data
        votes.vote(fault, _version(request, fault), visitor, submitted["answer"] == "yes", submitted["reason"], submitted["words"])
    return _answer(request, "vote", visitor, is_accepted, {"fault": fault, "form": form, "reasons": Reason.choices})


@require_http_methods(["GET", "POST"])
@same_origin
def solved(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes that a cause was the one; the case's number now or in a second step."""
    cause = Cause.objects.filter(pk=pk).select_related("fault").first()
    if cause is None or not Fault.visible_to(request.user).filter(pk=cause.fault_id).exists():
        raise Http404(_("这个原因已经改掉了。请打开条目，看现在的写法。"))
    if request.method == "GET":
        return redirect(cause.fault)
    form, visitor = SolvedForm(request.POST), visitor_of(request)
    is_accepted = _is_accepted(request, form, "solved")
    if is_accepted:
        votes.solved(cause, _version(request, cause.fault), visitor, form.cleaned_data["case_number"])
    desk_words.fill_rows([cause])
    return _answer(request, "solved", visitor, is_accepted, {"fault": cause.fault, "cause": cause, "form": form})


def _readable(request: HttpRequest, number: int) -> Fault:
    fault = Fault.visible_to(request.user).filter(number=number).first()
    if fault is None:
        raise Http404(_("没有%(number)s号条目。编号可能听错了，或者它已经下架。") % {"number": number})
    return fault


def _is_accepted(request: HttpRequest, form: forms.Form, what: str) -> bool:
    """Whether it makes sense and isn't too much; the form says so otherwise. What makes no sense is counted too."""
    who = client_id(request)
    if not within_limit(who, what, MOST_A_MINUTE) or (form.is_valid() and not within_shared_limit(who, what, MOST_A_MINUTE)):
        form.add_error(None, TOO_MANY)
    return form.is_valid()


def _version(request: HttpRequest, fault: Fault) -> int:
    """The version that was read, as the page said; what now stands there if the page said none of this entry's."""
    said = whole_number(request.POST.get("version"))
    is_known = said is not None and Change.objects.of(fault).filter(pk=said, is_pending=False).exists()
    return said if is_known else version_read(fault)


def _answer(request: HttpRequest, name: str, visitor: str, is_accepted: bool, context: dict) -> HttpResponse:
    """The piece of the page for htmx, which shows no answer with an error's status; otherwise a page around it."""
    submitted = {
        key: mask_card_numbers(request.POST.get(key, ""), most=SHOWN_AGAIN)
        for key in ("answer", "reason", "words", "case_number", "version")
    }
    context |= {"is_accepted": is_accepted, "submitted": submitted, "piece": f"_partials/{name}_result.html"}
    template, status = (context["piece"], 200) if request.htmx else ("feedback.html", 200 if is_accepted else 400)
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    if is_accepted:
        remember(request, response, visitor)
    return response
