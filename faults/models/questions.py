"""Questions that tell candidates apart: what a caller answers in one breath, and which entries and causes each answer speaks for."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.lists import SlugManager
from faults.models.parts import Part
from faults.models.variables import no_card_number
from faults.text.lines import lines

UNKNOWN = "unknown"  # the answer that every question has and that says nothing
MOST_ANSWERS = 4  # with “不知道”, the keys 1 to 5


class Question(models.Model):
    """Read aloud when the first candidates of a search lie close. `seconds`: what asking it costs the call."""

    slug = models.SlugField(_("标识"), max_length=30, unique=True, help_text=_("用在网址和数据文件里，定了就不要改。"))
    text = models.CharField(
        _("问句"),
        max_length=60,
        unique=True,
        validators=[no_card_number],
        help_text=_("照着念的一句话，店里的人不用动手就答得上。不能叫人再刷一次。"),
    )
    seconds = models.PositiveSmallIntegerField(
        _("要几秒"),
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(300)],
        help_text=_("问完、答完大约几秒。要走去看一眼的，多算些。"),
    )
    position = models.PositiveSmallIntegerField(_("排序"), default=0, db_index=True)

    objects = SlugManager()

    class Meta:
        verbose_name = _("问题")
        verbose_name_plural = _("问题")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.slug,)


class Answer(Part):
    """One of the few answers that a question has."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("问题"))
    slug = models.SlugField(_("标识"), max_length=30, help_text=_("用在网址和数据文件里，定了就不要改。"))
    text = models.CharField(_("答法"), max_length=20, validators=[no_card_number])

    class Meta(Part.Meta):
        verbose_name = _("答法")
        verbose_name_plural = _("答法")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "slug"], name="answer_once_a_question", violation_error_message=_("这个标识已经有了。")
            ),
            models.CheckConstraint(
                condition=~models.Q(slug=UNKNOWN),
                name="answer_is_known",
                violation_error_message=_("“不知道”每个问题都有，不用写。"),
            ),
        ]

    def __str__(self):
        return self.text


class Evidence(Part):
    """Which answers speak for an entry, or for one of its causes; all others speak against it. What has none, the question says nothing of.

    It is tied to words, not to rows, as notes are. `about`: fault:40. `cause`: the title of the cause that it holds for; empty for all
    that have none of their own. `fits`: the slugs of the answers, one a line.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("问题"))
    about = models.CharField(_("哪一条"), max_length=60, db_index=True, help_text=_("写成 fault:40。"))
    cause = models.CharField(_("哪个原因"), max_length=60, blank=True, help_text=_("照抄原因的标题；空着就是整条。"))
    fits = models.TextField(_("合的答法"), help_text=_("没勾的就是不合。"))

    class Meta(Part.Meta):
        verbose_name = _("依据")
        verbose_name_plural = _("依据")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "about", "cause"], name="evidence_once", violation_error_message=_("这一条的依据已经有了。")
            ),
        ]

    def __str__(self):
        return " › ".join(filter(None, (self.about, self.cause)))

    @property
    def fit_list(self) -> list[str]:
        return lines(self.fits)
