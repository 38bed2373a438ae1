"""The page that gives many entries an owner: which ones it is about, and under which names people stand there."""

import pytest
from django.urls import reverse

from faults.admin import assigning
from faults.models import Fault

pytestmark = pytest.mark.django_db


def page_for(client, items):
    return client.get(reverse("admin:faults_fault_assign"), {"ids": ",".join(str(item.pk) for item in items)}).content.decode()


def test_every_entry_that_will_be_changed_is_named(signed_in_as):
    items = Fault.objects.all()[:25]
    page = page_for(signed_in_as("编辑"), items)
    assert all(f"<li>{item}</li>" in page for item in items) and "没有列进来" not in page


def test_what_is_more_than_can_be_changed_at_a_time_is_counted(signed_in_as, monkeypatch):
    monkeypatch.setattr(assigning, "MOST", 20)
    assert "一次最多改20条：还有5条没有列进来" in page_for(signed_in_as("编辑"), Fault.objects.all()[:25])


def test_people_are_called_by_their_names(signed_in_as, person):
    owner = person("编辑", "zhang3")
    owner.first_name = "张三"
    owner.save()
    page = page_for(signed_in_as("复核"), Fault.objects.all()[:1])
    assert f'<option value="{owner.pk}">张三</option>' in page
