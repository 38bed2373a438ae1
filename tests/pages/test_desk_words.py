"""The desk's own words: filled in wherever somebody reads, by whose code it is and whose desk; kept pages follow. 4 s."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faults import desk_words
from faults.models import Cause, DeskRules, Fault, Fix, ReturnCode, Search, SearchDocument, Term, Variable
from faults.search import index
from faults.search.find import find
from faults.usage.recorder import recorder

pytestmark = pytest.mark.django_db
READER = AnonymousUser()
NUMBER, OWN = "400-000-0000", "95000-1"
STEP = "{转收单：报修；机身号、故障现象}"


def variable(name="客服电话", **values) -> Variable:
    one, _made = Variable.objects.update_or_create(name=name, defaults=values)
    return one


@pytest.fixture
def phone():
    """With a default and Kuaiqian's own."""
    one = variable(value=NUMBER)
    one.values.create(table_id="kuaiqian", value=OWN)
    return one


def written_everywhere(said: str) -> None:
    """The text in each place of entry 40, of a code of two tables and of a term that takes placeholders."""
    fault, term = Fault.objects.get(number=40), Term.objects.get(name="冲正")
    codes = [ReturnCode.objects.get(scheme=scheme, code="51") for scheme in ("cup", "mastercard")]
    codes[1].scheme_id = "kuaiqian"
    parts = [fault, *fault.causes.all(), *fault.all_fixes(), *fault.myths.all(), *fault.links.all(), *codes, term]
    for part in [*parts, *(myth for code in codes for myth in code.myths.all())]:
        for name in desk_words.FILLED[type(part)]:
            field = part._meta.get_field(name)
            setattr(part, name, f"{said}{getattr(part, name)}"[: field.max_length])
        part.save()
    index.refresh([fault, *codes, term])


def pages() -> list[str]:
    cause = Cause.objects.filter(fault__number=40).first().pk
    searches = [
        "/search/?q=打不出小票",
        "/search/?q=小票",
        "/search/?q=终端报51余额不足怎么办",
        "/search/?q=冲正",
        "/search/?q=快钱报51了怎么办",
    ]
    return ["/", "/f/40/", "/f/", "/terms/", "/feed.atom", f"/f/40/flag/?cause={cause}", "/codes/", "/codes/51/", *searches]


@pytest.mark.postgresql
@pytest.mark.parametrize("said", ["{客服电话}", "{没有的}", "{转收单：问；{"])
def test_no_page_shows_a_placeholder_and_every_place_is_filled(client, said):
    """What is written wrongly can't be saved at the desk, but comes with files; readers must not see what nobody checked."""
    written_everywhere(said[:6])
    variable(value=NUMBER)
    shown = {page: client.get(page, follow=True).content.decode() for page in [*pages(), "/search/suggestions/?q=打不出小票"]}
    solved = client.post(reverse("solved", args=[Cause.objects.filter(fault__number=40).first().pk]), {"version": "1"})
    shown["solved"] = solved.content.decode()
    if said == "{客服电话}":
        assert not [page for page, text in shown.items() if said in text]
        assert [NUMBER in shown[page] for page in ("/f/40/", "/f/", "/terms/", "/feed.atom", "solved", "/codes/51/")] == [True] * 6
        assert shown["/f/40/"].count(NUMBER) > 20
    if said == "{没有的}":
        assert not [page for page, text in shown.items() if said in text] and desk_words.UNKNOWN in shown["/f/"]


def test_a_code_reads_by_its_own_acquirers_value(client, phone):
    written_everywhere("{客服电话}")
    assert NUMBER in client.get("/codes/51/?scheme=cup").content.decode()
    page = client.get("/codes/51/?scheme=kuaiqian").content.decode()
    assert OWN in page and NUMBER not in page.split("<main")[1].split("各家码表")[0]
    assert NUMBER in client.get("/f/40/").content.decode()


@pytest.mark.parametrize("value", ["", "  "])
def test_without_a_value_it_is_the_acquirers_word(client, value):
    variable(value=value.strip())
    Fault.objects.filter(number=40).update(symptom="客服电话{客服电话}。")
    assert "客服电话以收单机构为准。" in client.get("/f/40/").content.decode().replace('<span class="clause">', "")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("operator", "said", "heading"),
    [
        ("acquirer", "我来登记报修，请您报机身号、故障现象。", "登记工单"),
        ("reseller", "我们替您向收单机构报修，请您报机身号、故障现象。", "转收单机构"),
        ("chain", "报总部，由总部找收单机构报修，备好机身号、故障现象。", "报总部"),
        ("apart", "打收单机构官方客服报修，备好机身号、故障现象。", "转收单机构"),
    ],
)
def test_whose_desk_it_is_decides_how_a_step_reads_and_what_stands_over_the_block(client, operator, said, heading):
    written_everywhere("")
    Fault.objects.filter(number=40).update(escalation=STEP, reply=STEP)
    DeskRules.objects.update(operator=operator)
    page = client.get("/f/40/").content.decode()
    copied = page.split('<textarea id="esc"')[1].split("</textarea>")[0]
    assert "请处理：报修（机身号、故障现象）。\n另备：" in copied  # to whoever acts: in nobody's spoken words
    assert f'id="reply">{said}</pre>' in page
    assert f'<h2 id="escalate">{heading}</h2>' in page and f"都不行，{heading}" in page
    code, unknown = (client.get(page).content.decode() for page in ("/codes/51/", "/search/?q=返回码ZQ"))
    assert f"<h2>{heading}</h2>" in code and f"<h2>{heading}</h2>" in unknown
    assert {"acquirer": "登记工单", "chain": "报给总部"}.get(operator, "报给收单机构客服") in unknown.split("<main")[1].split("<textarea")[
        0
    ]


