"""Loads the knowledge in fixtures/ into the database: adds what is missing, leaves alone what an editor changed."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing import loading
from faults.editing.knowledge_files import KnowledgeError
from faults.editing.labels import LABELS
from faults.management.progress import printer
from posdesk.operations.command import SentenceCommand

NAMES = {
    loading.Action.ADD: gettext_lazy("新增"),
    loading.Action.RENEW: gettext_lazy("更新（编辑没改过）"),
    loading.Action.KEEP: gettext_lazy("保留编辑的修改"),
    loading.Action.COMBINE: gettext_lazy("合上（编辑改过别处）"),
    loading.Action.SAME: gettext_lazy("没有变化"),
}


class Command(SentenceCommand):
    help = gettext_lazy("载入 fixtures/ 里的知识：缺的补上，编辑改过的那几项不动，别的照更新。")

    def add_arguments(self, parser):
        parser.add_argument("--plan", action="store_true", help=_("只说会做什么，什么也不改"))
        parser.add_argument("--from", dest="folder", type=Path, default=settings.KNOWLEDGE_DIR, help=_("从哪个文件夹读"))

    def handle(self, *, plan, folder, **options):
        try:
            steps = loading.plan(folder)
            self._show(steps, every=plan)
            if not plan:
                loading.apply(steps, printer(self.stdout, _("载入")))
        except KnowledgeError as error:
            raise CommandError("\n".join([_("知识文件有问题，什么也没改："), *error.problems])) from error

    def _show(self, steps, every: bool) -> None:
        for step in steps:
            if step.action in (loading.Action.KEEP, loading.Action.COMBINE) or (every and step.action != loading.Action.SAME):
                self.stdout.write(_("%(what)s：%(name)s") % {"what": NAMES[step.action], "name": step.key})
            if step.conflicts:
                fields = _("、").join(str(LABELS[step.kind].get(name, name)) for name in step.conflicts)
                self.stdout.write(
                    _("%(name)s：%(fields)s两边都改了，先留着本台的，请编辑在“知识更新”里决定") % {"name": step.key, "fields": fields}
                )
        counts = Counter(step.action for step in steps)
        self.stdout.write(_("，").join(f"{name} {counts[action]}" for action, name in NAMES.items()))
