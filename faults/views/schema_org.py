"""Entries in the words of schema.org, for search engines: a fault as questions and answers, a procedure as steps.

An engine shows an answer without the page around it, so every answer carries the red line and says what is not verified.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from faults.models import Cause, Fault, Fix, Kind
from faults.text.lines import read_on

BASE = {"@context": "http://schema.org", "inLanguage": "zh-Hans"}


def website(home: str, results: str) -> dict:
    """The site, by the addresses of its home page and its search."""
    search = {"@type": "SearchAction", "target": f"{results}?q={{text}}", "query-input": "required name=text"}
    return BASE | {"@type": "WebSite", "name": "posdesk", "url": home, "potentialAction": search}


def entry(fault: Fault) -> dict | None:
    """The entry, from what was prefetched. None for a notice, and for one that says nothing to do."""
    makers = {Kind.FAULT: _questions, Kind.PROCEDURE: _how_to}
    parts = makers[fault.kind](fault) if fault.kind in makers else None
    return BASE | {"name": fault.title, "dateModified": fault.updated_at.isoformat()} | parts if parts else None


def _questions(fault: Fault) -> dict | None:
    """Each cause that something can be done about is a question; so is the entry itself if something helps whatever the cause."""
    questions = [
        _question(fault, f"{fault.title}：{cause.check_text}", [cause.title, *_told(cause.fixes.all())])
        for cause in fault.causes_to_ask
        if cause.fixes.all()
    ]
    if fault.general_fixes:
        questions.append(_question(fault, fault.title, _told(fault.general_fixes)))
    return {"@type": "FAQPage", "mainEntity": questions} if questions else None


def _question(fault: Fault, asked: str, answer: list[str]) -> dict:
    text = "\n".join([*_cautions(fault), *answer])
    return {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": text}}


def _told(fixes: Iterable[Fix]) -> list[str]:
    lines = (line for fix in fixes for line in (f"{fix.actor.name}：{read_on(fix.step_list)}", fix.note))
    return [line for line in lines if line]


def _cautions(fault: Fault) -> list[str]:
    unverified = [f"{fault.get_confidence_display()}，{_('以收单机构为准')}"] if fault.is_unverified else []
    return [*fault.warning_lines, *unverified]


def _how_to(fault: Fault) -> dict | None:
    """A situation is a section of its own: the reader takes one of them."""
    sections = [_section(cause) for cause in fault.causes.all() if cause.fixes.all()]
    steps = [*_steps(fault.general_fixes), *sections]
    description = "\n".join([*_cautions(fault), fault.symptom]).strip()
    return {"@type": "HowTo", "description": description, "step": steps} if steps else None


def _section(cause: Cause) -> dict:
    return {
        "@type": "HowToSection",
        "name": cause.title,
        "description": cause.check_text,
        "itemListElement": _steps(cause.fixes.all()),
    }


def _steps(fixes: Iterable[Fix]) -> list[dict]:
    steps = []
    for fix in fixes:
        steps += [{"@type": "HowToStep", "text": f"{fix.actor.name}：{step}"} for step in fix.step_list]
        steps += [{"@type": "HowToTip", "text": fix.note}] if fix.note else []
    return steps