def test_kept_pages_and_copies_follow_a_value_and_the_rules(client, phone):
    Fault.objects.filter(number=40).update(symptom="打{客服电话}。", reply=STEP)
    ReturnCode.objects.filter(code="51").update(say="打{客服电话}。")
    Term.objects.filter(name="冲正").update(definition="打{客服电话}。")
    kept = ("/f/40/", "/codes/51/", "/terms/", "/f/")

    def seen():
        return [client.get(page).content for page in kept], client.get("/offline.json").json()["pages"]

    before, stamps = seen()
    assert seen() == (before, stamps)  # from what is kept
    Variable.objects.filter(pk=phone.pk).update(value="95000-2")
    after, changed = seen()
    assert all("95000-2" in page.decode() for page in after) and all(stamps[page] != changed[page] for page in kept)
    DeskRules.objects.update(operator="acquirer")
    assert "我来登记报修" in seen()[0][0].decode() and seen()[1]["/f/40/"] != changed["/f/40/"]
    phone.values.all().delete()
    assert seen()[1]["/codes/51/"] != changed["/codes/51/"]


@pytest.mark.parametrize("page", ["/f/", "/terms/"])
def test_a_page_asks_as_often_for_many_rows_as_for_one(client, page, phone):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    client.get("/")  # compiles what is compiled once
    Fault.objects.filter(number=40).update(symptom="{客服电话}")
    Term.objects.filter(name="冲正").update(definition="{客服电话}")
    client.get("/"), client.get("/search/?q=x")
    few = asked()
    Fault.objects.update(symptom="{客服电话}")
    Term.objects.update(definition="{客服电话}")
    client.get("/"), client.get("/search/?q=x")
    assert asked() == few


def test_what_is_filled_in_is_compiled_once_a_version(django_assert_num_queries, phone):
    desk_words.current()
    with django_assert_num_queries(1):
        assert desk_words.current().fill("{客服电话}") == NUMBER
    with django_assert_num_queries(0):
        desk_words.fill_rows(list(Term.objects.none()) + [Term(definition="没有的")])


def test_search_reads_names_and_finds_as_before(phone):
    fault = Fault.objects.get(number=40)
    before = [(hit.item, hit.score) for hit in find(READER, "打不出小票").hits]
    Fix.objects.filter(cause__fault=fault).update(steps=STEP)
    fault.symptom = f"{fault.symptom}打{{客服电话}}。"
    fault.save()
    index.refresh([fault])
    body = SearchDocument.objects.get(kind="fault", object_id=fault.pk).body
    assert "客服电话" in body and "{" not in body and NUMBER not in body
    assert [hit.item for hit in find(READER, "打不出小票").hits][:1] == [item for item, _score in before][:1]


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{% debug %}{{ 1 }}"])
def test_a_value_is_text(client, value):
    variable(value=value)
    Fault.objects.filter(number=40).update(symptom="{客服电话}", reply="{客服电话}", updated_at=timezone.now())
    for page in ("/f/40/", "/f/", "/search/?q=客服电话", "/search/suggestions/?q=客服电话", "/feed.atom"):
        shown = client.get(page).content.decode()
        assert "<script>alert" not in shown and "<img src=x" not in shown and ("alert(1)" in shown or "debug" in shown), page


ASKED = ["客服电话", "收单机构电话", "客服电话是多少", "请问客服电话是多少啊", "收单电话？", "查一下客服电话号码"]


@pytest.mark.postgresql
@pytest.mark.parametrize("said", ASKED)
def test_asked_for_by_its_name_or_its_words_it_comes_first(client, phone, said):
    page = client.get("/search/", {"q": said}).content.decode()
    assert page.index(NUMBER) < page.find('class="hits"') or 'class="hits"' not in page
    assert "没有可靠的答案" not in page and OWN in page and "快钱" in page
    assert NUMBER in client.get("/search/suggestions/", {"q": said}).content.decode()


@pytest.mark.parametrize("said", ["快钱客服电话", "快钱的客服电话是多少"])
def test_that_of_the_acquirer_who_is_named_comes_first(client, phone, said):
    page = client.get("/search/", {"q": said}).content.decode()
    assert page.index(OWN) < page.index(NUMBER)


@pytest.mark.parametrize("said", ["打客服电话没人接", "超限额", "打不出小票", "电话线没插", "x" * 300, "97"])
def test_who_asks_for_something_else_is_not_told(client, phone, said):
    assert 'class="asked"' not in client.get("/search/", {"q": said}, follow=True).content.decode()


def test_without_a_value_the_answer_says_so(client):
    page = client.get("/search/", {"q": "报修电话"}).content.decode()
    assert 'class="asked"' in page and "以收单机构为准" in page


def test_what_a_variable_answers_is_no_failed_search(client, phone):
    Variable.objects.filter(pk=phone.pk).update(words="紫霄殿")
    page = client.get("/search/", {"q": "紫霄殿"}).content.decode()
    recorder.flush()
    assert not find(READER, "紫霄殿").hits and NUMBER in page and "没有可靠的答案" not in page
    assert not Search.objects.filter(text__contains="紫霄殿").exists()
