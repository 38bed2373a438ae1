"""Reflected script: a mark in every parameter, header, cookie and path that a page reads, and in what a form sends back."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from faults.models import Change, Fault
from tests.budget import IS_LONG
from tests.security.hostile import Marks, injected

pytestmark = pytest.mark.django_db
MARK = Marks().long("here")
SHOWN = "evil10"
PUBLIC = {
    "/": ["q", "page"],
    "/search/": ["q", "kind", "category", "environment", "red", "page"],
    "/search/suggestions/": ["q"],
    "/f/": ["kind", "category", "environment", "actor", "page"],
    "/procedures/": ["kind", "category", "page"],
    "/notices/": ["kind", "category", "page"],
    "/codes/": ["q", "scheme", "letter", "retry", "actor", "sort", "page"],
    "/codes/97/": ["scheme", "q"],
    "/f/40/": ["q", "mark", "page"],
    "/f/40/flag/": ["cause", "words"],
    "/terms/": ["q", "page"],
    "/offline/": ["q"],
    "/feed.atom": ["q"],
    "/opensearch.xml": ["q"],
    "/sitemap.xml": ["p", "section"],
}
LISTS = ("fault", "returncode", "term", "synonymgroup", "wording", "elsewhere", "note", "judgment")
LISTS += ("category", "environment", "actor", "source", "codetable", "retry", "responseclass", "variable", "question")
OF_LISTS = [
    "q",
    "o",
    "p",
    "all",
    "e",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "status",
    "status__exact",
    "category__id__exact",
    "held",
    "verdict",
]
PREFILLED = {
    "fault": ["title", "symptom", "number", "from_search", "_popup"],
    "synonymgroup": ["name", "words"],
    "wording": ["name", "words"],
    "note": ["about", "place", "text", "answers"],
    "judgment": ["query"],
}
HEADERS = [
    "Referer",
    "User-Agent",
    "Accept-Language",
    "X-Forwarded-Host",
    "X-Forwarded-For",
    "X-Request-ID",
    "HX-Request",
    "HX-Target",
    "HX-Current-URL",
]


def asked(client: Client, url: str, names, value=MARK, singly=True) -> dict[str, list[str]]:
    """What came of the value in all parameters, in the first of them and, if so told, in each."""
    data = [{name: value} for name in (names if singly else names[:1])] + [dict.fromkeys(names, value)]
    answers = {str(one): client.get(url, one) for one in data}
    assert all(answer.status_code < 500 for answer in answers.values())
    return {said: found for said, answer in answers.items() if (found := injected(answer.content.decode()))}


@pytest.mark.parametrize("path", PUBLIC)
def test_no_parameter_of_a_public_page(client, path):
    assert not asked(client, path, PUBLIC[path])


def test_what_was_asked_is_shown_as_text(client):
    assert SHOWN in client.get("/search/", {"q": MARK}).content.decode()


@pytest.mark.parametrize(
    "path", ["/{}/", "/f/{}/", "/codes/{}/", "/c/{}", "/admin/{}/", "/admin/faults/{}/", "/static/{}", "/say/{}/", "/{}.php"]
)
def test_no_path(client, admin_client, path):
    for asking in (client, admin_client):
        answer = asking.get(path.format(quote(MARK)))
        assert answer.status_code < 500 and not injected(answer.content.decode())


@pytest.mark.parametrize("name", HEADERS)
def test_no_header(client, name):
    """Shown nowhere at all: nothing of this is a page's business."""
    for path in ("/", "/search/?q=不出票", "/f/40/", "/nothing/", "/admin/login/"):
        answer = client.get(path, headers={name: MARK})
        assert not injected(answer.content.decode()) and SHOWN not in answer.content.decode()


@pytest.mark.parametrize("name", ["language", "sessionid", "csrftoken", "visitor", "messages"])
def test_no_cookie(client, name):
    client.cookies[name] = MARK
    for path in ("/", "/f/40/", "/admin/login/", "/nothing/"):
        assert SHOWN not in client.get(path).content.decode()


