"""Reads a table into the knowledge: says what it would do, and does it with --apply."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError

from faults.editing.import_plan import ALL, Outcome, Plan, card_lines, planning
from faults.editing.importing import PlanChanged, apply
from faults.editing.publishing import Refused
from faults.editing.transfer.workbook import MAX_BYTES, Sheet, UnreadableFile, read
from faults.management.progress import printer, watched
from posdesk.operations.command import SentenceCommand

NAMES = {
    Outcome.NEW: "新增",
    Outcome.CHANGED: "修改",
    Outcome.CONFLICT: "导出以后同事也改过",
    Outcome.OUTDATED: "导出以后同事改过，表里没动",
    Outcome.SAME: "没有变化",
    Outcome.REFUSED: "不能导入",
}


class Command(SentenceCommand):
    help = "从表格导入知识。先只说会做什么；加 --apply 才做，要么全部，要么什么也不改。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="XLSX 或 CSV 文件")
        parser.add_argument("--apply", action="store_true", help="照计划导入")
        parser.add_argument("--user", help="以谁的名义，照他的权限；不写就是命令行")
        parser.add_argument("--overwrite", action="store_true", help="导出以后同事也改过的，也照表改；不写就不动它们")
        parser.add_argument("--publish", action="store_true", help="直接发布，不等复核")

    def handle(self, *, file, user, publish, overwrite, **options):
        sheets, overwrite = self._read(file), [ALL] if overwrite else []
        made = watched(planning(sheets), printer(self.stdout, "比较"))
        self._show(made)
        if not options["apply"]:
            self.stdout.write("这只是计划，什么也没改。加 --apply 就照这样导入。")
            return
        try:
            done = watched(apply(sheets, made.fingerprint, self._user(user), file.name, publish, overwrite), printer(self.stdout, "导入"))
        except (PlanChanged, PermissionDenied, Refused, ValidationError, LookupError) as error:
            said = "；".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(f"没有导入，什么也没改：{said}") from error
        self.stdout.write(self.style.SUCCESS(f"导入好了，共 {done} 条。"))

    def _read(self, file: Path) -> list[Sheet]:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"文件超过 {MAX_BYTES // 2**20} MB。请分成几个再导入。")
            sheets = read(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(f"读不了 {file}：{error.strerror}。") from error
        except UnreadableFile as error:
            raise CommandError(error.sentence) from error
        if lines := card_lines(sheets):
            raise CommandError(f"第{'、'.join(lines)}行有像卡号的一串数字。只留后四位，再导入。")
        return sheets

    def _user(self, name: str | None):
        if name is None:
            return None
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"没有叫“{name}”的账号。")
        return user

    def _show(self, made: Plan) -> None:
        for step in made.steps:
            if step.outcome == Outcome.REFUSED:
                self.stdout.write(f"第{step.line}行 不能导入：{step.reason}")
            elif step.outcome != Outcome.SAME:
                self.stdout.write(f"第{step.line}行 {NAMES[step.outcome]}：{step.name}")
                for one in made.differences(step) if step.outcome in (Outcome.CHANGED, Outcome.CONFLICT) else ():
                    self.stdout.write(f"    {' › '.join(one.where)}：{one.before} → {one.after}")
        self.stdout.write("，".join(f"{name} {made.count(outcome)}" for outcome, name in NAMES.items()))
        if made.unversioned:
            self.stdout.write(f"要修改的有 {made.unversioned} 行没有“版本”，看不出导出以后同事改过没有。")
        if made.conflicts:
            self.stdout.write("同事也改过的不动；加 --overwrite 就也照表改。")
