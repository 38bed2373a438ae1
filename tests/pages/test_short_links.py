"""Addresses said aloud: short, by number, and good for ever, also when the entry went into another."""

import pytest

from faults.models import Category, Fault, Status

pytestmark = pytest.mark.django_db


def leads_to(client, path):
    response = client.get(path)
    assert response.status_code == 301, (path, response.status_code)
    return response.headers["Location"]


def went_into(number: int, other: Fault | None, status: str = Status.ARCHIVED) -> Fault:
    return Fault.everything.create(
        number=number, title=f"旧的{number}", category=Category.objects.first(), status=status, merged_into=other
    )


@pytest.mark.parametrize(
    ("short", "page"),
    [("/40", "/f/40/"), ("/40/", "/f/40/"), ("/c/97", "/codes/97/"), ("/c/97/", "/codes/97/"), ("/c/a0", "/codes/a0/")],
)
def test_a_short_link_leads_to_the_page(client, short, page):
    assert leads_to(client, short) == page and client.get(short, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/0", "/040", "/1234567", "/-1", "/c/", "/c/12345", "/40x"])
def test_what_is_no_number_and_no_code_is_no_short_link(client, path):
    assert client.get(path, follow=True).status_code == 404


def test_an_unknown_number_says_so(client):
    response = client.get("/999", follow=True)
    assert response.status_code == 404 and "没有999号条目" in response.content.decode()


def test_a_new_title_changes_no_link(client):
    Fault.everything.filter(number=40).update(title="改了名字")
    assert "改了名字" in client.get("/40", follow=True).content.decode()


def test_a_merged_entry_leads_to_the_other_for_ever(client):
    went_into(900, Fault.objects.get(number=40))
    assert leads_to(client, "/f/900/") == "/f/40/" and client.get("/900", follow=True).redirect_chain[-1] == ("/f/40/", 301)
    assert "no-cache" in client.get("/f/900/").headers["Cache-Control"]


def test_merges_of_merges_lead_to_the_first_that_is_published(client):
    went_into(902, went_into(901, went_into(900, Fault.objects.get(number=40))))
    assert [leads_to(client, f"/f/{number}/") for number in (900, 901, 902)] == ["/f/40/"] * 3
    Fault.everything.filter(number=901).update(status=Status.PUBLISHED)
    assert leads_to(client, "/f/902/") == "/f/901/" and client.get("/f/901/").status_code == 200


def test_an_entry_still_published_is_shown_though_it_was_merged(client):
    went_into(900, Fault.objects.get(number=40), Status.PUBLISHED)
    assert "旧的900" in client.get("/f/900/").content.decode()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_nothing_leads_to_what_is_not_published(client, status):
    went_into(901, went_into(900, None, status))
    response = client.get("/f/901/")
    assert response.status_code == 404 and "旧的" not in response.content.decode()


def test_a_circle_is_left(client):
    """The admin refuses one; a statement in the database may still make it."""
    first = went_into(900, None)
    Fault.everything.filter(pk=first.pk).update(merged_into=went_into(901, first))
    assert client.get("/f/900/").status_code == client.get("/f/901/").status_code == 404


def test_an_editor_reads_the_old_entry_itself(admin_client):
    went_into(900, Fault.objects.get(number=40))
    assert "旧的900" in admin_client.get("/f/900/").content.decode()


def test_long_chains_cost_no_more_questions(client, django_assert_num_queries):
    last = Fault.objects.get(number=40)
    for number in range(900, 920):
        last = went_into(number, last)
    client.get("/f/40/")  # the stamps of pages are made once a version
    with django_assert_num_queries(5):  # the version, the entry, what it went into, all merges, those of them that are published
        client.get("/f/919/")
