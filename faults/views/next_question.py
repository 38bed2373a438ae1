"""The question on a page of results that isn't sure, and the addresses that answer it, take an answer back, or go straight on."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from faults import desk_words
from faults.models.questions import UNKNOWN
from faults.search.find import Found, Hit
from faults.triage.inquiry import Inquiry, inquire

SHOWN = 4  # candidates beside the question; the others stand below


def question_context(request: HttpRequest, found: Found, hits: list[Hit]) -> dict:
    """What results_question.html shows. The answers given so far stand in the address alone: `?q=…&a=slug:answer&a=…`."""
    inquiry = inquire(found, hits, request.GET.getlist("a"))
    if inquiry.riskiest:
        desk_words.fill_rows([inquiry.riskiest])
    said = [one.said for one in inquiry.given]
    return {
        "inquiry": inquiry,
        "given": [(one, _address(request, [other for other in said if other != one.said])) for one in inquiry.given],
        "answers": _answers(request, inquiry, said),
        "said": said,
        "choices": [(hit, inquiry.anchors.get(hit)) for hit in inquiry.hits[:SHOWN]],
        "rest": inquiry.hits[SHOWN:],
    }


def _answers(request: HttpRequest, inquiry: Inquiry, said: list[str]) -> list[tuple[str, str]]:
    """Each answer's words and where it leads, the one that says nothing last."""
    if inquiry.question is None:
        return []
    slugs = [*((one.text, one.slug) for one in inquiry.answers), (_("不知道"), UNKNOWN)]
    return [(text, _address(request, [*said, f"{inquiry.question.slug}:{slug}"])) for text, slug in slugs]


def _address(request: HttpRequest, said: list[str]) -> str:
    query = request.GET.copy()
    query.setlist("a", said)
    return f"?{query.urlencode()}"
