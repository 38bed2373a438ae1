"""Opens a workbook's ZIP, and refuses from its directory, before anything is unpacked, what would unpack to too much."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, SMALL

# What zipfile raises for damaged archives; which of them depends on where the damage is.
DAMAGED = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError, LookupError)
BROKEN = gettext_lazy("文件坏了，或者没有传完整。请在 Excel 里打开它，另存为新的 XLSX 文件，再上传。")
_ENTRY = b"PK\x01\x02"  # begins each entry of a ZIP's directory
_ENCRYPTED = 0x1
_TOO_MUCH = gettext_lazy("文件展开以后超过%(most)s MB，不读。请删掉空行、图片和不用的工作表，另存后再上传。")
NO_WORKBOOK = gettext_lazy(
    "这个压缩文件不是 XLSX 工作簿，也不是 ODS 表格。请在 Excel 或 WPS 里打开表格，另存为“Excel 工作簿（.xlsx）”，再上传。"
)


def opened(data: bytes) -> ZipFile:
    """The workbook's archive. Raises UnreadableFile."""
    if data.count(_ENTRY) > MAX_MEMBERS:  # counted first: zipfile makes an object of each
        raise UnreadableFile(_("文件里的部件超过%(most)s个，不像表格。请把要导入的表复制到新的工作簿里，再上传。") % {"most": MAX_MEMBERS})
    try:
        archive = ZipFile(BytesIO(data))
    except DAMAGED as error:
        raise UnreadableFile(BROKEN) from error
    _check(archive.infolist())
    return archive


def _check(members: list[ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(_("压缩文件加了密码，打不开。请去掉密码，另存为 XLSX，再上传。"))
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(_is_bomb(member) for member in members):
        raise UnreadableFile(_TOO_MUCH % {"most": MAX_UNPACKED // 2**20})
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise UnreadableFile(BROKEN)
    if not {"[Content_Types].xml", "content.xml"} & {member.filename for member in members}:
        raise UnreadableFile(NO_WORKBOOK)


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > max(SMALL, MAX_RATIO * member.compress_size)


class Allowance:
    """How much may still be unpacked. The directory may lie, so what really comes out is counted too."""

    def __init__(self, total: int = MAX_UNPACKED):
        self.left = total

    def take(self, amount: int) -> None:
        """Uses up some. Raises UnreadableFile when there is no more."""
        self.left -= amount
        if self.left < 0:
            raise UnreadableFile(_TOO_MUCH % {"most": MAX_UNPACKED // 2**20})
