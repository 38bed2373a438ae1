"""One card number in every spelling we could think of, and the pieces that texts with digits are made of."""

import re
import unicodedata

from hypothesis import strategies as st

CARD = "6222021234567890"

SPELLINGS = {
    "plain": CARD,
    "blanks": "6222 0212 3456 7890",
    "many blanks": "6222     0212          3456  7890",
    "each digit by itself": " ".join(CARD),
    "tabs": "6222\t0212\t3456\t7890",
    "ideographic blanks": "6222\u30000212\u30003456\u30007890",
    "no-break and thin blanks": "6222\u00a00212\u202f3456\u20097890",
    "line breaks": "6222\n0212\r\n3456\u20287890",
    "zero width": "6222\u200b0212\u200d3456\ufeff7890",
    "soft hyphens and direction marks": "62\u00ad22\u200e0212\u202e3456\u20607890",
    "Hangul fillers": "6222\u31640212\u115f3456\uffa07890",
    "control characters": "6222\x000212\x1f3456\x7f7890",
    "private characters": "6222\ue0000212\uf8ff34567890",
    "keycaps": "".join(f"{digit}\ufe0f\u20e3" for digit in CARD),
    "accents": "6222\u03010212\u03003456\u03047890",
    "hyphens": "6222-0212-3456-7890",
    "every dash": "6222\u20100212\u20133456\u20147890",
    "minus and full-width dash": "6222\u22120212－3456—7890",
    "dots": "6222.0212.3456.7890",
    "middle dots": "6222·0212・3456•7890",
    "ellipses": "6222…0212……3456...7890",
    "underscores": "6222_0212＿3456__7890",
    "slashes": "6222/0212／3456//7890",
    "backslashes": "6222\\0212＼3456\\7890",
    "asterisks": "6222*0212**3456＊7890",
    "blank dash blank": "6222 - 0212 - 3456 - 7890",
    "full-width": "６２２２０２１２３４５６７８９０",
    "mixed widths": "6２2２ 0２1２－3４5６.7８9０",
    "circled": "⑥②②②⓪②①②③④⑤⑥⑦⑧⑨⓪",
    "superscript": "⁶²²²⁰²¹²³⁴⁵⁶⁷⁸⁹⁰",
    "subscript": "₆₂₂₂₀₂₁₂₃₄₅₆₇₈₉₀",
    "Arabic-Indic": "٦٢٢٢٠٢١٢٣٤٥٦٧٨٩٠",
    "Persian": "۶۲۲۲ ۰۲۱۲ ۳۴۵۶ ۷۸۹۰",
    "Devanagari": "६२२२०२१२३४५६७८९०",
    "mathematical": "𝟔𝟐𝟐𝟐𝟢𝟤𝟣𝟤𝟯𝟰𝟱𝟲𝟽𝟾𝟿𝟶",
    "Chinese": "六二二二零二一二三四五六七八九零",
    "Chinese with 〇 and 幺": "六二二二〇二幺二三四五六七八九〇",
    "as said on the telephone": "六两两两洞两幺两三四五六拐八勾洞",
    "Chinese as on cheques": "陆贰贰贰零贰壹贰叁肆伍陆柒捌玖零",
    "Chinese as on cheques, traditional": "陸貳貳貳零貳壹貳參肆伍陸柒捌玖零",
    "Chinese in groups": "六二二二 零二一二 三四五六 七八九零",
    "Chinese and digits": "6二2二0二1二3四5六7八9〇",
    "Chinese for half": "六二二二零二一二34567890",
    "一 for a dash": "6222一0212一3456一7890",
    "every writing": "6２②² ٠二①貳 3４⑤⁶ 七8９〇",
    "commas": "6222，0212，3456，7890",
    "half-width commas": "6222,0212,3456,7890",
    "enumeration commas": "6222、0212、3456、7890",
    "colons and semicolons": "6222：0212；3456:7890",
    "full stops": "6222。0212。3456。7890",
    "bars and pluses": "6222|0212+3456＋7890",
    "brackets": "(6222)(0212)【3456】[7890]",
    "quotation marks": "“6222”“0212”'3456' 7890",
    "arrows and others": "6222→0212#3456=7890",
    "commas and blanks": "6222 ， 0212 ， 3456 ， 7890",
    "commas, in sixes": "622202,123456,7890",
    "commas, digit by digit": "、".join(CARD),
    "Chinese, digit by digit": "，".join("六二二二零二一二三四五六七八九零"),
}
IN_SENTENCES = {
    "in a sentence": f"我的卡{CARD}刷不了，密码错",
    "before 一": f"卡号{CARD}一直刷不了",
    "after 三": f"张三{CARD}刷不了",
    "in an item": f"第一、{CARD}刷不了",
    "in letters": f"abc{CARD}def",
}
LONGER_AND_SHORTER = {
    "19 digits": "6222021234561237890",
    "19 digits in groups": "6222 0212 3456 1237 890",
    "19 digits, commas": "6222，0212，3456，1237，890",
    "18 digits": "622202-1234-5612-7890",
    "15 digits, 4-6-5": "3782 822463 17890",
    "15 digits, 4-6-5, commas": "3782，822463，17890",
    "14 digits": "3056-930902-7890",
    "13 digits": "4222222227890",
}
EVERY = SPELLINGS | IN_SENTENCES | LONGER_AND_SHORTER
BROKEN_BY_WORDS = [
    "前四位6222中间0212再3456最后7890",
    "6222和0212和3456和7890",
    "x".join(CARD),
    "前面六二二二，中间是零二一二，再来三四五六，最后七八九零",
    "六二二二然后0212然后三四五六然后7890",
    "62、22、02、12、34、56、78、90",
]


def numerals(text: str) -> str:
    """The digits in a text, in any writing, but for the words the tables put around a number."""
    text = re.sub("一直|张三|第一|前四位", "", text).translate(str.maketrans("洞两拐勾", "0279"))
    values = (unicodedata.numeric(character, -1) for character in text)
    return "".join(str(int(value)) for value in values if value in range(10))


SEPARATORS = ["", " ", "-", "  ", "－", "\n", "\t", "\u3000", "\u200b", "\ufeff", ".", "·", "_", "*", " - ", "…", "\ufe0f"]
DIGITS = [*"0123456789", *"０４９", *"①⑥⁶₂", *"٣६𝟗", *"一幺零〇六捌玖"]
PIECES = [
    *DIGITS,
    *SEPARATORS,
    *"，、,:/\\|()x卡十",
    "2014-01-01",
    "2014-01-01 10:20:30",
    "6222",
    "12",
    "456",
    "6222021234567890",
    "55、",
    "\\u3000",
]
ANYTHING = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
