"""Every role against everything the desk can do besides the steps of the gate: done or not done, whatever was answered."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faults.editing.revisions import dry_run
from faults.models import Category, Change, DealtWith, DeskRules, Fault, Flag, Judgment, Revision, Status, SynonymGroup
from faults.usage.reports import REPORTS
from tests.admin.forms import filled_in, up_to_date
from tests.usage.rows import judged, searched

pytestmark = pytest.mark.django_db
NOBODY, EDITOR, REVIEWER, ADMINISTRATOR = "", "编辑", "复核", "管理员"
ALL, DECIDERS, HEADS = {EDITOR, REVIEWER, ADMINISTRATOR}, {REVIEWER, ADMINISTRATOR}, {ADMINISTRATOR}
LIST = "/admin/faults/fault/"


def entry(number=88):
    return Fault.everything.get(number=number)


def bulk(client, action, *items):
    return client.post(LIST, up_to_date(confirmed="yes", action=action, _selected_action=[item.pk for item in items]))


def a_form(client):
    url = reverse("admin:faults_fault_change", args=[entry().pk])
    page = client.get(url)
    client.post(url, (filled_in(page) if page.status_code == 200 else {"seen": ""}) | {"title": "换了标题"})
    return Revision.objects.exists()


def a_new_entry(client):
    url = reverse("admin:faults_fault_add")
    page = client.get(url)
    data = (filled_in(page) if page.status_code == 200 else {"number": "990"}) | {"title": "新的", "category": "1", "environments": ["1"]}
    client.post(url, data)
    return Fault.everything.filter(title="新的").exists()


def words(client):
    group = SynonymGroup.objects.first()
    url = reverse("admin:faults_synonymgroup_change", args=[group.pk])
    page = client.get(url)
    client.post(url, (filled_in(page) if page.status_code == 200 else {"name": group.name}) | {"words": "甲\n乙"})
    return SynonymGroup.objects.get(pk=group.pk).words == "甲\n乙"


def publishing_in_bulk(client):
    Fault.everything.filter(number=88).update(status=Status.DRAFT)
    bulk(client, "publish", entry())
    return entry().is_published


def archiving_in_bulk(client):
    bulk(client, "archive", entry(), entry(40))
    return (entry().status, entry(40).status) == (Status.ARCHIVED, Status.ARCHIVED)


def confirming_in_bulk(client):
    before = Change.objects.count()
    bulk(client, "confirm", entry(), entry(40))
    return Change.objects.count() == before + 2


def a_category_in_bulk(client):
    other = Category.objects.exclude(pk=entry().category_id).first()
    client.post(f"{LIST}assign/?ids={entry().pk},{entry(40).pk}", up_to_date(category=other.pk))
    return Revision.objects.filter(row__category=other.slug).exists() or entry().category == other


def an_owner(client):
    owner = User.objects.create_user("负责人", is_staff=True)
    client.post(f"{LIST}assign/?ids={entry().pk}", up_to_date(owner=owner.pk))
    return entry().owner == owner


def a_review_date(client):
    client.post(f"{LIST}assign/?ids={entry().pk}", up_to_date(review_due="2030-01-02"))
    return str(entry().review_due) == "2030-01-02"


def merging(client):
    client.post(reverse("admin:faults_fault_merge", args=[entry().pk]), up_to_date(number="40"))
    return entry().merged_into == entry(40)


def restoring(client):
    old = Change.objects.of(entry()).last()
    Fault.everything.filter(number=88).update(title="现在的标题")
    client.post(reverse("admin:faults_fault_restore", args=[old.pk]), up_to_date())
    return Revision.objects.exists()


def deleting(client):
    Fault.everything.filter(number=88).update(status=Status.DRAFT)
    client.post(reverse("admin:faults_fault_step", args=[entry().pk, "delete"]), up_to_date())
    return not Fault.everything.filter(number=88).exists()


def exporting(client):
    return client.get(reverse("transfer_export", args=["csv"])).get("Content-Type", "").startswith("text/csv")


def importing(client):
    answer = client.post(reverse("transfer"), {"file": SimpleUploadedFile("t.csv", "编号,标题\n88,换了标题\n".encode())})
    if answer.status_code == 302 and "/login/" not in answer.url:
        page = client.get(answer.url)
        b"".join(client.post(answer.url, filled_in(page)).streaming_content)
    return Revision.objects.exists()


def closing_a_flag(client):
    flag = Flag.objects.create(fault=entry(), version=1, words="不对")
    client.post(reverse("close_flag", args=[flag.pk]))
    return not Flag.objects.open().exists()


def changing_the_rules(client):
    client.post(
        reverse("admin:faults_deskrules_change", args=[1]),
        {"operator": "apart", "review_words": "on", "keep_searches_days": "90", "second_factor": "nobody", "keep_audit_days": "400"},
    )
    return DeskRules.current().review_words


def changing_a_list(client):
    one = Category.objects.first()
    client.post(reverse("admin:faults_category_change", args=[one.pk]), {"slug": one.slug, "name": "改了", "position": 1})
    return Category.objects.get(pk=one.pk).name == "改了"


def seeing_accounts(client):
    return client.get(reverse("admin:auth_user_changelist")).status_code == 200


def seeing_drafts(client):
    Fault.everything.filter(number=88).update(status=Status.DRAFT)
    return client.get("/f/88/").status_code == 200


def seeing_any_list_of_use(client):
    searched("机器一直叫")
    pages = [client.get(reverse("usage")), *(client.get(reverse("usage_list", args=[name])) for name in REPORTS)]
    return any(page.status_code == 200 for page in pages)


def exporting_any_list_of_use(client):
    return any(client.get(reverse("usage_csv", args=[name])).status_code == 200 for name in REPORTS)


def seeing_what_words_find(client):
    return client.get(reverse("usage_alias"), {"text": "不出票"}).status_code == 200


def an_alias(client):
    client.post(reverse("usage_alias"), {"text": "紫霄殿的单子", "number": "88"})
    return any("紫霄殿的单子" in revision.row["aliases"] for revision in Revision.objects.exclude(row=None))


def dealing_with_a_search(client):
    client.post(reverse("usage_dealt", args=["nothing"]), {"from_search": "机器一直叫"})
    return DealtWith.objects.exists()


def a_judgment(client):
    client.post(reverse("admin:faults_judgment_add"), {"query": "不出票", "fault": entry(40).pk, "code": ""})
    return Judgment.objects.exists()


def another_judgment(client):
    one = judged("不出票", 40)
    client.post(reverse("admin:faults_judgment_change", args=[one.pk]), {"query": "不出单", "fault": entry(40).pk, "code": ""})
    return Judgment.objects.get().query == "不出单"


def no_judgment(client):
    one = judged("不出票", 40)
    client.post(reverse("admin:faults_judgment_delete", args=[one.pk]), {"post": "yes"})
    return not Judgment.objects.exists()


def trying_judgments(client):
    judged("不出票", 40)
    client.post(reverse("admin:faults_judgment_try"))
    return Judgment.objects.get().rank is not None


def seeing_the_work_of_use(client):
    searched("机器一直叫")
    return "机器一直叫" in client.get("/admin/").content.decode()


MAY = {
    a_form: ALL,
    a_new_entry: ALL,
    words: ALL,
    publishing_in_bulk: DECIDERS,
    archiving_in_bulk: DECIDERS,
    confirming_in_bulk: DECIDERS,
    a_category_in_bulk: ALL,
    an_owner: ALL,
    a_review_date: DECIDERS,
    merging: DECIDERS,
    restoring: ALL,
    deleting: HEADS,
    exporting: ALL,
    importing: ALL,
    closing_a_flag: ALL,
    changing_the_rules: HEADS,
    changing_a_list: HEADS,
    seeing_accounts: HEADS,
    seeing_drafts: ALL,
    seeing_any_list_of_use: ALL,
    exporting_any_list_of_use: ALL,
    seeing_what_words_find: ALL,
    an_alias: ALL,
    dealing_with_a_search: ALL,
    a_judgment: ALL,
    another_judgment: ALL,
    no_judgment: ALL,
    trying_judgments: ALL,
    seeing_the_work_of_use: ALL,
}


@pytest.mark.parametrize("role", [NOBODY, EDITOR, REVIEWER, ADMINISTRATOR], ids=["nobody", "editor", "reviewer", "administrator"])
def test_a_role_against_everything(signed_in_as, role):
    client = signed_in_as(role)
    assert done(client) == {action.__name__ for action in MAY if role in MAY[action]}


def test_a_stranger_can_do_nothing(client):
    assert not done(client)


def done(client) -> set[str]:
    """What the client can do, each tried where nothing else was done."""
    found = set()
    for action in MAY:
        cache.clear()
        with dry_run():
            if action(client):
                found.add(action.__name__)
    return found
