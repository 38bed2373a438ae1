"""Files in and files out: formulas in every export, and uploads that would read, reach, write or fill more than they are."""

import csv
import re
import socket
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from faults.editing.transfer.workbook import TITLES
from faults.models import Alias, Elsewhere, Fault, Note, ReturnCode, SynonymGroup, Term, Upload, Wording
from faults.usage.reports import REPORTS
from tests.admin.forms import body
from tests.editing.transfer.examples import packed, unpacked, with_part, xlsx
from tests.usage.rows import flagged, judged, many, searched, voted

pytestmark = pytest.mark.django_db
BEGINNINGS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"]
RUNS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NOT_TEXT = re.compile(r"-?\d+(\.\d+)?%?")


@pytest.fixture
def formulas():
    """Each beginning in whatever an export writes, of an item of its own. Returns the texts."""
    texts = [f"{beginning}HYPERLINK({place})" for place, beginning in enumerate(BEGINNINGS)]
    for place in range(len(texts)):
        Elsewhere.objects.create(
            name=f"补{place}", words=f"补{place}", refer_to="补", status="published"
        )  # there are fewer than beginnings
        Note.everything.create(about="fault:40", text="补")
    models = (Fault, ReturnCode, Term, SynonymGroup, Wording, Elsewhere, Note)
    for text, *items in zip(texts, *(model.everything.order_by("pk") for model in models)):  # noqa: B905 (there are more items than texts)
        fault, code, term, group, wording, elsewhere, note = (type(item).everything.filter(pk=item.pk) for item in items)
        fault.update(title=text, symptom=text, reply=text, escalation=text, warning=text)
        Alias.objects.filter(pk=Alias.objects.filter(fault=items[0]).first().pk).update(text=text)
        code.update(meaning=text, detail=text, say=text, steps=text, aliases=text)
        term.update(name=text, definition=text, aliases=text, pinyin=text)
        group.update(name=text, words=f"{text}\n{text}x")
        wording.update(words=text)
        elsewhere.update(name=text, words=text, refer_to=text)
        note.update(cause=text[:60], step=text, text=text)
    return texts


def dangerous(rows) -> list[str]:
    return [cell for row in rows for cell in row if isinstance(cell, str) and RUNS.match(cell) and not NOT_TEXT.fullmatch(cell)]


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_no_exported_cell_begins_like_a_formula(admin_client, formulas, tmp_path):
    for kind in TITLES:
        rows = rows_of_csv(admin_client.get(reverse("transfer_export", args=["csv"]), {"kind": kind}).content)
        assert sum("HYPERLINK" in "".join(row) for row in rows) >= len(formulas)
        assert not dangerous(rows)
    call_command("export_knowledge", str(tmp_path / "k.xlsx"), stdout=StringIO())
    for data in (admin_client.get(reverse("transfer_export", args=["xlsx"])).content, (tmp_path / "k.xlsx").read_bytes()):
        book = load_workbook(BytesIO(data))
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not dangerous(row for sheet in book for row in sheet.iter_rows(values_only=True))


def test_no_list_of_use_begins_a_cell_like_a_formula(admin_client, formulas):
    for number, text in enumerate(formulas, start=40):
        flagged(40, text)
        voted(40, words=text)
        judged(text, number, rank=0, held=True)
        for outcome, more in (("nothing", {}), ("near", {}), ("answered", {}), ("answered", {"is_repeated": True})):
            searched(text, outcome, **more)
    for name in REPORTS:
        many(name, 1)
        assert not dangerous(rows_of_csv(admin_client.get(reverse("usage_csv", args=[name])).content)), name


@pytest.fixture
def no_network(monkeypatch):
    """Whoever reaches for anything fails the test."""
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a file made the server open a connection"))


GOOD = xlsx(["编号", "标题"], [118, "换了标题"])
SHEET = "xl/worksheets/sheet1.xml"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
REMOTE = '<!DOCTYPE x SYSTEM "http://169.254.169.254/latest/meta-data">'


def with_doctype(doctype: str, part: str = SHEET) -> bytes:
    """The workbook with a document type before a part's first element."""
    text = unpacked(GOOD)[part].decode()
    text = re.sub(r"^<\?xml[^>]*\?>", "", text)
    return with_part(GOOD, part, doctype + text.replace("换了标题", "&e;"))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("doctype", [ENTITY, LAUGHS, REMOTE], ids=["file", "laughs", "remote"])
def test_a_workbook_reads_and_reaches_nothing_and_grows_to_nothing(admin_client, no_network, doctype, part):
    file = SimpleUploadedFile("t.xlsx", with_doctype(doctype, part))
    answer = admin_client.post(reverse("transfer"), {"file": file}, follow=True)
    assert answer.status_code == 200 and "root:" not in body(answer) and "hahaha" not in body(answer)


def test_a_workbook_that_points_elsewhere_is_read_without_going_there(admin_client, no_network):
    relation = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
    relation += 'Target="http://169.254.169.254/" TargetMode="External"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    data = with_part(GOOD, name, unpacked(GOOD)[name].decode().replace("</Relationships>", relation))
    assert admin_client.post(reverse("transfer"), {"file": SimpleUploadedFile("t.xlsx", data)}).status_code in (200, 302)


@pytest.mark.parametrize("inside", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "xl/../../../evil.txt"])
def test_a_part_with_a_path_of_its_own_is_written_nowhere(admin_client, tmp_path, monkeypatch, inside):
    monkeypatch.chdir(tmp_path)
    data = packed(unpacked(GOOD) | {inside: b"evil"})
    admin_client.post(reverse("transfer"), {"file": SimpleUploadedFile("t.xlsx", data)})
    assert not list(tmp_path.rglob("*evil*"))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "..\\..\\evil.csv", "/etc/cron.d/evil.csv", "a\x00b.csv", "CON.csv", "长" * 90 + ".csv", ".csv"]
)
def test_a_file_is_called_by_its_name_alone(admin_client, name):
    answer = admin_client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, "编号,标题\n118,换了标题\n".encode())})
    assert answer.status_code in (200, 302)
    for upload in Upload.objects.all():
        assert not set(upload.name) & set("/\\\x00") and len(upload.name) <= 120
        assert upload.name not in str(admin_client.get(answer.url).headers)


@pytest.mark.parametrize(
    "begins", [b"<html><script>alert(1)</script>", b"GIF89a;<script>", b"%PDF-1.7", b"<svg onload=alert(1)>", b"MZ\x90\x00"]
)
def test_what_is_no_table_is_kept_nowhere(admin_client, begins):
    for name in ("t.csv", "t.xlsx"):
        answer = admin_client.post(reverse("transfer"), {"file": SimpleUploadedFile(name, begins + b"\n1,2\n")})
        assert answer.status_code == 200 and not Upload.objects.exists()


def test_any_other_text_is_a_table_of_which_only_the_cells_are_kept(admin_client):
    """Whoever sent it says what its columns are; it is kept as no file, and shown as text."""
    data = b"#!/bin/sh\n<script>alert(1)</script>,2\n"
    page = admin_client.post(reverse("transfer"), {"file": SimpleUploadedFile("t.csv", data)}, follow=True)
    assert data not in bytes(Upload.objects.get().data) and "<script>alert(1)" not in body(page) and "&lt;script&gt;alert(1)" in body(page)
    assert "一张表也没选" in body(admin_client.post(page.request["PATH_INFO"], {"kind-0": ""}))
