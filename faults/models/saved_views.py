"""Lists of the desk as somebody likes to see them: what they are narrowed down to, sorted and searched by, under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 1_000  # of a query


class SavedViewQuerySet(models.QuerySet):
    def of(self, user, kind: str):
        """Those of the kind's list that the user has: their own, and those that are shared."""
        return self.filter(Q(owner=user) | Q(is_shared=True), kind=kind)


class SavedView(models.Model):
    """`query`: of the list's address. One that is shared stays when its owner's account goes."""

    kind = models.CharField(max_length=9)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(max_length=MOST_CHARACTERS)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("谁的"))
    is_shared = models.BooleanField(_("大家都看得到"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("存下来的筛选")
        verbose_name_plural = _("存下来的筛选")
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "owner", "name"], name="saved_view_once_a_name")]

    def __str__(self):
        return self.name

    def may_be_changed_by(self, user) -> bool:
        """By its owner; one that is shared also by who decides what readers see."""
        return self.owner_id == user.pk or (self.is_shared and user.has_perm("faults.publish"))
