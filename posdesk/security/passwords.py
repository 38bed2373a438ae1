"""What no password may hold: the house's own words, which whoever guesses tries first (OWASP ASVS 5.0, 6.2.11)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ForbiddenWordsValidator:
    """`words`: in any case. One of Django's password validators."""

    def __init__(self, words: list[str]):
        self.words = words

    def validate(self, password: str, user=None) -> None:
        """Raises ValidationError with the word that stands in it."""
        for word in self.words:
            if word.casefold() in password.casefold():
                raise ValidationError(_("密码里不能有“%(word)s”：这里的人都知道的词，猜密码的人最先试。"), "forbidden_word", {"word": word})

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return _("密码里不能有单位和产品的名字，比如：%(words)s。") % {"words": "、".join(self.words)}
