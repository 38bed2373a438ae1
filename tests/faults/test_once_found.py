"""Requests that broke a page once, found by the thousands of test_hostile_requests."""

import pytest
from django.test import Client

from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nonsense", ["%zz", "9" * 400, "１２", "-1", "a\0"])
def test_the_id_of_a_part_that_is_no_number(editor, nonsense):
    client = Client()
    client.force_login(editor)
    form = filled_in(client.get("/admin/faults/fault/1/change/"))
    broken = {name: nonsense if name.endswith("-id") else value for name, value in form.items()}
    assert client.post("/admin/faults/fault/1/change/", broken | {"_save": "1"}).status_code in (200, 302)


@pytest.mark.parametrize("nonsense", ["%zz", "9" * 400, "x"])
@pytest.mark.parametrize(("path", "field"), [("term/1/change", "sources"), ("fault/1/change", "codes"), ("judgment/add", "fault")])
def test_nonsense_where_something_is_to_be_chosen(editor, path, field, nonsense):
    client = Client()
    client.force_login(editor)
    form = filled_in(client.get(f"/admin/faults/{path}/"))
    answer = client.post(f"/admin/faults/{path}/", form | {field: [nonsense, "1"][: 1 + (field != "fault")], "_save": "1"})
    assert answer.status_code == 200 and "errorlist" in answer.content.decode()


@pytest.mark.parametrize("nonsense", ["%zz", "9" * 400, ""])
def test_nonsense_among_the_rows_of_an_action(editor, nonsense):
    client = Client()
    client.force_login(editor)
    answer = client.post("/admin/faults/fault/", {"action": "publish", "_selected_action": [nonsense, "1"], "index": "0"})
    assert answer.status_code in (200, 302)


def test_a_refused_host_with_a_session():
    client = Client(headers={"Cookie": f"sessionid={'a' * 32}"})
    assert client.get("/f/40/", headers={"Host": "[::1"}).status_code == 400
