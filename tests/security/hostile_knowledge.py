"""Hostile text in every place that somebody can put text, by the doors that they would take."""

import re
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faults.editing.describe import describe
from faults.editing.display_names import display_names_for_tables
from faults.editing.knowledge_files import in_current_shape
from faults.editing.transfer.writing import write_xlsx
from faults.models import Category, Cause, Elsewhere, Fault, Judgment, Question, ReturnCode, Status, SynonymGroup, Term
from faults.search import index
from tests import people
from tests.admin.forms import body, filled_in, up_to_date
from tests.security.hostile import Marks
from tests.usage.rows import many, searched

NUMBER, CODE = 990, "ZQ9"
# Keys of a row that are no free text, and what takes fewer characters than a mark has.
KEPT = {"number", "kind", "category", "environments", "confidence", "status", "reviewed", "sources", "codes", "actor", "likelihood"}
KEPT |= {"scheme", "code", "class", "retry", "generation", "actors", "keep_card", "are_brands", "confused_with", "verdict", "related"}
# What an item has none of gets one of these.
ONE = {
    "fixes": {"actor": "cashier", "steps": [""], "expected": "", "otherwise": "", "note": ""},
    "myths": {"claim": "", "verdict": "不行。", "reason": ""},
}
LONG = {"symptom", "warning", "reply", "escalation", "steps", "detail", "say", "definition", "words"}


