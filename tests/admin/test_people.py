"""People and roles: one role a person, sentences instead of permissions, and nobody locks the last administrator out."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from faults.models import Audited, Change, Fault
from posdesk.security import roles
from tests import people
from tests.admin.forms import filled_in
from tests.security.sign_in import is_in, sign_in

pytestmark = pytest.mark.django_db
PEOPLE, ROLES, ADD = (reverse(f"admin:auth_{name}") for name in ("user_changelist", "group_changelist", "user_add"))
PHRASE = "another long phrase"


@pytest.fixture
def head(person):
    """An administrator, who is no superuser."""
    return person("管理员", "guan")


@pytest.fixture
def at_desk(head):
    """A client signed in as the administrator."""
    client = Client()
    client.force_login(head)
    return client


def page_of(one) -> str:
    return reverse(f"admin:auth_{one._meta.model_name}_change", args=[one.pk])


def save(client, one, **changes):
    return client.post(page_of(one), filled_in(client.get(page_of(one))) | changes)


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def roles_of(person) -> list[str]:
    return list(User.objects.get(pk=person.pk).groups.values_list("name", flat=True))


def test_the_list_says_role_last_sign_in_and_second_factor(at_desk, person):
    person("编辑", "li")
    person("", "wang")
    page = at_desk.get(PEOPLE).content.decode()
    assert all(text in page for text in ("编辑", "没有角色", "还没登录过", "没有设", "启用"))
    found = at_desk.get(PEOPLE, {"groups__id__exact": role("编辑").pk}).context["cl"].queryset
    assert [one.username for one in found] == ["li"]


@pytest.mark.postgresql
def test_as_many_queries_for_many_people_as_for_few(at_desk, person, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        at_desk.get(PEOPLE)
    for number in range(12):
        person("编辑", f"li{number}")
    with django_assert_max_num_queries(13):
        at_desk.get(PEOPLE)


@pytest.mark.postgresql
def test_somebody_new_gets_a_role_and_signs_in(at_desk):
    sent = {"username": "li", "first_name": "李明", "email": "", "role": role("编辑").pk, "password1": PHRASE, "password2": PHRASE}
    assert at_desk.post(ADD, sent).status_code == 302
    li = User.objects.get(username="li")
    assert (li.get_full_name(), li.is_staff, li.is_superuser, roles_of(li)) == ("李明", True, False, ["编辑"])
    assert sign_in("li", PHRASE)[0].get("/admin/faults/fault/").status_code == 200


def test_another_role_takes_the_place_of_the_former(at_desk, person):
    li = person("编辑", "li")
    for chosen, expected in ((role("复核").pk, ["复核"]), ("", [])):
        assert save(at_desk, li, role=str(chosen)).status_code == 302 and roles_of(li) == expected


def test_what_a_page_does_not_show_stays(at_desk, person):
    li = person("编辑", "li")
    li.groups.add(role("复核"))
    li.user_permissions.add(Permission.objects.get(codename="delete_category"))
    assert "照旧，有几个：" in at_desk.get(page_of(li)).content.decode() and "删除类别" in at_desk.get(page_of(li)).content.decode()
    save(at_desk, li, first_name="李明")
    assert set(roles_of(li)) == {"编辑", "复核"} and li.user_permissions.count() == 1
    data = filled_in(at_desk.get(page_of(li)))
    del data["keep_own"]
    at_desk.post(page_of(li), data)
    assert li.user_permissions.count() == 0


def test_a_name_of_two_parts_stays_one(at_desk, person):
    li = person("编辑", "li")
    User.objects.filter(pk=li.pk).update(first_name="Ming", last_name="Li")
    save(at_desk, li, email="li@example.cn")
    assert User.objects.get(pk=li.pk).get_full_name() == "Ming Li"
    save(at_desk, li, first_name="李明")
    assert User.objects.get(pk=li.pk).get_full_name() == "李明"


def test_who_is_closed_is_out_at_once_and_may_be_opened_again(at_desk, person):
    li = person("编辑", "li")
    client, _ = sign_in("li")
    data = filled_in(at_desk.get(page_of(li)))
    del data["is_active"]
    at_desk.post(page_of(li), data)
    assert not is_in(client) and not User.objects.get(pk=li.pk).is_active
    save(at_desk, li, is_active="on")
    assert is_in(sign_in("li")[0])


def test_a_new_password_is_set_and_none_is_taken_away(at_desk, person):
    li = person("编辑", "li")
    url = reverse("admin:auth_user_password_change", args=[li.pk])
    assert url in at_desk.get(page_of(li)).content.decode() and "usable_password" not in at_desk.get(url).content.decode()
    assert at_desk.post(url, {"usable_password": "false"}).status_code == 200
    at_desk.post(url, {"password1": PHRASE, "password2": PHRASE})
    li.refresh_from_db()
    assert li.check_password(PHRASE)


def test_deleting_says_what_stays_and_offers_to_close_instead(at_desk, person):
    li = person("编辑", "li")
    url = reverse("admin:auth_user_delete", args=[li.pk])
    page = at_desk.get(url).content.decode()
    assert "停用（建议）" in page and "object (" not in page
    assert at_desk.post(url, {"deactivate": ""}).url == page_of(li)
    assert not User.objects.get(pk=li.pk).is_active and Audited.objects.filter(what="account-changed", about__contains="是 → 否").exists()
    assert "修改了启用" in at_desk.get(reverse("admin:auth_user_history", args=[li.pk])).content.decode()


def test_who_is_deleted_stays_in_history_by_name(at_desk, person):
    li = person("编辑", "li")
    User.objects.filter(pk=li.pk).update(first_name="李明")
    editor = Client()
    editor.force_login(User.objects.get(pk=li.pk))
    url = reverse("admin:faults_fault_change", args=[Fault.everything.get(number=88).pk])
    editor.post(url, filled_in(editor.get(url)) | {"title": "换了标题"})
    assert at_desk.post(reverse("admin:auth_user_delete", args=[li.pk]), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=li.pk).exists() and Change.objects.filter(made_by_name="李明", made_by=None).exists()


def test_nobody_locks_themselves_out(at_desk, head):
    """Whoever changes accounts keeps their own: so there is always an administrator left."""
    data = filled_in(at_desk.get(page_of(head)))
    at_desk.post(page_of(head), {name: value for name, value in data.items() if name != "is_active"} | {"role": ""})
    delete = reverse("admin:auth_user_delete", args=[head.pk])
    answers = [at_desk.get(delete), at_desk.post(delete, {"post": "yes"}), at_desk.post(delete, {"deactivate": ""})]
    at_desk.post(PEOPLE, {"action": "delete_selected", "_selected_action": [head.pk], "post": "yes"})
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert User.objects.get(pk=head.pk).is_active and roles_of(head) == ["管理员"]


def test_nobody_takes_the_accounts_from_their_own_role(at_desk, head):
    own = role("管理员")
    may = [one.name for one in roles.capabilities() if one.name != "accounts"]
    page = save(at_desk, own, may=may)
    assert "请别的管理员改" in page.content.decode() and "accounts" in may_of(own)
    head.groups.add(Group.objects.create(name="副手"))
    roles.grant(role("副手"), ["accounts"])
    assert save(at_desk, own, may=may).status_code == 302 and "accounts" not in may_of(own)


def test_a_role_that_somebody_has_stays(at_desk, person):
    li = person("编辑", "li")
    url = reverse("admin:auth_group_delete", args=[role("编辑").pk])
    assert "还有人是这个角色" in at_desk.post(url, {"post": "yes"}).content.decode() and role("编辑")
    li.groups.clear()
    assert at_desk.post(url, {"post": "yes"}).status_code == 302 and not Group.objects.filter(name="编辑").exists()


def test_an_administrator_makes_no_superuser_and_a_superuser_does(at_desk, admin_client, person):
    li = person("编辑", "li")
    assert "超级用户" not in at_desk.get(page_of(li)).content.decode()
    assert save(at_desk, li, role="superuser").status_code == 200 and not User.objects.get(pk=li.pk).is_superuser
    assert save(admin_client, li, role="superuser").status_code == 302 and User.objects.get(pk=li.pk).is_superuser
    assert save(admin_client, li, role=str(role("编辑").pk)).status_code == 302 and not User.objects.get(pk=li.pk).is_superuser


def test_a_superusers_page_is_read_by_an_administrator(at_desk, editor):
    page = at_desk.get(page_of(editor)).content.decode()
    assert "超级用户" in page and "<select" not in page.partition("<main")[2] and 'name="is_active"' not in page


def may_of(one: Group) -> set[str]:
    return {capability.name for capability in roles.held(roles.permissions_of(Group.objects.get(pk=one.pk)))}


@pytest.mark.parametrize("name", ["编辑", "复核", "管理员"])
def test_all_that_a_role_may_is_said(name):
    codes = roles.permissions_of(role(name))
    said = set().union(*(capability.permissions for capability in roles.held(codes)))
    assert codes == said


def test_every_sentence_means_permissions_that_there_are():
    known = {roles.code_of(permission) for permission in Permission.objects.select_related("content_type")}
    assert {one.name for one in roles.capabilities() if not one.permissions <= known} == set()


@pytest.mark.postgresql
def test_a_role_of_ones_own_is_made_of_sentences(at_desk, signed_in_as):
    assert at_desk.post(reverse("admin:auth_group_add"), {"name": "翻译", "may": ["write", "export"]}).status_code == 302
    client = signed_in_as("翻译")
    assert client.get("/admin/faults/fault/").status_code == 200 and client.get("/admin/faults/audited/").status_code == 403
    assert client.get(reverse("transfer_export", args=["csv"])).status_code == 200


def test_a_sentence_that_is_taken_back_leaves_what_others_need_and_what_no_sentence_gave(at_desk):
    one = Group.objects.create(name="翻译")
    roles.grant(one, ["write", "lists"])
    one.permissions.add(Permission.objects.get(codename="view_permission"), Permission.objects.get(codename="delete_fault"))
    assert "另外有2项权限" in at_desk.get(page_of(one)).content.decode()
    save(at_desk, one, may=["write"])
    codes = roles.permissions_of(Group.objects.get(pk=one.pk))
    assert may_of(one) == {"write"} and {"auth.view_permission", "faults.delete_fault", "faults.view_category"} <= codes
    assert "faults.change_category" not in codes


def test_what_a_role_gains_and_loses_is_written_down_in_chinese(at_desk, head):
    one = Group.objects.create(name="翻译")
    save(at_desk, one, may=["import", "lists"])
    save(at_desk, one, may=["import"])
    given, taken = Audited.objects.filter(what="account-changed", who=head).order_by("pk").values_list("about", flat=True)
    assert "翻译：加上" in given and "导入知识" in given and "修改类别" in given and "翻译：去掉" in taken and "删除来源" in taken
    assert "Can " not in given + taken


def test_the_list_of_roles_says_what_each_may(at_desk):
    people.account("wang").groups.add(role("复核"))
    page = at_desk.get(ROLES).content.decode()
    assert "发布、退回、下架、合并" in page and "管账号和角色" in page
    assert "wang" in at_desk.get(page_of(role("复核"))).content.decode()


@pytest.mark.parametrize("field", ["username", "first_name", "email"])
def test_no_name_with_a_card_number_is_taken(admin_client, field):
    sent = {"username": "xin", "password1": PHRASE, "password2": PHRASE, "usable_password": "true"}
    card = "4539578763621486@example.com" if field == "email" else "4539.5787.6362.1486"
    shown = admin_client.post(reverse("admin:auth_user_add"), sent | {field: card}).content.decode()
    assert "卡号不能存" in shown and not User.objects.filter(**{field: card}).exists()
    assert "卡号不能存" in admin_client.post(reverse("admin:auth_group_add"), {"name": "4539 5787 6362 l486"}).content.decode()
