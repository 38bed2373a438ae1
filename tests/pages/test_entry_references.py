"""Where a text names another entry by its number, it leads there. 1 s."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from faults import page_fingerprints
from faults.models import Fault, ReturnCode, Status
from faults.text.entry_references import named_in, pieces

ROWS = [
    ("照98号办。", {98}),
    ("冲正失败，按112号办；还是不行，看98号。", {112, 98}),
    ("97号", set()),  # no such entry here
    ("国际标准排第98号，每月98号", set()),
    ("98号码、98号机、客服1098号线", set()),
    ("返回码98", set()),
    ("1998号", set()),
    ("", set()),
]


def test_numbers_of_entries_are_told_from_other_numbers():
    assert [(text, named_in(text, {98, 112})) for text, _found in ROWS] == ROWS


@given(st.text(st.sampled_from("0189号第码，照")))
def test_the_pieces_are_the_text(text):
    assert "".join(piece for piece, _number in pieces(text, {8, 9, 19, 98})) == text


def link(number: int) -> str:
    return f'<a href="/f/{number}/">{number}号</a>'


@pytest.mark.django_db
def test_a_reference_is_a_link_wherever_it_is_read_out_and_costs_one_query(client):
    """In a red line, a question, a step, a difference, a myth, and on a code's page and in results; however many there are."""
    fault, code = Fault.objects.get(number=40), ReturnCode.objects.get(scheme="cup", code="97")

    def shown(path: str) -> tuple[str, int]:
        with CaptureQueriesContext(connection) as counted:
            page = client.get(path).content.decode()
        return page, len(counted)

    paths = ("/f/40/", "/codes/97/", "/search/?q=40号")
    for path in paths:
        shown(path)
    fault.warning, code.steps = "照8号办。", "照8号办。"
    fault.save()
    code.save()
    few = [shown(path)[1] for path in paths]
    cause = fault.causes.first()
    cause.check_text = "照10号办？"
    cause.save()
    fix = cause.fixes.first()
    fix.steps = "照11号办。"
    fix.save()
    fault.links.update(difference="照12号办。")
    fault.myths.update(reason="照13号办。")
    code.say, code.detail = "照10号办。", "照11号办。"
    code.save()
    pages = [shown(path) for path in paths]
    assert all(link(number) in pages[0][0] for number in (8, 10, 11, 12, 13))
    assert all(link(number) in pages[1][0] for number in (8, 10, 11))
    assert all(link(number) in pages[2][0] for number in (8, 10, 11))
    assert [count for _page, count in pages] == few


@pytest.mark.django_db
def test_a_code_that_names_an_entry_is_kept_anew_when_that_is_withdrawn(client):
    ReturnCode.objects.filter(scheme="cup", code="97").update(steps="照8号办。")
    before = page_fingerprints.code_fingerprints("")
    assert link(8) in client.get("/codes/97/").content.decode()
    Fault.objects.filter(number=8).update(status=Status.ARCHIVED)
    after = page_fingerprints.code_fingerprints("")
    assert {code for code in after if after[code] != before[code]} >= {"97"} and after["00"] == before["00"]
    page = client.get("/codes/97/").content.decode()
    assert "照8号办" in page and link(8) not in page
