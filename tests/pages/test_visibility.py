"""What is not published appears on no public page."""

import pytest

from faults.models import Category, Fault, RelatedFault, ReturnCode, Term
from faults.search import index

pytestmark = pytest.mark.django_db
MARK = "紫霄殿"
PATHS = ["/", "/f/", "/f/40/", "/f/112/", "/codes/", "/codes/97/", "/codes/05/", "/terms/", "/procedures/", "/notices/"]
PATHS += [f"/search/?q={query}" for query in (MARK, "不出票", "97 终端号", "无拨号音")]
PATHS += ["/search/suggestions/?q=不出票", "/search/suggestions/?q=97"]


@pytest.fixture(params=["draft", "review", "archived"])
def hidden(request):
    """An entry, a code and a term in every place a page might take them from, none of them published."""
    status = request.param
    fault = Fault.everything.create(number=900, title=f"{MARK}不出票", kind="procedure", category=Category.objects.first(), status=status)
    code = ReturnCode.everything.create(scheme_id="lakala", code="97", meaning=MARK, retry_id="no", status=status)
    term = Term.everything.create(name=MARK, definition=MARK, status=status)
    shown = Fault.objects.get(number=40)
    shown.codes.add(code)
    RelatedFault.objects.create(fault=shown, other=fault, difference=MARK)
    fault.codes.set(ReturnCode.objects.filter(code="97"))
    ReturnCode.objects.get(scheme="cup", code="97").confused_with.add(code)
    index.refresh([fault, code, term])
    return fault


@pytest.mark.parametrize("path", PATHS)
def test_the_public_never_sees_it(client, hidden, path):
    content = client.get(path).content.decode().replace(f'value="{MARK}"', "").replace(f"“{MARK}”", "").replace(f"<title>{MARK}", "")
    assert MARK not in content


@pytest.mark.postgresql
def test_its_own_address_is_a_404(client, hidden):
    assert client.get("/f/900/").status_code == 404


@pytest.mark.postgresql
def test_an_editor_can_look_at_it_first(admin_client, hidden):
    shown = admin_client.get("/f/900/").content.decode()
    assert MARK in shown and hidden.get_status_display() in shown