class HostileKnowledge:
    """An editor who may do everything, and wrote marks wherever the site takes words."""

    def __init__(self):
        self.marks = Marks()
        self.user = people.superuser("hostile")
        User.objects.filter(pk=self.user.pk).update(last_name=self.marks.long("name of an account")[:150])
        self.client = Client()
        self.client.force_login(self.user)
        self.answers = [self._import()]
        self._lists()
        self._judgment()
        self._readers()
        self._unfinished()
        self._gone()

    def _row(self, kind: str, item) -> dict:
        return {name: self._value(f"{kind}.{name}", name, value) for name, value in describe(item).items()}

    def _value(self, place: str, name: str, value):
        """The value with a mark in place of every text."""
        if name in KEPT:
            return value
        if isinstance(value, dict):
            return {key: self._value(f"{place}.{key}", key, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._value(place, name, one) for one in (value or [ONE.get(name, "")])[:2]]
        long = self.marks.long if name == "words" else self._long_without_braces
        return long(place) if name in LONG else self.marks.short(place)

    def _long_without_braces(self, place: str) -> str:
        """Where texts may name variables, braces around anything else are refused."""
        return re.sub("[{}]", "", self.marks.long(place))

    def _import(self) -> str:
        """A workbook with an item of each kind. Returns the plan's page and the page of what was made of it."""
        rows = {
            "fault": self._row("fault", Fault.objects.get(number=40)) | {"number": NUMBER},
            "code": self._row("code", ReturnCode.objects.get(scheme="cup", code="A0")) | {"code": CODE},
            "term": self._row("term", Term.objects.first()),
            "synonym": self._row("synonym", SynonymGroup.objects.first()),
            "wording": {"name": f"fault:{NUMBER}", "words": [self.marks.short("wording.words")]},
            "elsewhere": self._row("elsewhere", Elsewhere.objects.first()),
            "note": in_current_shape("note", {"about": f"fault:{NUMBER}", "audience": "sayable", "text": self.marks.long("text: a note")}),
        }
        rows["fault"]["related"] = [{"number": 40, "difference": self.marks.short("fault.related.difference")}]
        rows["fault"]["codes"] = [f"cup:{CODE}"]
        data = write_xlsx({kind: [row] for kind, row in rows.items()}, display_names_for_tables())
        file = SimpleUploadedFile(self.marks.short("name of a file").replace('"', "") + ".xlsx", data)
        plan = self.client.post(reverse("transfer"), {"file": file}).url
        page = self.client.get(plan)
        applied = self.client.post(plan, filled_in(page) | {"publish": "on"})
        return body(page) + body(applied)

    def _lists(self) -> None:
        for model in ("category", "environment", "actor", "retry", "responseclass"):
            self._add(model, {"slug": f"evil-{model}", "name": self.marks.short(model)[:30], "position": "1", "minutes": "1"})
        self._question()
        table = {"slug": "evil-codetable", "name": self.marks.short("codetable")[:30], "full_name": self.marks.long("codetable.full")[:60]}
        table |= {"words": self.marks.long("codetable.words"), "red_lines": CODE, "letter": "<b"}
        self._add("codetable", table | {"position": "1", "kind": "acquirer"})
        variable = {"name": self.marks.short("variable")[:30].replace(" ", "/"), "purpose": self.marks.long("variable.purpose")[:120]}
        variable |= {"words": self.marks.long("variable.words"), "value": self._long_without_braces("variable.value"), "position": "1"}
        own = self._long_without_braces("variable.own")
        values = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-table": "evil-codetable", "0-value": own}
        self._add("variable", variable | {f"values-{name}": value for name, value in values.items()})
        lists = {"scheme_id": "evil-codetable", "retry_id": "evil-retry", "response_class_id": "evil-responseclass"}
        ReturnCode.everything.filter(code=CODE).update(**lists, say=f"{{{variable['name']}}}")
        source = {"reference": self.marks.short("source"), "title": self.marks.long("source.title")[:120], "verdict": "rejected"}
        source |= {"file_name": self.marks.short("source.file"), "page": self.marks.short("source.page")[:40]}
        self._add("source", source | {"reason": self.marks.long("source.reason")})
        begins, ends = (f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (0, 1))
        incident = {"text": self._long_without_braces("incident")[:120], "codes": CODE, "words": self.marks.long("incident.words")}
        self._add("incident", incident | {"starts_at": begins, "ends_at": ends})
        group = Group.objects.create(name=self.marks.short("name of a role"))
        group.user_set.add(self.user)
        entry = Fault.everything.get(number=NUMBER)
        entry.category = Category.objects.get(slug="evil-category")
        entry.reply = f"{{{variable['name']}}}"
        entry.save()

    def _question(self) -> None:
        """With an answer and what it speaks for, which is ticked among answers that are saved."""
        question = {"slug": "evil", "text": self.marks.short("question")[:60], "seconds": "5", "position": "1"}
        answers = {"TOTAL_FORMS": "2", "INITIAL_FORMS": "0", "0-slug": "evil", "0-text": self.marks.tiny("answer")}
        answers |= {"1-slug": "good", "1-text": "好"}
        self._add("question", question | {f"answers-{name}": value for name, value in answers.items()})
        Question.objects.get(slug="evil").evidence.create(about="fault:40", cause=self.marks.short("evidence")[:60], fits="evil")

    def _add(self, model: str, data: dict) -> None:
        answer = self.client.post(reverse(f"admin:faults_{model}_add"), data)
        assert answer.status_code == 302, answer.context["errors"]

    def _judgment(self) -> None:
        self._add("judgment", {"query": self.marks.long("judgment"), "code": "97"})
        Judgment.objects.update(rank=0, held_at="2026-01-01T00:00Z")

    def _readers(self) -> None:
        """What strangers type: a search, a vote's words, a case's number, that something is wrong."""
        reader, cause = Client(), Cause.objects.filter(fault__number=NUMBER).first()
        said = {
            f"/f/{NUMBER}/flag/": {"words": self.marks.short("words of a flag")},
            f"/say/helpful/{NUMBER}/": {"answer": "no", "words": self.marks.long("words of a vote")},
            f"/say/solved/{cause.pk}/": {"case_number": self.marks.short("words of a case number")},
        }
        self.answers += [reader.post(url, data).content.decode() for url, data in said.items()]
        self.answers += [
            reader.post(url, data | {"case_number": "9" * 20 + next(iter(data.values()))}).content.decode() for url, data in said.items()
        ]
        for name in ("nothing", "near", "unopened", "repeated"):
            many(name, 1)
            searched(
                self.marks.long(f"search {name}"), "answered" if name in ("unopened", "repeated") else name, is_repeated=name == "repeated"
            )

    def _unfinished(self) -> None:
        """A revision that waits for review, and one that was returned with a note."""
        for number, step in ((40, "submit"), (119, "send_back")):
            url = reverse("admin:faults_fault_change", args=[Fault.objects.get(number=number).pk])
            change = {
                "title": self.marks.short(f"revision to {step}"),
                "symptom": self._long_without_braces(f"symptom to {step}"),
            }
            answer = self.client.post(url, filled_in(self.client.get(url)) | change | {"why": self.marks.long("why")[:200], "_submit": ""})
            assert answer.status_code == 302, answer.context["errors"]
            if step == "send_back":
                at = reverse("admin:faults_fault_step", args=[Fault.objects.get(number=number).pk, step])
                self.client.post(at, up_to_date(why=self.marks.long("note to the author")[:200]))

    def _gone(self) -> None:
        """A draft that was deleted."""
        gone = Fault.everything.create(number=991, title=self.marks.short("deleted entry"), category=Category.objects.first())
        index.refresh([gone])
        self.client.post(reverse("admin:faults_fault_step", args=[gone.pk, "delete"]), up_to_date(why=self.marks.long("why deleted")[:200]))
        assert not Fault.everything.filter(number=991).exists()


def published(model) -> bool:
    """Whether something of the model with a mark in it is read by the public."""
    return any("evil" in str(vars(item)) for item in model.objects.filter(status=Status.PUBLISHED))
