"""Rules for an entry, a code, a term: what is missing, and what must not be published."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from faults import desk_words
from faults.checks import red_lines, text
from faults.models import Elsewhere, Fault, Kind, Note, Publication, ReturnCode, TableKind, Term
from faults.models.word_lists import WordList
from faults.text.placeholders import readings

RED = "red"  # stops publication
PLAIN = "plain"
ADVICE = {"steps", "check_text", "expected", "otherwise", "note", "reply", "escalation", "say"}  # what tells somebody to do something
QUOTED = {"claim", "dont_say"}  # what is called wrong


@dataclass(frozen=True)
class Problem:
    """Something wrong with one item. `level`: RED or PLAIN. `field`: the name of what to change, of `part` or of the item itself."""

    where: str
    sentence: str
    level: str = PLAIN
    field: str = ""
    part: Model | None = None

    def __str__(self):
        return _("%(what)s：%(name)s") % {"what": self.where, "name": self.sentence}


def entry_number(fault: Fault) -> str:
    """What the entry is called in a sentence."""
    return _("%(number)s号") % {"number": fault.number}


def of_fault(fault: Fault) -> list[Problem]:
    """All problems of an entry whose parts were prefetched."""
    where = entry_number(fault)
    found = [*_missing(fault, where), *_texts(where, fault.text_fields())]
    for screen in fault.screen_texts.all():
        found += [Problem(where, _("屏幕提示%(what)s") % {"what": one}, RED, "text", screen) for one in text.verbatim_problems(screen.text)]
    return found + list(_red_lines(fault, where))


def _missing(fault: Fault, where: str) -> Iterator[Problem]:
    causes, fixes = list(fault.causes.all()), fault.general_fixes
    if fault.kind == Kind.NOTICE and not fixes and not causes:
        yield Problem(where, _("须知没有写做什么"), field="fixes")
    if fault.kind != Kind.NOTICE and not causes:
        yield Problem(where, _("没有原因"), field="causes")
    for cause in causes:
        if not cause.check_text:
            yield Problem(where, _("原因“%(title)s”没有怎么确认") % {"title": cause.title}, field="check_text", part=cause)
        if not cause.fixes.all():
            yield Problem(where, _("原因“%(title)s”没有处理方法") % {"title": cause.title}, field="fixes", part=cause)
    for name in ("symptom", "reply", "escalation"):
        if not getattr(fault, name):
            yield Problem(where, _("没有“%(field)s”") % {"field": fault._meta.get_field(name).verbose_name}, field=name)
    if not fault.environments.all():
        yield Problem(where, _("没有适用终端"), field="environments")
    if not fault.sources.all():
        yield Problem(where, _("没有来源"), field="sources")
    yield from _incomplete_fixes(fault, where)


def _incomplete_fixes(fault: Fault, where: str) -> Iterator[Problem]:
    for fix in fault.all_fixes():
        for name in ("expected", "otherwise"):
            if not getattr(fix, name):
                lacking = {"fix": fix.step_list[0][:12], "field": fix._meta.get_field(name).verbose_name}
                yield Problem(where, _("处理方法“%(fix)s…”没有“%(field)s”") % lacking, field=name, part=fix)


def _red_lines(fault: Fault, where: str) -> Iterator[Problem]:
    if not fault.warning and (crossed := _crossed(fault)):
        yield Problem(where, _("碰到红线，没有写红线提醒：%(crossed)s") % {"crossed": _("、").join(crossed)}, RED, "warning")
    yield from _charges_again(fault, where)


def _crossed(fault: Fault) -> list[str]:
    """The codes and the words of an entry that touch a red line."""
    about = [fault.title, fault.symptom, *(screen.text for screen in fault.screen_texts.all())]
    words = dict.fromkeys(word for one in about for word in red_lines.words_near(one))
    codes = [code for code in fault.codes.all() if code.leaves_result_unknown]
    return [*map(_code_called, codes), *(f"“{word}”" for word in words)]


def _code_called(code: ReturnCode) -> str:
    return _("%(scheme)s的码%(code)s") % {"scheme": code.scheme, "code": code.code}


def _charges_again(fault: Fault, where: str) -> Iterator[Problem]:
    says = red_lines.says_again if fault.warning else red_lines.says_charge_again
    told = [(fault, "reply", says(fault.reply))]
    told += [(fault, name, red_lines.says_charge_again(getattr(fault, name))) for name in ("title", "escalation")]
    told += [(fix, "steps", red_lines.says_charge_again(fix.steps)) for fix in fault.all_fixes()]
    for part, name, found in told:
        for sentence, words in found.items():
            yield Problem(where, _in_sentence(_charging_again(words), sentence), RED, name, part)


def _charging_again(words: str) -> str:
    return _("叫人再刷，不说先查清（“%(words)s”）") % {"words": words}


def _telling_secrets(words: str) -> str:
    return _("叫人说出卡号、密码或卡上的数字（“%(words)s”）") % {"words": words}


def _in_sentence(problem: str, sentence: str) -> str:
    return _("%(what)s：%(name)s") % {"what": problem, "name": sentence}


def of_code(row: ReturnCode) -> list[Problem]:
    """All problems of a return code whose parts were prefetched."""
    where = f"{row.scheme_id}:{row.code}"
    names = ("meaning", "detail", "old_meaning", "new_meaning", "warning", "say", "dont_say", "check_text", "steps", "expected", "note")
    fields = [*((row, name) for name in names), *((myth, name) for myth in row.myths.all() for name in ("claim", "verdict", "reason"))]
    return [*_texts(where, fields), *_code_rules(row, where)]


def _code_rules(row: ReturnCode, where: str) -> Iterator[Problem]:
    if row.leaves_result_unknown and not row.warning:
        yield Problem(where, _("结果不明的码，没有写红线提醒：%(code)s") % {"code": _code_called(row)}, RED, "warning")
    if row.keep_card and not row.warning:
        ticked = {"field": row._meta.get_field("keep_card").verbose_name}
        yield Problem(where, _("要留卡的码，没有写红线提醒：勾了“%(field)s”") % ticked, RED, "warning")
    if row.keep_card is None and row.scheme.kind != TableKind.WALLET:
        yield Problem(where, _("没有写留不留卡"), field="keep_card")
    if not row.acting:
        yield Problem(where, _("没有写谁来处理"), field="who_acts")
    if row.is_unverified and "以收单机构为准" not in f"{row.note}{row.detail}":
        yield Problem(where, _("未核实，却没写“以收单机构为准”"), field="note")
    if not row.sources.all():
        yield Problem(where, _("没有来源"), field="sources")
    for name in ("say", "steps", "check_text"):
        if not getattr(row, name):
            yield Problem(where, _("没有“%(field)s”") % {"field": row._meta.get_field(name).verbose_name}, field=name)
    if not row.retry.allows_again:
        for name in ("say", "steps"):
            for sentence, words in red_lines.says_again(getattr(row, name)).items():
                said = _("写着“%(retry)s”，却叫人再试（“%(words)s”）") % {"retry": row.retry, "words": words}
                yield Problem(where, _in_sentence(said, sentence), RED, name)


def of_term(term: Term) -> list[Problem]:
    """All problems of a term."""
    return _texts(_("术语“%(name)s”") % {"name": term.name}, [(term, "name"), (term, "definition")])


def of_words(words: WordList) -> list[Problem]:
    """All problems of a list of words."""
    return [Problem(str(words), sentence, RED, "words") for sentence in text.verbatim_problems(words.words)]


def of_elsewhere(group: Elsewhere) -> list[Problem]:
    """All problems of what belongs to others: of its words, its name, and of whom to ask, which is read aloud with its number."""
    shown = [(name, sentence) for name in ("name", "refer_to") for sentence in crossed_in(getattr(group, name))]
    return [*of_words(group), *(Problem(str(group), sentence, RED, name) for name, sentence in shown)]


def of_note(note: Note, item: Publication | None) -> list[Problem]:
    """All problems of a note on this item. An internal one advises a colleague, who is on the phone: the red lines are the same."""
    is_risky = getattr(item, "warning", "") or (isinstance(item, ReturnCode) and not item.retry.allows_again)
    again = map(_charging_again, red_lines.says_again(note.text).values()) if is_risky else []
    return [Problem(str(note), sentence, RED, "text") for sentence in dict.fromkeys([*crossed_in(note.text), *again])]


def crossed_in(said: str) -> list[str]:
    """The red lines that a text crosses which readers see, whatever it belongs to; one sentence each."""
    advice = [f"{name}（“{words}”）" for name, words in red_lines.forbidden_advice(said).items()]
    again = map(_charging_again, red_lines.says_charge_again(said).values())
    asked = map(_telling_secrets, red_lines.asks_for_secrets(said).values())
    return [*text.verbatim_problems(said), *advice, *again, *asked]


def _texts(where: str, fields) -> list[Problem]:
    """`fields`: (what has it, its name) of each text."""
    found = []
    for part, name in fields:
        said = getattr(part, name)
        found += [Problem(where, sentence, RED, name, part) for sentence in [*text.unwritten(said), *text.verbatim_problems(said)]]
        found += [Problem(where, sentence, PLAIN, name, part) for sentence in text.problems(said)]
        found += [Problem(where, sentence, RED, name, part) for sentence in _advice_in(name, said)]
        found += [Problem(where, sentence, RED, name, part) for sentence in desk_words.mistakes(type(part), name, said)]
    return found


def _advice_in(name: str, said: str) -> list[str]:
    """The forbidden advice in a field of this name, one sentence each with the line that it stands in."""
    advice = red_lines.forbidden_advice(said) if name in ADVICE else {}
    told = [_in_sentence(f"{what}（“{words}”）", _line_with(words, said)) for what, words in advice.items()]
    asked = {} if name in QUOTED else {line: words for one in readings(said) for line, words in red_lines.asks_for_secrets(one).items()}
    return [*told, *(_in_sentence(_telling_secrets(words), sentence) for sentence, words in asked.items())]


def _line_with(words: str, said: str) -> str:
    return next(line for line in said.splitlines() if words in line)
