"""What search engines read of an entry: true to the page, with its red line, and never able to leave its script."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import desk_words
from faults.models import Actor, Category, Cause, Fault, Fix, Status
from faults.templatetags.page_metadata import json_ld
from tests.budget import either

pytestmark = pytest.mark.django_db
HOSTILE = "</script><b>x</b><!--<script>&amp;\u2028"


def schema(client, path):
    """The page's JSON-LD, or None."""
    found = re.findall('<script type="application/ld\\+json">(.*?)</script>', client.get(path).content.decode(), re.S)
    assert len(found) < 2
    return json.loads(found[0]) if found else None


@pytest.fixture
def hostile():
    """A published entry of which every text tries to break out."""
    fault = Fault.everything.create(
        number=900,
        title=HOSTILE,
        symptom=HOSTILE,
        warning=HOSTILE,
        category=Category.objects.first(),
        status=Status.PUBLISHED,
    )
    cause = Cause.objects.create(fault=fault, title=HOSTILE, check_text=HOSTILE)
    Fix.objects.create(cause=cause, actor=Actor.objects.first(), steps=HOSTILE, note=HOSTILE)
    return fault


def test_a_fault_is_questions_and_answers(client):
    fault = desk_words.fill_entry(Fault.objects.with_everything().get(number=40))
    data = schema(client, "/f/40/")
    causes = [cause for cause in fault.causes.all() if cause.fixes.exists()]
    assert data["@type"] == "FAQPage" and len(data["mainEntity"]) == len(causes) + bool(fault.general_fixes)
    for cause, question in zip(causes, data["mainEntity"], strict=False):
        assert question["name"] == f"{fault.title}：{cause.check_text}"
        answer = question["acceptedAnswer"]["text"]
        assert cause.title in answer and all(step.rstrip("。") in answer for fix in cause.fixes.all() for step in fix.step_list)


def test_the_steps_of_an_answer_are_parted(client):
    Fix.objects.filter(cause__fault__number=40).update(steps="往下压到底\n再按开盖键")
    assert "往下压到底；再按开盖键" in schema(client, "/f/40/")["mainEntity"][0]["acceptedAnswer"]["text"]


def test_no_answer_without_its_red_line(client):
    for fault in Fault.objects.faults().exclude(warning="")[:: either(4, 1)]:
        data = schema(client, fault.get_absolute_url())
        assert all(question["acceptedAnswer"]["text"].startswith(fault.warning_lines[0]) for question in data["mainEntity"])


def test_what_is_not_verified_says_so(client):
    assert "未核实，以收单机构为准" in json.dumps(schema(client, "/f/110/"), ensure_ascii=False)
    assert "未核实" not in json.dumps(schema(client, "/f/40/"), ensure_ascii=False)


def test_a_procedure_is_steps_in_situations(client):
    fault, data = Fault.objects.get(number=112), schema(client, "/f/112/")
    assert data["@type"] == "HowTo" and fault.symptom in data["description"] and fault.warning_lines[0] in data["description"]
    sections = [step for step in data["step"] if step["@type"] == "HowToSection"]
    assert [section["name"] for section in sections] == [cause.title for cause in fault.causes.all()]
    first = fault.causes.first().fixes.first()
    assert sections[0]["itemListElement"][0] == {"@type": "HowToStep", "text": f"{first.actor.name}：{first.step_list[0]}"}


def test_a_cause_that_nothing_is_said_to_do_about_is_no_question(client, hostile):
    Cause.objects.create(fault=hostile, title="没有办法", check_text="有办法吗？")
    assert len(schema(client, "/f/900/")["mainEntity"]) == 1
    Fix.objects.all().filter(cause__fault=hostile).delete()
    assert schema(client, "/f/900/") is None
    Fix.objects.create(fault=hostile, actor=Actor.objects.first(), steps="关机。")
    assert [question["name"] for question in schema(client, "/f/900/")["mainEntity"]] == [HOSTILE]


@pytest.mark.parametrize("path", ["/f/115/", "/f/", "/codes/97/", "/codes/", "/terms/", "/search/?q=不出票", "/nothing/"])
def test_other_pages_claim_nothing(client, path):
    assert schema(client, path) is None


def test_the_home_page_says_how_to_search(client):
    data = schema(client, "/")
    assert data["@type"] == "WebSite" and data["url"] == "http://testserver/"
    assert data["potentialAction"]["target"] == "http://testserver/search/?q={text}"


def test_hostile_text_stays_in_the_script_and_whole(client, hostile):
    shown = client.get("/f/900/").content.decode()
    data = schema(client, "/f/900/")
    assert "<b>x</b>" not in shown and "<!--<" not in shown
    assert data["name"] == HOSTILE
    assert HOSTILE.splitlines()[0] in data["mainEntity"][0]["acceptedAnswer"]["text"]


@given(st.text())
def test_no_text_can_end_the_script(text):
    script = json_ld({"name": text})
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029") and json.loads(inside) == {"name": text}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_nothing_is_said_of_what_is_not_published(client, hostile, status):
    Fault.everything.filter(pk=hostile.pk).update(status=status)
    assert schema(client, "/f/900/") is None
