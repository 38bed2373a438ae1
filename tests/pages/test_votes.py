"""“有用没用” and “就是这个原因”: once a visitor for the version that was read, without JavaScript, without a name."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import version_read
from faults.models import Action, Fault, Solved, UseDay, Vote
from faults.usage import votes
from faults.views.votes import MOST_A_MINUTE

pytestmark = pytest.mark.django_db
HELPFUL = "/say/helpful/40/"


@pytest.fixture
def cause():
    return Fault.objects.get(number=40).causes.first()


def solved_at(cause):
    return f"/say/solved/{cause.pk}/"


def sums(kind, key):
    row = UseDay.objects.filter(kind=kind, key=str(key)).first()
    return (row.helpful, row.unhelpful, row.solved) if row else (0, 0, 0)


def published_anew(number=40):
    """The entry after an editor's change of its words and a reviewer's yes."""
    fault = Fault.objects.get(number=number)
    propose(fault, snapshot(fault) | {"symptom": f"{fault.symptom}改了。"}, None, Action.CHANGED)
    publishing.submit(fault, None)
    publishing.publish(fault, None)


def test_the_page_offers_both_with_the_version_that_is_read(client, cause):
    shown, version = client.get("/f/40/").content.decode(), version_read(cause.fault)
    assert shown.count(f'name="version" value="{version}"') == 1 + cause.fault.causes.count()
    assert f'action="{HELPFUL}"' in shown and f'action="{solved_at(cause)}"' in shown


@pytest.mark.postgresql
def test_a_visitor_votes_once_and_may_change_their_mind(client):
    for answer in ("yes", "yes", "no"):
        assert client.post(HELPFUL, {"answer": answer}).status_code == 200
    vote = Vote.objects.get()
    assert not vote.is_helpful and vote.fault.number == 40 and sums("fault", 40) == (0, 1, 0)
    client.post(HELPFUL, {"answer": "no", "reason": "unclear", "words": "第二步看不懂"})
    vote = Vote.objects.get()
    assert (vote.reason, vote.words) == ("unclear", "第二步看不懂") and sums("fault", 40) == (0, 1, 0)
    client.post(HELPFUL, {"answer": "yes", "reason": "unclear"})
    assert Vote.objects.get().reason == "" and sums("fault", 40) == (1, 0, 0)


def test_another_visitor_counts_for_themselves(client):
    client.post(HELPFUL, {"answer": "yes"})
    Client().post(HELPFUL, {"answer": "yes"})
    assert len(set(Vote.objects.values_list("visitor", flat=True))) == 2 and sums("fault", 40) == (2, 0, 0)


def test_a_vote_belongs_to_the_version_that_was_read(client):
    read = version_read(Fault.objects.get(number=40))
    published_anew()
    now = version_read(Fault.objects.get(number=40))
    client.post(HELPFUL, {"answer": "no", "version": read})
    client.post(HELPFUL, {"answer": "yes", "version": now})
    assert set(Vote.objects.values_list("version", "is_helpful")) == {(read, False), (now, True)} and read < now


def test_what_changes_no_words_makes_no_new_version():
    fault = Fault.objects.get(number=40)
    before = version_read(fault)
    publishing.confirm(fault, None)
    propose(fault, snapshot(fault) | {"symptom": "还没发布。"}, None, Action.CHANGED)
    assert version_read(fault) == before


@pytest.mark.parametrize("version", ["", "0", "-3", "x", "９９", "9" * 40, "1"])
def test_a_version_that_was_none_of_this_entry_counts_as_the_present_one(client, version):
    other = version_read(Fault.objects.get(number=5))
    for given in (version, str(other)):
        client.post(HELPFUL, {"answer": "yes", "version": given})
    assert Vote.objects.get().version == version_read(Fault.objects.get(number=40))


@pytest.mark.postgresql
def test_the_database_itself_takes_one_vote_a_visitor(cause):
    votes.vote(cause.fault, 1, "a" * 32, True)
    votes.solved(cause, 1, "a" * 32)
    for model, values in ((Vote, {"is_helpful": True}), (Solved, {"cause": cause})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(fault=cause.fault, version=1, visitor="a" * 32, **values)


@pytest.mark.postgresql
def test_solved_counts_once_a_visitor_and_the_number_of_the_case_can_follow(client, cause):
    for _ in range(2):
        assert "记下了" in client.post(solved_at(cause), {}).content.decode()
    client.post(solved_at(cause), {"case_number": "GD-2026-118"})
    row = Solved.objects.get()
    assert (row.cause, row.fault.number, row.case_number) == (cause, 40, "GD-2026-118")
    assert sums("cause", cause.pk) == (0, 0, 1) and sums("fault", 40) == (0, 0, 1)


def test_each_case_counts(client, cause):
    for case in ("A-1", "A-2", "A-1", ""):
        client.post(solved_at(cause), {"case_number": case})
    assert sorted(Solved.objects.values_list("case_number", flat=True)) == ["", "A-1", "A-2"] and sums("cause", cause.pk) == (0, 0, 3)


@pytest.mark.parametrize(
    "number", ["6222021234567890", "6222 0212 3456 7890", "６２２２-０２１２-３４５６-７８９０", "6222和0212和3456和7890"]
)
def test_a_card_is_no_case(client, cause, number):
    answer = client.post(solved_at(cause), {"case_number": number})
    shown = answer.content.decode()
    assert answer.status_code == 400 and "不要写卡号" in shown and (number not in shown or "和" in number)
    assert not Solved.objects.exists()


@pytest.mark.parametrize("spelling", ["6222021234567890", "6222 0212 3456 7890", "6222，0212，3456，7890", "前6222中0212再3456后7890"])
def test_no_card_number_in_a_readers_words(client, spelling):
    client.post(HELPFUL, {"answer": "no", "words": f"卡{spelling}不行"})
    assert not re.search(r"\d", Vote.objects.get().words)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "maybe"},
        {"answer": "no", "reason": "other"},
        {"answer": "no", "words": "长" * 301},
        {"answer": "no", "words": "a\0b"},
    ],
    ids=["nothing", "neither", "no-such-reason", "too-long", "nul"],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_kept(client, data):
    answer = client.post(HELPFUL, data)
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode() and not Vote.objects.exists()
    assert data.get("words", "") in answer.content.decode()


def test_a_flood_is_stopped_and_what_was_written_stays(client):
    for _ in range(MOST_A_MINUTE):
        client.post(HELPFUL, {"answer": "yes"})
    answer = client.post(HELPFUL, {"answer": "no", "words": "还在吗"})
    assert answer.status_code == 400 and "过一会儿" in answer.content.decode() and "还在吗" in answer.content.decode()
    assert Vote.objects.get().is_helpful


def test_htmx_gets_the_piece_with_a_status_that_it_shows(client):
    answer = client.post(HELPFUL, {"answer": "no"}, headers={"hx-request": "true"})
    assert "<html" not in answer.content.decode() and "不是我这种情况" in answer.content.decode()
    refused = client.post(HELPFUL, {"answer": "?"}, headers={"hx-request": "true"})
    assert refused.status_code == 200 and 'role="alert"' in refused.content.decode()


def test_without_javascript_a_page_says_so_and_leads_back(client, cause):
    shown = client.post(solved_at(cause), {}).content.decode()
    assert "<html" in shown and 'href="/f/40/"' in shown and 'name="case_number"' in shown
    for address in (HELPFUL, solved_at(cause)):  # the page asked for again
        assert client.get(address).url == "/f/40/"


def test_only_what_is_said_has_a_cookie_and_it_is_not_prolonged(client):
    assert not client.get("/f/40/").cookies and not client.get("/search/?q=不出票").cookies
    cookie = client.post(HELPFUL, {"answer": "yes"}).cookies["visitor"]
    assert cookie["path"] == "/say/" and cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == 7 * 24 * 60 * 60
    assert not client.post(HELPFUL, {"answer": "yes"}).cookies and client.cookies["visitor"].value == cookie.value


@pytest.mark.parametrize("brought", ["", "me", "A" * 32, "0" * 31, "0" * 33, "../../x"])
def test_a_token_that_is_none_of_ours_is_replaced(client, brought):
    client.cookies["visitor"] = brought
    client.post(HELPFUL, {"answer": "yes"})
    assert re.fullmatch("[0-9a-f]{32}", Vote.objects.get().visitor) and Vote.objects.get().visitor != brought


def test_another_site_can_not_vote(client, cause):
    for address in (HELPFUL, solved_at(cause)):
        for origin in ("https://evil.example", "null", "http://["):
            assert client.post(address, {"answer": "yes"}, headers={"origin": origin}).status_code == 403
    assert not Vote.objects.exists() and not Solved.objects.exists()


def test_nobody_votes_on_what_readers_do_not_see(client, draft):
    hidden = draft.causes.create(title="x", check_text="x")
    for address in ("/say/helpful/900/", solved_at(hidden), "/say/solved/999999999/", "/say/helpful/999999/"):
        assert client.post(address, {"answer": "yes"}).status_code == 404
    assert client.post(f"/say/solved/{'9' * 18}/").status_code == 404 and client.post(f"/say/solved/{'9' * 19}/").status_code == 404


def test_a_cause_taken_out_leaves_the_count_of_the_entry(client, cause):
    client.post(solved_at(cause), {})
    fault = cause.fault
    cause.delete()
    assert Solved.objects.get().cause is None and Solved.objects.get().fault == fault and sums("fault", 40) == (0, 0, 1)
