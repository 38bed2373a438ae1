"""Requests that broke a page once, found by the thousands of test_hostile_requests."""

import pytest
from django.test import Client

from faults.editing.revisions import dry_run
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def posted(client: Client, path: str, data: dict):
    """The answer; what it changed is taken back."""
    with dry_run():
        return client.post(path, data)


def test_the_id_of_a_part_that_is_no_number(client):
    path = "/admin/faults/fault/1/change/"
    form, wrong = filled_in(client.get(path)), []
    for nonsense in ("%zz", "9" * 400, "１２", "-1", "a\0"):
        broken = {name: nonsense if name.endswith("-id") else value for name, value in form.items()}
        status = posted(client, path, broken | {"_save": "1"}).status_code
        wrong += [] if status in (200, 302) else [(nonsense[:9], status)]
    assert not wrong


def test_nonsense_where_something_is_to_be_chosen(client):
    wrong = []
    for path, field in (("term/1/change", "sources"), ("fault/1/change", "codes"), ("judgment/add", "fault")):
        form = filled_in(client.get(f"/admin/faults/{path}/"))
        for nonsense in ("%zz", "9" * 400, "x"):
            chosen = [nonsense, "1"][: 1 + (field != "fault")]
            answer = posted(client, f"/admin/faults/{path}/", form | {field: chosen, "_save": "1"})
            is_said = answer.status_code == 200 and "errorlist" in answer.content.decode()
            wrong += [] if is_said else [(path, nonsense[:9], answer.status_code)]
    assert not wrong


def test_nonsense_among_the_rows_of_an_action(client):
    wrong = []
    for nonsense in ("%zz", "9" * 400, ""):
        rows = {"action": "publish", "_selected_action": [nonsense, "1"], "index": "0"}
        status = posted(client, "/admin/faults/fault/", rows).status_code
        wrong += [] if status in (200, 302) else [(nonsense[:9], status)]
    assert not wrong


def test_a_refused_host_with_a_session():
    client = Client(headers={"Cookie": f"sessionid={'a' * 32}"})
    assert client.get("/f/40/", headers={"Host": "[::1"}).status_code == 400
