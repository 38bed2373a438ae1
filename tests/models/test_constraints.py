"""What the database itself refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from faults.models import Actor, Category, Cause, Fault, Fix, Myth, Note, RelatedFault, ReturnCode, ScreenText, Source, Wording

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def first():
    return Fault.everything.first()


REFUSED = {
    "two codes of one table": lambda: ReturnCode.everything.create(scheme_id="cup", code="97", meaning="又一个", retry_id="no"),
    "a code of an unknown table": lambda: ReturnCode.everything.create(scheme_id="nobody", code="97", meaning="x", retry_id="no"),
    "a retry that is no choice": lambda: ReturnCode.everything.create(scheme_id="visa", code="X9", meaning="x", retry_id="maybe"),
    "a class that is no letter of the table": lambda: ReturnCode.everything.create(
        scheme_id="visa", code="X9", meaning="x", retry_id="no", response_class_id="Z"
    ),
    "a number twice": lambda: Fault.everything.create(number=first().number, title="x", category=Category.objects.first()),
    "number 0": lambda: Fault.everything.create(number=0, title="x", category=Category.objects.first()),
    "no title": lambda: Fault.everything.create(number=901, title="", category=Category.objects.first()),
    "an unknown kind": lambda: Fault.everything.create(number=901, title="x", kind="rumour", category=Category.objects.first()),
    "a cause without a check": lambda: Cause.objects.create(fault=first(), title="x", check_text=""),
    "a fix of nothing": lambda: Fix.objects.create(actor=Actor.objects.first(), steps="x"),
    "a fix of two things": lambda: Fix.objects.create(actor=Actor.objects.first(), steps="x", fault=first(), cause=Cause.objects.first()),
    "a fix without steps": lambda: Fix.objects.create(actor=Actor.objects.first(), steps="", fault=first()),
    "a screen text of nothing": lambda: ScreenText.objects.create(text="x"),
    "a screen text twice": lambda: [ScreenText.objects.create(fault=first(), text="同一句") for _ in range(2)],
    "a myth of nothing": lambda: Myth.objects.create(claim="x", verdict="x", reason="x"),
    "an entry related to itself": lambda: RelatedFault.objects.create(fault=first(), other=first()),
    "a note without words": lambda: Note.everything.create(about="fault:40", text=""),
    "a note for nobody known": lambda: Note.everything.create(about="fault:40", text="x", audience="boss"),
    "a rejected source without a reason": lambda: Source.objects.create(reference="X", verdict="rejected"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what]()
        connection.check_constraints()  # what points to nothing is otherwise found when the transaction ends


def test_a_new_entry_gets_a_number_never_used():
    top = Fault.everything.order_by("-number").first()
    top.status = "archived"
    top.save()
    assert Fault.everything.create(title="新的", category=Category.objects.first()).number == top.number + 1


def test_a_list_of_words_fits_into_a_cell_of_a_table():
    """Without the database."""
    lists = [Wording(name="fault:118", words="没声音\n" * 3), Wording(name="fault:118", words="\n".join(map(str, range(7_000))))]
    lists[0].clean()
    assert lists[0].words == "没声音"
    with pytest.raises(ValidationError, match="最多30000个"):
        lists[1].clean()
