"""Reads a table into the knowledge: says what it would do, and does it with --apply."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.import_plan import ALL, ASKED, Outcome, Plan
from faults.editing.import_planning import card_lines, planning
from faults.editing.importing import PlanChanged, apply
from faults.editing.publishing import Refused
from faults.editing.transfer.workbook import MAX_BYTES, Sheet, UnreadableFile, read_tables, understood
from faults.management.progress import printer, watched
from posdesk.operations.command import SentenceCommand

NAMES = {
    Outcome.NEW: gettext_lazy("新增"),
    Outcome.CHANGED: gettext_lazy("修改"),
    Outcome.CONFLICT: gettext_lazy("导出以后同事也改过"),
    Outcome.EARLIER: gettext_lazy("表里是从前的话"),
    Outcome.GONE: gettext_lazy("导出以后删掉或改了名"),
    Outcome.MEANING: gettext_lazy("和已核实的意思不同"),
    Outcome.OUTDATED: gettext_lazy("导出以后同事改过，表里没动"),
    Outcome.SAME: gettext_lazy("没有变化"),
    Outcome.REFUSED: gettext_lazy("不能导入"),
}


class Command(SentenceCommand):
    help = gettext_lazy("从表格导入知识。先只说会做什么；加 --apply 才做，要么全部，要么什么也不改。")

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("XLSX、ODS 或 CSV 文件"))
        parser.add_argument("--apply", action="store_true", help=_("照计划导入"))
        parser.add_argument("--user", help=_("以谁的名义，照他的权限；不写就是命令行"))
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help=_("导出以后同事也改过的、要退回从前的话的、改已核实的意思的、删掉了又写回来的，也照表改；不写就不动它们"),
        )
        parser.add_argument("--publish", action="store_true", help=_("直接发布，不等复核"))

    def handle(self, *, file, user, publish, overwrite, **options):
        sheets, overwrite = self._read(file), [ALL] if overwrite else []
        made = watched(planning(sheets), printer(self.stdout, _("比较")))
        self._show(made)
        if not options["apply"]:
            self.stdout.write(_("这只是计划，什么也没改。加 --apply 就照这样导入。"))
            return
        try:
            steps = apply(sheets, made.fingerprint, self._user(user), file.name, publish, overwrite)
            done = watched(steps, printer(self.stdout, _("导入")))
        except (PlanChanged, PermissionDenied, Refused, ValidationError, LookupError) as error:
            said = _("；").join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(_("没有导入，什么也没改：%(why)s") % {"why": said}) from error
        self.stdout.write(self.style.SUCCESS(_("导入好了，共 %(n)s 条。") % {"n": done}))

    def _read(self, file: Path) -> list[Sheet]:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(_("文件超过 %(most)s MB。请分成几个再导入。") % {"most": MAX_BYTES // 2**20})
            tables = read_tables(file.name, file.read_bytes())
            sheets = understood(tables)
        except OSError as error:
            raise CommandError(_("读不了 %(file)s：%(why)s。") % {"file": file, "why": error.strerror}) from error
        except UnreadableFile as error:
            raise CommandError(error.sentence) from error
        if lines := card_lines(tables):
            raise CommandError(_("第%(lines)s行有像卡号的一串数字。只留后四位，再导入。") % {"lines": _("、").join(lines)})
        return sheets

    def _user(self, name: str | None):
        if name is None:
            return None
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(_("没有叫“%(name)s”的账号。") % {"name": name})
        return user

    def _show(self, made: Plan) -> None:
        for step in made.steps:
            if step.outcome != Outcome.SAME:
                said = {"line": step.line, "what": NAMES[step.outcome], "name": step.reason or step.name}
                self.stdout.write(_("第%(line)s行 %(what)s：%(name)s") % said)
            for one in made.differences(step) if step.outcome in (Outcome.CHANGED, *ASKED) else ():
                said = {"what": " › ".join(one.where), "name": f"{one.before} → {one.after}"}
                self.stdout.write("    " + _("%(what)s：%(name)s") % said)
        self.stdout.write(_("，").join(f"{name} {made.count(outcome)}" for outcome, name in NAMES.items()))
        if said := made.defaults(made.of(Outcome.NEW)):
            self.stdout.write(_("表里没有，先补上的（发布以前请核实）：%(what)s。") % {"what": _("；").join(said)})
        if made.unversioned:
            self.stdout.write(_("要修改的有 %(n)s 行没有“版本”，看不出导出以后同事改过没有。") % {"n": made.unversioned})
        if made.asked:
            self.stdout.write(_("同事也改过的、要退回从前的话的、改已核实的意思的、删掉了又写回来的，都不动；加 --overwrite 就也照表改。"))
