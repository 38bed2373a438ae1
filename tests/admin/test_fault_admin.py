"""The admin through its forms: an entry with everything on one page, in one save."""

import pytest
from django.urls import reverse

from faults.models import Action, Actor, Change, Fault, SearchDocument, Status
from faults.page_fingerprints import entry_fingerprints
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db


def change_url(fault):
    return reverse("admin:faults_fault_change", args=[fault.pk])


def save(client, fault, **changes):
    """Opens the page as an editor does, changes fields by their names, saves. Returns the answer."""
    data = filled_in(client.get(change_url(fault)))
    return client.post(change_url(fault), data | changes)


@pytest.fixture
def fault():
    return Fault.objects.get(number=88)


def prefix_of(data, ending, value):
    """The form prefix whose field with this ending has this value."""
    return next(name.removesuffix(ending) for name, given in data.items() if name.endswith(ending) and given == str(value))


def test_saving_without_a_change_changes_nothing(admin_client, fault):
    from faults.editing.describe import DESCRIBED

    describe = DESCRIBED["fault"][1]
    before = describe(Fault.everything.get(pk=fault.pk))
    response = save(admin_client, fault)
    assert response.status_code == 302, response.context["errors"] if response.context else response
    assert describe(Fault.everything.get(pk=fault.pk)) == before


@pytest.mark.postgresql
def test_title_cause_and_fix_in_one_save(admin_client, fault):
    cause = fault.causes.first()
    data = filled_in(admin_client.get(change_url(fault)))
    in_cause = prefix_of(data, "-id", cause.pk)
    in_fix = prefix_of({name: value for name, value in data.items() if name.startswith(in_cause)}, "-id", cause.fixes.first().pk)
    changes = {
        "title": "新标题",
        f"{in_cause}-title": "新原因",
        f"{in_cause}-check_text": "插好了吗？",
        f"{in_fix}-steps": "第一步。\n第二步。",
        "_publish": "",
    }
    assert admin_client.post(change_url(fault), data | changes).status_code == 302
    fault.refresh_from_db()
    cause = fault.causes.first()
    assert (fault.title, cause.title, cause.check_text) == ("新标题", "新原因", "插好了吗？")
    assert cause.fixes.first().step_list == ["第一步。", "第二步。"]


def test_a_saved_entry_is_findable_at_once_on_the_site(admin_client, client, fault):
    save(admin_client, fault, title="紫霄殿打不开", _publish="")
    assert "紫霄" in SearchDocument.objects.get(kind="fault", object_id=fault.pk).title
    assert "/f/88/" in client.get("/search/?q=紫霄殿打不开").content.decode()


def test_a_new_alias_and_a_new_order(admin_client, fault):
    data = filled_in(admin_client.get(change_url(fault)))
    names = [name for name in data if name.startswith("aliases-") and name.endswith("-position") and "__prefix__" not in name]
    count = int(data["aliases-TOTAL_FORMS"])
    data |= {name: str(count - place) for place, name in enumerate(names)}
    data |= {
        "aliases-TOTAL_FORMS": str(count + 1),
        f"aliases-{count}-text": "新说法",
        f"aliases-{count}-position": "0",
        f"aliases-{count}-id": "",
        f"aliases-{count}-fault": str(fault.pk),
        "_publish": "",
    }
    before = [alias.text for alias in fault.aliases.all()]
    assert admin_client.post(change_url(fault), data).status_code == 302
    assert [alias.text for alias in fault.aliases.all()] == ["新说法", *reversed(before)]


def test_a_refused_save_says_why_and_keeps_what_was_typed(admin_client, fault):
    response = save(admin_client, fault, title="", symptom="刚打进去的话")
    assert response.status_code == 200
    assert "刚打进去的话" in response.content.decode() and response.context["errors"]
    fault.refresh_from_db()
    assert fault.symptom != "刚打进去的话"


def test_a_card_number_is_refused_with_a_sentence(admin_client, fault):
    """In each field by itself, a step's too; the form is opened once."""
    data = filled_in(admin_client.get(change_url(fault)))
    step = next(name for name in data if name.endswith("-steps") and "__prefix__" not in name)
    taken = []
    for field in ("symptom", "reply", "escalation", step):
        response = admin_client.post(change_url(fault), data | {field: "卡号6222021234567890"})
        if response.status_code != 200 or "卡号不能存进知识库" not in response.content.decode():
            taken.append((field, response.status_code))
    assert not taken


