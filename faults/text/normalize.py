"""One spelling for text that is stored, so that what looks the same is the same: line ends, blanks, widths. Pure: no Django.

Folding (fold.py) makes words comparable and is never shown; this is what editors see again.
"""

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")  # as str.splitlines
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}  # ０–９ Ａ–Ｚ ａ–ｚ
_LATIN_SIGN = re.compile("(?<=[0-9A-Za-z])[－．／＿＆＋＝＃＠](?=[0-9A-Za-z])")  # between Latin letters and digits: ＩＰ－０１


def normalized(text: str) -> str:
    """The text with \\n between its lines, single kinds of blanks, half-width letters and digits, and nothing invisible.

    Lines lose the blanks at their ends, the whole the empty lines at its ends. Unicode's composed form (NFC) joins tone marks to their
    letters. Chinese punctuation stays as it is: its full width is how it is written. Doing it twice changes nothing more.
    """
    if text.isascii() and text.isprintable() and text[:1] != " " != text[-1:]:
        return text
    text = "".join(map(_character, _LINE_END.sub("\n", unicodedata.normalize("NFC", text)).translate(_FULL_WIDTH)))
    text = _LATIN_SIGN.sub(lambda sign: chr(ord(sign[0]) - 0xFEE0), text)
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def _character(one: str) -> str:
    """A blank for any sort of blank; nothing for what controls or joins and has no width (Unicode categories Z, Cc, Cf)."""
    category = unicodedata.category(one)
    if category[0] == "Z" or one == "\t":
        return " "
    return "" if category in ("Cc", "Cf") and one != "\n" else one


def normalized_values(value):
    """The same for every text in a row of lists and dicts, as history and revisions keep it."""
    if isinstance(value, str):
        return normalized(value)
    if isinstance(value, list):
        return [normalized_values(one) for one in value]
    return {key: normalized_values(one) for key, one in value.items()} if isinstance(value, dict) else value
