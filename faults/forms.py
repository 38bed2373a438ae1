"""Forms that are not a model's."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.import_planning import card_lines
from faults.editing.transfer.workbook import MAX_BYTES, Table, UnreadableFile, read_tables
from posdesk.masking import mask_card_numbers


class UploadForm(forms.Form):
    """A table to import. `tables`: what was read, once it is valid."""

    file = forms.FileField(label=gettext_lazy("XLSX、ODS或CSV文件"), max_length=120)
    tables: list[Table]

    def clean_file(self):
        file = self.cleaned_data["file"]
        file.name = mask_card_numbers(file.name)
        if file.size > MAX_BYTES:
            raise ValidationError(_("文件超过%(most)s MB。请分成几个再上传。") % {"most": MAX_BYTES // 2**20})
        try:
            self.tables = read_tables(file.name, file.read())
        except UnreadableFile as error:
            raise ValidationError(error.sentence) from error
        if lines := card_lines(self.tables):
            raise ValidationError(
                _("第%(lines)s行有像卡号的一串数字。卡号不能存进知识库：只留后四位，再上传。") % {"lines": "、".join(lines)}
            )
        return file
