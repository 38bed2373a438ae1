"""Who may read what."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from faults.models import Fault, Fix, ReturnCode, Status, Term

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.mark.parametrize("model", [Fault, ReturnCode, Term])
def test_the_short_way_shows_only_what_is_published(model):
    item = model.everything.first()
    model.everything.filter(pk=item.pk).update(status=Status.DRAFT)
    assert not model.objects.filter(pk=item.pk).exists()
    assert not model.visible_to(AnonymousUser()).filter(pk=item.pk).exists()
    assert model.everything.filter(pk=item.pk).exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_only_published_is_public(status, draft):
    Fault.everything.filter(pk=draft.pk).update(status=status)
    assert draft not in Fault.visible_to(AnonymousUser())


def test_staff_need_the_right_to_view(draft, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    assert draft not in Fault.visible_to(reader)
    reader.user_permissions.add(Permission.objects.get(codename="view_fault"))
    reader = django_user_model.objects.get(pk=reader.pk)  # permissions are cached on the object
    assert draft in Fault.visible_to(reader)


def test_a_person_who_is_not_staff_sees_the_public_view(draft, django_user_model):
    person = django_user_model.objects.create_user("person")
    person.user_permissions.add(Permission.objects.get(codename="view_fault"))
    assert draft not in Fault.visible_to(person)


def test_a_fix_that_a_form_has_half_taken_has_a_name():
    """The form that is shown again names each of its rows."""
    assert str(Fix(steps=" \n")) == "："
