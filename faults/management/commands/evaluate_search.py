"""Measures search on files of judged queries."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from faults.search import evaluate
from faults.search.asked import PARTS


class Command(BaseCommand):
    help = "用判断文件衡量搜索：首条、前三、前五答对的比例，MRR，没有结果的比例，每次查询的毫秒数。"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="一行一个 JSON：id、query、kind、gold")
        parser.add_argument("--json", action="store_true", help="只打印一个 JSON 对象")
        parser.add_argument("--without", nargs="+", choices=sorted(PARTS), default=[], help="不用搜索的哪几部分，看每部分值多少")
        parser.add_argument("--misses", action="store_true", help="列出首条没答对的查询")

    def handle(self, *, files, misses, **options):
        try:
            judged = evaluate.judge(evaluate.read(files), frozenset(options["without"]))
        except evaluate.JudgmentError as error:
            raise CommandError(str(error)) from error
        figures = evaluate.summary(judged)
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        if misses:
            self._misses(judged)
        self._table(figures)

    def _misses(self, judged) -> None:
        for one in judged:
            if one.rank != 1 if one.gold else one.answered:
                shown = " | ".join(one.shown) or "（无）"
                self.stdout.write(
                    f"{one.id} {one.kind} “{one.query}” 应为 {','.join(one.gold) or '不答'}；第 {one.rank or '–'} 位；给出 {shown}"
                )

    def _table(self, figures) -> None:
        self.stdout.write(f"{'':16}{'n':>5}{'s@1':>8}{'s@3':>8}{'s@5':>8}{'MRR':>8}{'无结果':>8}")
        for name, row in [("all", figures["all"]), *figures["kinds"].items()]:
            self.stdout.write(f"{name:16}{row['n']:5}" + "".join(f"{row[key]:8.3f}" for key in ("s1", "s3", "s5", "mrr", "zero")))
        hopeless, ms = figures["unanswerable"], figures["ms"]
        self.stdout.write(f"无答案的查询 {hopeless['n']}，正确地没有给答案 {hopeless['right']:.3f}")
        self.stdout.write(f"每次查询毫秒：中位数 {ms['median']}，p95 {ms['p95']}")
