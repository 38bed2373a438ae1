"""Rules for an entry, a code, a term: what is missing, and what must not be published."""

from collections.abc import Iterator
from dataclasses import dataclass

from faults.checks import red_lines, text
from faults.models import Fault, Kind, Retry, ReturnCode, Term
from faults.models.word_lists import WordList

RED = "red"  # stops publication
PLAIN = "plain"


@dataclass(frozen=True)
class Problem:
    """Something wrong with one item. `level`: RED or PLAIN."""

    where: str
    sentence: str
    level: str = PLAIN

    def __str__(self):
        return f"{self.where}：{self.sentence}"


def of_fault(fault: Fault) -> list[Problem]:
    """All problems of an entry whose parts were prefetched."""
    where = f"{fault.number}号"
    found = [*_missing(fault, where), *_texts(where, fault.texts())]
    found += [Problem(where, f"屏幕提示{one}", RED) for screen in fault.screen_texts.all() for one in text.verbatim_problems(screen.text)]
    return found + list(_red_lines(fault, where))


def _missing(fault: Fault, where: str) -> Iterator[Problem]:
    causes, fixes = list(fault.causes.all()), fault.general_fixes
    if fault.kind == Kind.NOTICE and not fixes and not causes:
        yield Problem(where, "须知没有写做什么")
    if fault.kind != Kind.NOTICE and not causes:
        yield Problem(where, "没有原因")
    for cause in causes:
        if not cause.check_text:
            yield Problem(where, f"原因“{cause.title}”没有怎么确认")
        if not cause.fixes.all():
            yield Problem(where, f"原因“{cause.title}”没有处理方法")
    for name in ("symptom", "reply", "escalation"):
        if not getattr(fault, name):
            yield Problem(where, f"没有{fault._meta.get_field(name).verbose_name}")
    if not fault.environments.all():
        yield Problem(where, "没有适用终端")
    if not fault.sources.all():
        yield Problem(where, "没有来源")
    yield from _incomplete_fixes(fault, where)


def _incomplete_fixes(fault: Fault, where: str) -> Iterator[Problem]:
    for fix in fault.all_fixes():
        for name in ("expected", "otherwise"):
            if not getattr(fix, name):
                yield Problem(where, f"处理方法“{fix.step_list[0][:12]}…”没有“{fix._meta.get_field(name).verbose_name}”")


def _red_lines(fault: Fault, where: str) -> Iterator[Problem]:
    about = [fault.title, fault.symptom, *(screen.text for screen in fault.screen_texts.all())]
    unknown = [code for code in fault.codes.all() if red_lines.is_unknown_result(code.scheme, code.code)]
    if not fault.warning and (unknown or any(red_lines.needs_warning(one) for one in about)):
        yield Problem(where, "碰到红线，没有写红线提醒", RED)
    for fix in fault.all_fixes():
        for step in fix.step_list:
            yield from (Problem(where, f"{name}：{step}", RED) for name in red_lines.forbidden_advice(step))
    if fault.warning:
        told = red_lines.says_again(fault.reply)
    else:
        told = red_lines.says_charge_again("\n".join([fault.reply, *(fix.steps for fix in fault.all_fixes())]))
    yield from (Problem(where, f"叫人再刷，不说先查清：{sentence}", RED) for sentence in told)


def of_code(row: ReturnCode) -> list[Problem]:
    """All problems of a return code whose parts were prefetched."""
    where = f"{row.scheme}:{row.code}"
    texts = [row.meaning, row.detail, row.old_meaning, row.new_meaning, row.warning, row.say, row.dont_say, row.check_text, row.steps]
    texts += [row.expected, row.note, *(part for myth in row.myths.all() for part in (myth.claim, myth.verdict, myth.reason))]
    return [*_texts(where, texts), *_code_rules(row, where)]


def _code_rules(row: ReturnCode, where: str) -> Iterator[Problem]:
    if red_lines.is_unknown_result(row.scheme, row.code) and not row.warning:
        yield Problem(where, "结果不明的码，没有写红线提醒", RED)
    if row.keep_card and not row.warning:
        yield Problem(where, "要留卡的码，没有写红线提醒", RED)
    if not row.acting:
        yield Problem(where, "没有写谁来处理")
    if row.is_unverified and "以收单机构为准" not in f"{row.note}{row.detail}":
        yield Problem(where, "未核实，却没写“以收单机构为准”")
    if not row.sources.all():
        yield Problem(where, "没有来源")
    for name in ("say", "steps", "check_text"):
        if not getattr(row, name):
            yield Problem(where, f"没有“{row._meta.get_field(name).verbose_name}”")
    if row.retry in (Retry.NO, Retry.AFTER_CHECK, Retry.OTHER_CARD):
        again = red_lines.says_again(f"{row.say}\n{row.steps}")
        yield from (Problem(where, f"写着“{row.get_retry_display()}”，却叫人再试：{sentence}", RED) for sentence in again)


def of_term(term: Term) -> list[Problem]:
    """All problems of a term."""
    return _texts(f"术语“{term.name}”", [term.name, term.definition])


def of_words(words: WordList) -> list[Problem]:
    """All problems of a list of words."""
    return [Problem(str(words), sentence, RED) for sentence in text.verbatim_problems(words.words)]


def _texts(where: str, texts) -> list[Problem]:
    return [Problem(where, f"{sentence}", RED if "卡号" in sentence else PLAIN) for one in texts for sentence in text.problems(one)]
