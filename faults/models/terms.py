"""The glossary."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.models.lists import Source
from faults.models.publication import Publication, PublicationQuerySet, PublishedManager
from faults.text.fold import sort_key
from faults.text.lines import lines


class TermQuerySet(PublicationQuerySet):
    def used_in(self, text: str) -> list["Term"]:
        """The terms whose name or an alias stands in the text, in the glossary's order; one query.

        A term inside a longer one that also stands there (授权 in 预授权) is left out unless it stands alone elsewhere.
        """
        spelled = [(word, term) for term in self for word in (term.name, *term.alias_list) if word in text]
        used = set()
        for word, term in sorted(spelled, key=lambda pair: len(pair[0]), reverse=True):
            if word in text:
                used.add(term)
                text = text.replace(word, "\n")
        return sorted(used, key=lambda term: (term.sort_key, term.name))


class EveryTerm(models.Manager.from_queryset(TermQuerySet)):
    def get_by_natural_key(self, name):
        return self.get(name=name)


class Term(Publication):
    """A word of the trade in two sentences that a cashier understands."""

    name = models.CharField(_("术语"), max_length=30, unique=True)
    pinyin = models.CharField(_("拼音"), max_length=60, blank=True, help_text=_("带声调，例如 qiāndào；多音字请核对。"))
    sort_key = models.CharField(max_length=60, blank=True, editable=False, db_index=True)
    aliases = models.TextField(_("别名"), blank=True, help_text=_("一行一个。"))
    definition = models.TextField(_("解释"), help_text=_("两句话，收银员听得懂。"))
    sources = models.ManyToManyField(Source, blank=True, related_name="terms", verbose_name=_("来源"))

    everything = EveryTerm()
    objects = PublishedManager()

    class Meta:
        verbose_name = _("术语")
        verbose_name_plural = _("术语")
        ordering = ["sort_key", "name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(definition=""), name="term_has_definition")]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.pinyin or self.name)
        super().save(**kwargs)

    def natural_key(self):
        return (self.name,)

    def get_absolute_url(self):
        return f"{reverse('terms')}#t{self.pk}"

    @property
    def alias_list(self) -> list[str]:
        return lines(self.aliases)

    @property
    def initial(self) -> str:
        """The letter it stands under in the glossary."""
        return self.sort_key[:1].upper() if self.sort_key[:1].isalpha() else "#"
