"""Says what the knowledge covers and what is wrong with it."""

from collections import Counter

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.checks import coverage, entries, links, notes, questions, stale_index, wordings
from faults.models import Cause, CodeTable, Fault, Fix, ReturnCode, Status, SynonymGroup, Term, Wording
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("检查知识：每个来源编号和码在哪里，哪些条目不合规矩。有问题就以 1 退出。")

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help=_("不列出每个编号在哪里，只列问题和数目"))

    def handle(self, *, quiet, **options):
        covered = coverage.coverage(settings.KNOWLEDGE_DIR)
        for one in covered:
            if one.is_missing or not quiet:
                self.stdout.write(f"{one.id:16}{_('；').join(one.places) or _('缺：没有条目、码或术语收它，也不在不采用之列')}")
        missing = [one for one in covered if one.is_missing]
        found = list(problems())
        for problem in found:
            self.stdout.write(f"{_('红线')} {problem}" if problem.level == entries.RED else str(problem))
        self._counts(len(covered) - len(missing), len(covered))
        if missing or found:
            raise CommandError(_("缺 %(missing)s 个编号，%(found)s 处不合规矩。") % {"missing": len(missing), "found": len(found)})
        self.stdout.write(self.style.SUCCESS(_("没有问题。")))

    def _counts(self, covered: int, total: int) -> None:
        status = Counter(Fault.everything.values_list("status", flat=True))
        schemes = Counter(ReturnCode.everything.values_list("scheme", flat=True))
        self.stdout.write(_("覆盖 %(covered)s/%(total)s") % {"covered": covered, "total": total})
        entries_by_status = _("，").join(f"{Status(name).label} {count}" for name, count in status.items())
        self.stdout.write(_("条目 %(counts)s") % {"counts": entries_by_status})
        self.stdout.write(_("原因 %(causes)s，处理方法 %(fixes)s") % {"causes": Cause.objects.count(), "fixes": Fix.objects.count()})
        codes_by_scheme = _("，").join(f"{table} {schemes[table.slug]}" for table in CodeTable.objects.all() if schemes[table.slug])
        self.stdout.write(_("返回码 %(counts)s") % {"counts": codes_by_scheme})
        words = {"terms": Term.everything.count(), "groups": SynonymGroup.objects.count()}
        self.stdout.write(_("术语 %(terms)s，同义词组 %(groups)s") % words)
        lists = [wording.word_list for wording in Wording.objects.all()]
        self.stdout.write(_("说法 %(words)s 句，在 %(lists)s 份里") % {"words": sum(map(len, lists)), "lists": len(lists)})


def problems():
    """Every problem of everything that is not archived."""
    parts = ("screen_texts", "causes__fixes", "fixes", "myths", "links", "codes", "environments", "sources")
    for fault in Fault.everything.exclude(status=Status.ARCHIVED).prefetch_related(*parts):
        yield from entries.of_fault(fault)
    for row in ReturnCode.everything.exclude(status=Status.ARCHIVED).prefetch_related("myths", "who_acts__actor", "sources"):
        yield from entries.of_code(row)
    for term in Term.everything.exclude(status=Status.ARCHIVED):
        yield from entries.of_term(term)
    yield from wordings.problems()
    yield from notes.problems()
    yield from questions.problems()
    yield from links.between_entries()
    yield from links.between_codes()
    yield from links.to_codes()
    yield from coverage.unexplained(settings.KNOWLEDGE_DIR)
    yield from (entries.Problem(name, _("搜索索引过时，请运行 rebuild_search")) for name in stale_index.stale())
