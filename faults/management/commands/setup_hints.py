"""Says what a new installation still needs: its first administrator."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("新装好的 posdesk 还缺什么：第一个管理员。")

    def handle(self, **options):
        if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write(_("还没有管理员。要进后台改条目，另开一个窗口运行："))
            self.stdout.write("    .venv/bin/python manage.py createsuperuser")
            self.stdout.write(_("然后打开 /admin/ 登录。没有默认密码。"))
            self.stdout.write(_("建议：登录后点左下角自己的名字，设“两步登录”；谁必须设，在“规则”里定。"))
