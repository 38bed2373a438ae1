"""What the browser covers before it keeps it is what the server covers when it arrives: masking.js does as posdesk/masking.py."""

from posdesk.masking import mask_card_numbers
from tests.servers.posdesk import ROOT
from tests.spellings import BROKEN_BY_WORDS, EVERY
from tests.test_masking_spellings import NO_NUMBERS
from tests.typed_numbers import HARMLESS, TYPED

SCRIPT = ROOT / "faults/static/faults/masking.js"


def test_the_browser_covers_what_the_server_does(page):
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    texts = [
        *EVERY.values(),
        *BROKEN_BY_WORDS,
        *TYPED,
        *NO_NUMBERS,
        *HARMLESS,
        *map(chr, [*range(0x250), *range(0x2000, 0x2800), *range(0x3000, 0x3300)]),
    ]
    texts += [f"12345678{chr(code)}87654321" for code in [*range(0x250), *range(0x2070, 0x2800), *range(0x3000, 0x3300)]]
    covered = page.evaluate("texts => texts.map(maskCards)", texts)
    wrong = [(text, got) for text, got in zip(texts, covered, strict=True) if got != mask_card_numbers(text)]
    assert "".join(sorted({w[0][8:9] for w in wrong})) == ""
