"""The QR code that a hand-over is drawn as."""

import pytest
import segno
from playwright.sync_api import Error

from tests.servers.posdesk import ROOT


def test_the_qr_code_is_that_of_the_standard(page, base_url):
    """Module by module as segno draws it, for texts that fill their version: what stands behind shorter ones no reader looks at. 3 s."""
    page.goto("about:blank")  # no policy of ours forbids a script there
    page.add_script_tag(path=ROOT / "faults/static/faults/qr_code.js")
    for version, count in ((1, 17), (2, 32), (6, 134), (7, 154), (10, 271), (14, 458), (21, 929), (27, 1465), (32, 1952), (40, 2953)):
        text = (f"{base_url}/f/40/#call=" + "aZ09-_" * 500)[:count]
        drawn = page.evaluate("text => qrCode.modules(text).map(row => row.map(Number))", text)
        wanted = segno.make(text, error="l", mask=0, mode="byte", version=version, boost_error=False)
        assert drawn == [list(row) for row in wanted.matrix], version
    assert len(page.evaluate("qrCode.modules('短')")) == 21
    with pytest.raises(Error, match="more than a QR code holds"):
        page.evaluate("qrCode.modules('x'.repeat(2954))")
