"""Merging entries in the admin: one into another, never into itself, and nothing else of the entry changes by it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse

from faults.editing.describe import DESCRIBED
from faults.models import Category, Fault
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Three entries; the third went into the second and that into the first."""
    category, entries = Category.objects.first(), [None]
    for number in (900, 901, 902):
        entries.append(Fault.everything.create(number=number, title="x", category=category, merged_into=entries[-1]))
    return entries[1:]


def test_the_form_merges_and_the_old_address_leads_on(admin_client, client):
    old, new = Fault.objects.get(number=118), Fault.objects.get(number=40)
    url = reverse("admin:faults_fault_change", args=[old.pk])
    before = DESCRIBED["fault"][1](old)
    data = filled_in(admin_client.get(url)) | {"merged_into": str(new.pk), "status": "archived"}
    assert admin_client.post(url, data).status_code == 302
    old = Fault.everything.get(pk=old.pk)
    assert DESCRIBED["fault"][1](old) == before | {"status": "archived"}
    assert client.get("/118", follow=True).redirect_chain[-1] == ("/f/40/", 301)


@pytest.mark.parametrize("target", [0, 1, 2], ids=["itself", "what came into it", "what came into that"])
def test_a_circle_is_refused_with_a_sentence(chain, target):
    chain[0].merged_into = chain[target]
    with pytest.raises(ValidationError, match="绕一圈"):
        chain[0].clean()


def test_the_form_says_why(admin_client, chain):
    url = reverse("admin:faults_fault_change", args=[chain[0].pk])
    data = filled_in(admin_client.get(url)) | {"merged_into": str(chain[2].pk), "environments": ["1"]}
    response = admin_client.post(url, data)
    assert response.status_code == 200 and "一条不能并入它自己" in response.content.decode()


def test_another_entry_is_let_pass(chain):
    chain[0].merged_into = Fault.objects.get(number=40)
    chain[0].clean()


def test_an_entry_that_others_went_into_cannot_be_deleted(chain):
    with pytest.raises(ProtectedError):
        chain[0].delete()
