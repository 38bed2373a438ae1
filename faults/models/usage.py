"""What is asked and used: each search for a while, sums of every day for good, what they come to for ranking. Of nobody in person."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faults.models.content import Fault
from faults.models.entry_parts import Cause


class Outcome(models.TextChoices):
    """What a search came to."""

    ANSWERED = "answered", _("有答案")
    NEAR = "near", _("只有沾边的")
    NOTHING = "nothing", _("什么也没有")
    UNKNOWN = "unknown", _("码表里没有的码")


class AskedOn(models.TextChoices):
    """Where it was asked: on the page of results, or while typing, where only what was chosen or left unanswered counts."""

    PAGE = "page", _("结果页")
    TYPING = "typing", _("边打边查")


class SearchQuerySet(models.QuerySet):
    def since(self, day):
        """Those from this moment on."""
        return self.filter(at__gte=day)

    def without_answer(self):
        return self.filter(outcome__in=[Outcome.NOTHING, Outcome.UNKNOWN])

    def only_near(self):
        """Those whose best was below the floor of confidence."""
        return self.filter(outcome=Outcome.NEAR)

    def unopened(self):
        """Those that had answers of which none was opened."""
        return self.filter(outcome=Outcome.ANSWERED, rank=None)

    def repeated(self):
        """Those after which the same reader asked something else within AGAIN seconds, having opened nothing."""
        return self.filter(is_repeated=True)


class Search(models.Model):
    """One search. `mark` is random: the page of results names it when something is opened from it."""

    mark = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    text = models.CharField(_("查的话"), max_length=200)  # long digit runs covered before it gets here
    folded = models.CharField(max_length=200)
    source = models.CharField(max_length=6, choices=AskedOn)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome)
    results = models.PositiveSmallIntegerField(_("几条"))
    best_score = models.FloatField(_("最高分"), null=True)  # null: nothing at all was found
    opened_kind = models.CharField(max_length=5, blank=True)
    opened_key = models.CharField(max_length=40, blank=True)  # an entry's number, a code, a term's id
    rank = models.PositiveSmallIntegerField(_("打开的第几条"), null=True)  # from 1; null: nothing was opened
    is_repeated = models.BooleanField(_("接着又查"), default=False)

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("查询记录")
        verbose_name_plural = _("查询记录")
        default_permissions = ("view",)
        indexes = [
            # All that the lists of the desk group by and count, so that they are made from the index alone.
            models.Index(fields=["outcome", "at", "folded", "id"], name="search_by_outcome"),
            models.Index(
                fields=["outcome", "rank", "at", "folded", "id"], name="search_unopened", condition=models.Q(outcome="answered", rank=None)
            ),
            models.Index(fields=["at", "folded", "is_repeated", "id"], name="search_repeated", condition=models.Q(is_repeated=True)),
        ]

    def __str__(self):
        return self.text


class SearchDay(models.Model):
    """How many searches a day had, and what became of them."""

    day = models.DateField(primary_key=True)
    searches = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    near = models.PositiveIntegerField(default=0)
    nothing = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.searches}"


class UseDay(models.Model):
    """What one entry, code, term or cause was used for in a day. `key`: an entry's number, a code, the id of a term or a cause."""

    day = models.DateField()
    kind = models.CharField(max_length=5)
    key = models.CharField(max_length=40)
    views = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)  # from a search
    solved = models.PositiveIntegerField(default=0)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key", "day"], name="use_once_a_day")]
        indexes = [models.Index(fields=["day", "kind"], name="use_of_day")]

    def __str__(self):
        return f"{self.day} {self.kind}:{self.key}"


class Standing(models.Model):
    """Of an entry. `lift`: how much it rises among the answers of a search, 0 to 1 of what is allowed there.
    `place`: from 1, among what is used most this week; null if it isn't among that."""

    fault = models.OneToOneField(Fault, on_delete=models.CASCADE, related_name="standing")
    lift = models.FloatField(default=0)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(lift__gte=0, lift__lte=1), name="standing_lift_bounded")]

    def __str__(self):
        return f"{self.fault_id} {self.lift:.2f}"


class CauseStanding(models.Model):
    """How often a cause was the one, when that was last counted."""

    cause = models.OneToOneField(Cause, on_delete=models.CASCADE, related_name="standing")
    solved = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.cause_id} {self.solved}"


class Upkeep(models.Model):
    """One row. Whoever moves `done_at` on does the work, so that of several processes one does it."""

    done_at = models.DateTimeField()
    judged_version = models.CharField(max_length=32, blank=True)  # the content version under which stored judgments were tried

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="upkeep_one_row")]

    def __str__(self):
        return str(self.done_at)

    @classmethod
    def is_due(cls, every: timedelta) -> bool:
        """Whether the work is due, `every` so often, and falls to the caller."""
        now = timezone.now()
        return cls.objects.filter(pk=1, done_at__lte=now - every).update(done_at=now) == 1 or cls._is_first(now)

    @classmethod
    def _is_first(cls, now: datetime) -> bool:
        return cls.objects.get_or_create(pk=1, defaults={"done_at": now})[1]

    @classmethod
    def is_unjudged(cls, version: str) -> bool:
        """Whether stored judgments are to be tried under this content version, by the caller."""
        cls._is_first(timezone.now())
        return cls.objects.filter(pk=1).exclude(judged_version=version).update(judged_version=version) == 1
