"""A card number, however it is spelled and through whatever door it comes, is afterwards in no row and in no log of a running site."""

import sqlite3
import time
import urllib.error
import urllib.request
from urllib.parse import quote, unquote_plus, urlencode

import pytest

from posdesk.masking import MIN_DIGITS, count_digits, has_card_number
from tests.browser.conftest import serving
from tests.budget import either
from tests.servers.filled import sampled_sqlite
from tests.spellings import BROKEN_BY_WORDS, EVERY, numerals

CARDS = [*EVERY.values(), *BROKEN_BY_WORDS]
DOORS = {
    "search": lambda card: ("/search/?" + urlencode({"q": card}), None),
    "search, unusually escaped": lambda card: ("/search/?q=" + quote(card, safe="").replace("%3", "%253"), None),
    "suggestions": lambda card: ("/search/suggestions/?" + urlencode({"q": card}), None),
    "code table": lambda card: ("/codes/?" + urlencode({"q": card}), None),
    "another parameter": lambda card: ("/f/?" + urlencode({"category": card, "page": card}), None),
    "no page": lambda card: ("/" + quote(card, safe="") + "/", None),
    "typed": lambda card: ("/say/typed/", {"q": card}),
    "opened": lambda card: ("/say/opened/", {"mark": card, "page": card, "rank": "1"}),
    "vote": lambda card: ("/say/helpful/40/", {"answer": "no", "words": card, "version": card}),
    "flag": lambda card: ("/f/40/flag/?cause=1", {"words": card}),
    "language": lambda card: ("/i18n/setlang/", {"language": card, "next": f"/{card}"}),
}
READERS_WORDS = (("faults_search", "text"), ("faults_search", "folded"), ("faults_vote", "words"), ("faults_flag", "words"))
pytestmark = pytest.mark.xdist_group("card numbers")


def knock(address: str, data: dict | None) -> None:
    """Asks for the address. Any answer will do but a failure of ours."""
    body = urlencode(data).encode() if data else None
    try:
        urllib.request.urlopen(urllib.request.Request(address, body), timeout=20).read()  # noqa: S310 (our own address)
    except urllib.error.HTTPError as error:
        assert error.code < 500, address


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own: so much said in a minute closes every door for a while."""
    with serving(tmp_path_factory.mktemp("cards"), sampled_sqlite) as running:
        yield running


@pytest.fixture(scope="module")
def left(site):
    """What the database's files and the log say after every spelling has come through every door, and the rows of readers' words."""
    cause = sqlite3.connect(site.database).execute("SELECT min(id) FROM faults_cause").fetchone()[0]
    doors = list(DOORS.values())
    for place, card in enumerate(CARDS):
        for step in range(either(3, len(doors))):  # each spelling through some doors, each door for some spellings
            path, data = doors[(place + 4 * step) % len(doors)](card)
            knock(site.address + path, data)
        knock(f"{site.address}/say/solved/{cause}/", {"case_number": card})
    time.sleep(3)  # the batch of the last second
    files = [site.database, site.database.with_name(site.database.name + "-wal")]
    database = "".join(path.read_bytes().decode(errors="ignore") for path in files if path.exists())
    with sqlite3.connect(site.database) as rows:
        words = [text for table, column in READERS_WORDS for (text,) in rows.execute(f"SELECT {column} FROM {table}")]  # noqa: S608
        cases = [text for (text,) in rows.execute("SELECT case_number FROM faults_solved")]
    return database, unquote_plus(unquote_plus(site.log.read_text(errors="ignore"))), words, cases


def test_there_is_something_to_look_at(left):
    database, log, words, _cases = left
    assert len(words) > len(CARDS) // 2 and any("*" in text for text in words) and "/search/?q=" in log and "faults_search" in database


def test_it_stands_nowhere(left):
    database, log, _words, cases = left
    assert [card for card in CARDS if card in database or card in log or card in cases] == []


def test_of_a_number_the_last_four_are_left_at_the_most(left):
    """And a numeral on either side that may be a word."""
    _database, _log, words, cases = left
    assert not [text for text in words if "*" in text and len(numerals(text)) > 4 + 2]
    assert not [text for text in [*words, *cases] if has_card_number(text) or count_digits(text) >= MIN_DIGITS]