@pytest.mark.postgresql
def test_every_save_is_a_version_with_who_why_and_what_it_said_before(admin_client, admin_user, fault):
    before = fault.title
    save(admin_client, fault, title="新标题", why="商户这么说", _publish="")
    published, written, loaded = Change.objects.of(fault)[:3]
    assert [change.action for change in (published, written, loaded)] == [Action.PUBLISHED, Action.CHANGED, Action.LOADED]
    assert (written.made_by, written.why, written.row["title"], written.is_pending) == (admin_user, "商户这么说", "新标题", True)
    assert (published.row["title"], published.is_pending, loaded.row["title"]) == ("新标题", False, before)
    assert len(published.row["causes"]) == fault.causes.count()


def test_a_new_entry_with_a_cause(admin_client):
    data = filled_in(admin_client.get(reverse("admin:faults_fault_add")))
    number = data["number"]
    data |= {"title": "全新的条目", "category": "1", "environments": ["1"]}
    response = admin_client.post(reverse("admin:faults_fault_add"), data)
    assert response.status_code == 302, response.context["errors"]
    assert Fault.everything.get(title="全新的条目").number == int(number)
    assert Fault.everything.get(title="全新的条目").status == Status.DRAFT


@pytest.mark.postgresql
def test_the_admins_search_is_the_sites(admin_client):
    response = admin_client.get(reverse("admin:faults_fault_changelist"), {"q": "不出票"})
    assert 40 in {fault.number for fault in response.context["cl"].result_list}
    response = admin_client.get(reverse("admin:faults_fault_changelist"), {"q": "88"})
    assert response.context["cl"].result_list[0].number == 88


@pytest.mark.postgresql
def test_publish_and_archive_keep_history_and_index(admin_client, client, draft, admin_user):
    url = reverse("admin:faults_fault_changelist")
    assert (
        admin_client.post(url, up_to_date(action="publish", confirmed="yes", _selected_action=[draft.pk]), follow=True).status_code == 200
    )
    assert client.get("/f/900/").status_code == 200
    assert "/f/900/" in client.get("/search/?q=紫霄殿打不开").content.decode()
    admin_client.post(url, up_to_date(confirmed="yes", action="archive", _selected_action=[draft.pk]))
    assert client.get("/f/900/").status_code == 404
    assert "/f/900/" not in client.get("/search/?q=紫霄殿打不开").content.decode()
    assert [(change.made_by, change.action) for change in Change.objects.of(draft)] == [
        (admin_user, Action.ARCHIVED),
        (admin_user, Action.PUBLISHED),
    ]


def test_knowledge_is_not_deleted(admin_client, fault):
    assert admin_client.post(reverse("admin:faults_fault_delete", args=[fault.pk]), {"post": "yes"}).status_code == 403
    assert Fault.objects.filter(pk=fault.pk).exists()


def test_view_on_site(admin_client, fault):
    response = admin_client.get(change_url(fault))
    where = f"/admin/r/{response.context['content_type_id']}/{fault.pk}/"
    assert where in response.content.decode()


def test_actors_are_offered(admin_client, fault):
    shown = admin_client.get(change_url(fault)).content.decode()
    assert all(actor.name in shown for actor in Actor.objects.all())


def test_who_says_it_is_still_true_is_named_on_the_page_and_in_the_stamp(admin_client, admin_user, client, fault):
    admin_user.first_name = "王老师"
    admin_user.save()
    before, text = entry_fingerprints("", "")[fault.number], fault.updated_at
    assert admin_client.post(reverse("admin:faults_fault_step", args=[fault.pk, "confirm"]), up_to_date()).status_code == 302
    fault.refresh_from_db()
    assert f"{fault.reviewed_on}，王老师" in client.get(fault.get_absolute_url()).content.decode()
    assert entry_fingerprints("", "")[fault.number] != before and fault.updated_at == text
    assert Change.objects.of(fault).first().action == Action.CONFIRMED