@pytest.mark.parametrize("model", LISTS)
def test_no_parameter_of_a_list_at_the_desk(admin_client, model):
    """One list is asked each parameter singly, the others, which are of the same class, all at once; with LONG=1 all singly."""
    assert not asked(admin_client, reverse(f"admin:faults_{model}_changelist"), OF_LISTS, singly=IS_LONG or model == LISTS[0])


@pytest.mark.parametrize("model", PREFILLED)
def test_no_prefilled_form(admin_client, model):
    url = reverse(f"admin:faults_{model}_add")
    assert not asked(admin_client, url, PREFILLED[model])
    assert SHOWN in admin_client.get(url, dict.fromkeys(PREFILLED[model][:2], MARK)).content.decode()


def test_no_parameter_of_the_desks_own_pages(admin_client):
    entry = Fault.objects.get(number=40)
    change = Change.objects.of(entry).first().pk
    pages = {
        reverse("usage"): ["days"],
        reverse("usage_list", args=["nothing"]): ["days", "page"],
        reverse("usage_alias"): ["text", "from_search"],
        reverse("admin:faults_fault_assign"): ["ids"],
        reverse("admin:faults_fault_merge", args=[entry.pk]): ["entry", "number"],
        reverse("admin:faults_fault_history", args=[entry.pk]): ["page"],
        f"{reverse('admin:faults_fault_compare', args=[entry.pk])}?from={change}": ["to"],
        reverse("admin:faults_fault_similar"): ["q", "own"],
        reverse("admin:faults_fault_deleted"): ["page"],
        reverse("admin:search"): ["s", "q"],
        reverse("admin:index"): ["q", "next"],
        reverse("admin:auth_user_changelist"): ["q", "o", "is_staff__exact"],
    }
    assert not {url: found for url, names in pages.items() if (found := asked(admin_client, url, names))}


def test_no_form_that_is_sent_back(client, admin_client):
    sent = {
        "/f/40/flag/": {"words": MARK * 4},
        "/say/helpful/40/": {"answer": MARK, "reason": MARK, "words": MARK * 4, "version": MARK},
        f"/say/solved/{Fault.objects.get(number=40).causes.first().pk}/": {"case_number": MARK, "version": MARK},
        "/admin/login/": {"username": MARK, "password": MARK, "next": MARK},
    }
    answers = {url: client.post(url, data) for url, data in sent.items()}
    answers |= {f"{url} again": client.post(url, data, headers={"HX-Request": "true"}) for url, data in sent.items()}
    answers["alias"] = admin_client.post(reverse("usage_alias"), {"text": MARK * 2, "number": MARK, "other": MARK})
    answers["password"] = admin_client.post(reverse("admin:password_change"), {"old_password": MARK, "new_password1": MARK})
    answers["user"] = admin_client.post(reverse("admin:auth_user_add"), {"username": MARK, "password1": MARK, "password2": "x"})
    answers["list"] = admin_client.post(reverse("admin:faults_category_add"), {"slug": MARK, "name": MARK, "position": MARK})
    answers["action"] = admin_client.post(reverse("admin:faults_fault_changelist"), {"action": MARK, "_selected_action": MARK}, follow=True)
    assert not {name: found for name, answer in answers.items() if (found := injected(answer.content.decode()))}
    assert SHOWN in answers["/f/40/flag/"].content.decode() and SHOWN in answers["list"].content.decode()


def test_a_window_that_hands_a_new_row_back_hands_text_back(admin_client):
    """The admin writes the row's name into a script of the window that opened it."""
    name = Marks().short("category")[:30]
    answer = admin_client.post(
        f"{reverse('admin:faults_category_add')}?_popup=1", {"slug": "evil", "name": name, "position": "1", "_popup": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and SHOWN in page and not injected(page)
