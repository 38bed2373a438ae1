"""Lists of words that search goes by: those that mean the same to callers, and those of matters that are others' business."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.publication import Publication, PublicationQuerySet, PublishedManager
from faults.text.lines import lines

MOST_CHARACTERS = 30_000  # of a list; a cell of a spreadsheet takes 32,767


class AllWordLists(models.Manager.from_queryset(PublicationQuerySet)):
    def get_by_natural_key(self, name):
        return self.get(name=name)


class WordList(Publication):
    """Words under a name, one a line. Search goes by what is published, from the moment it is."""

    everything = AllWordLists()
    objects = PublishedManager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)

    @property
    def word_list(self) -> list[str]:
        return lines(self.words)

    def clean(self):
        """A word that is there twice is one, as in a table that is imported; and all of them must fit into a cell of one."""
        self.words = "\n".join(dict.fromkeys(self.word_list))
        if len(self.words) > MOST_CHARACTERS:
            said = _("太长了，有%(length)s个字，最多%(most)s个：留下最常听到的。")
            raise ValidationError({"words": said % {"length": len(self.words), "most": MOST_CHARACTERS}})


class SynonymGroup(WordList):
    """Words that mean the same to callers. A query with one of them also finds the others.

    Brands mean the same in another way: whose machine it is says nothing about what is wrong with it, and search leaves them out.
    """

    name = models.CharField(_("组名"), max_length=40, unique=True)
    words = models.TextField(_("同义词"), help_text=_("一行一个，两个以上。先写条目里用的词，再写商户说的。"))
    are_brands = models.BooleanField(
        _("是牌子"), default=False, db_default=False, help_text=_("勾上：这些是机器和机构的牌子，查的时候略去，彼此不当同义词。")
    )

    class Meta(WordList.Meta):
        verbose_name = _("同义词组")
        verbose_name_plural = _("同义词组")
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="synonym_group_has_words")]

    def clean(self):
        super().clean()
        if len(self.word_list) < 2:
            raise ValidationError({"words": _("至少写两个不同的词，一行一个。")})


class Wording(WordList):
    """In what words callers ask for one entry, code or term: search finds it by them, and no page shows them.

    `name`: of what it is, as the knowledge files name it: fault:40, code:cup:97, term:签到.
    """

    name = models.CharField(_("说的是哪一条"), max_length=60, unique=True)
    words = models.TextField(_("说法"), help_text=_("一行一句，照来电的人说的、别家屏幕上写的原样记。读者看不到，只用来找。"))

    class Meta(WordList.Meta):
        verbose_name = _("说法")
        verbose_name_plural = _("说法")
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="wording_has_words")]

    def __str__(self):
        """Whose wordings these are, without asking the database for its title."""
        kind, _colon, key = self.name.partition(":")
        scheme, _colon, code = key.partition(":")
        if kind == "fault":
            return _("%(number)s号的说法") % {"number": key}
        if kind == "code" and code:
            return _("%(scheme)s的码%(code)s的说法") % {"scheme": scheme, "code": code}
        return _("“%(name)s”的说法") % {"name": key or self.name}


class Elsewhere(WordList):
    """What callers ask that is nobody's business here, and whom it belongs to.

    A query with one of the words gets no answer from an entry that doesn't speak of it.
    """

    name = models.CharField(_("哪一类事"), max_length=40, unique=True)
    words = models.TextField(_("说到这些词"), help_text=_("一行一个。只写一看就不归这里管的，例如“花呗”；条目里也会说的词不要写。"))
    refer_to = models.CharField(_("该找谁"), max_length=80, help_text=_("念给来电的人听，例如“发卡行客服，电话在卡背面”。"))

    class Meta(WordList.Meta):
        verbose_name = _("不归这里的事")
        verbose_name_plural = _("不归这里的事")
        constraints = [models.CheckConstraint(condition=~models.Q(words="") & ~models.Q(refer_to=""), name="elsewhere_is_complete")]
