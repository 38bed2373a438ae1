"""Measures search on judged queries: of files, and those that editors stored."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.models import Judgment
from faults.search import evaluate
from faults.search.prepared_query import PARTS
from faults.usage.judgment_runs import try_again
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy(
        "用判断文件和库里存的判断衡量搜索：首条、前三、前五答对的比例，MRR，没有结果的比例，每次查询的毫秒数。"
        "存的判断里有以前找得到、现在找不到的，就逐条列出，以 1 退出。"
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=_("一行一个 JSON：id、query、kind、gold"))
        parser.add_argument("--stored", action="store_true", help=_("连同编辑记下的“该找到什么”，并记下现在找不找得到"))
        parser.add_argument("--json", action="store_true", help=_("只打印一个 JSON 对象"))
        parser.add_argument("--without", nargs="+", choices=sorted(PARTS), default=[], help=_("不用搜索的哪几部分，看每部分值多少"))
        parser.add_argument("--misses", action="store_true", help=_("列出首条没答对的查询"))

    def handle(self, *, files, stored, **options):
        if not files and not stored:
            raise CommandError(_("给出判断文件，或者加 --stored。"))
        judgments = list(Judgment.objects.select_related("fault")) if stored else []
        judged = self._judged(files, judgments, frozenset(options["without"]))
        self._say(judged, options)
        if not options["without"]:  # an experiment says nothing of what readers find
            self._hold(judgments, judged)

    def _judged(self, files, judgments, without) -> list[evaluate.Judged]:
        try:
            return evaluate.judge([*evaluate.read(files), *evaluate.stored(judgments)], without)
        except evaluate.JudgmentError as error:
            raise CommandError(str(error)) from error

    def _say(self, judged, options) -> None:
        figures = evaluate.summary(judged)
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        if options["misses"]:
            self._misses(judged)
        self._table(figures)

    def _hold(self, judgments: list[Judgment], judged: list[evaluate.Judged]) -> None:
        """Notes what stored judgments came to, and ends with an error that names each that used to hold and no longer does."""
        try_again(judgments)
        shown = {one.id: " | ".join(one.shown) or _("（无）") for one in judged}
        broken = [one for one in judgments if one.rank == 0 and one.held_at]
        if broken:
            sentence = _("“%(query)s” 以前找得到 %(expected)s，现在找不到：给出 %(shown)s")
            found = ({"query": one.query, "expected": evaluate.expected(one), "shown": shown[f"stored:{one.pk}"]} for one in broken)
            raise CommandError("\n".join(sentence % one for one in found))

    def _misses(self, judged) -> None:
        for one in judged:
            if one.rank != 1 if one.gold else one.answered:
                gold, shown = ",".join(one.gold) or _("不答"), " | ".join(one.shown) or _("（无）")
                said = {"query": one.query, "gold": gold, "rank": one.rank or "–", "shown": shown}
                self.stdout.write(f"{one.id} {one.kind} " + _("“%(query)s” 应为 %(gold)s；第 %(rank)s 位；给出 %(shown)s") % said)

    def _table(self, figures) -> None:
        self.stdout.write(f"{'':16}{'n':>5}{'s@1':>8}{'s@3':>8}{'s@5':>8}{'MRR':>8}{_('无结果'):>8}")
        for name, row in [("all", figures["all"]), *figures["kinds"].items()]:
            self.stdout.write(f"{name:16}{row['n']:5}" + "".join(f"{row[key]:8.3f}" for key in ("s1", "s3", "s5", "mrr", "zero")))
        hopeless, ms = figures["unanswerable"], figures["ms"]
        self.stdout.write(_("无答案的查询 %(n)s，正确地没有给答案 %(right).3f") % hopeless)
        self.stdout.write(_("当作答案给出的 %(share).3f，其中首条错的占全部查询 %(wrong).3f") % figures["sure"])
        for row in figures["calibration"]:
            self.stdout.write(_("把握 %(from).1f 起：%(n)s 条，首条对 %(right).3f") % row)
        self.stdout.write(_("每次查询毫秒：中位数 %(median)s，p95 %(p95)s") % ms)
