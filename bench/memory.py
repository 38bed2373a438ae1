"""What a worker holds in memory, as deploy/ runs it: at the start, after SEARCHES different searches, and after large uploads.

SEARCHES=… takes another number. Searches are made from the words of the knowledge, spoilt a little as callers and agents spoil them;
uploads are workbooks of thousands of entries with their plans, and one of a million empty rows. Also the longest pause for garbage.
Exits with 1 if the worker ends with more than GOAL. Needs the static files that `make setup` collects.
"""

from own_database import measured  # models need settings

# isort: split
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from over_http import ROOT, process

from faults.editing.describe import describe_all
from faults.editing.display_names import display_names
from faults.editing.exporting import as_xlsx
from faults.editing.transfer.writing import write_xlsx
from faults.models import SearchDocument, Status

SEARCHES = int(os.environ.get("SEARCHES", "20000"))
READERS = 4  # at once
GOAL = 350  # MB that a worker may end with
ENTRIES = 3_000  # in a large workbook
UPLOADS = 5  # of each sort
EMPTY_ROWS = 1_000_000
COMMAND = (sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind={address}", "--pid={address}.pid")
NOISE = "的了吗呢不机卡码单0123456789abcdefghijklmnop"


def environment(folder: str) -> dict[str, str]:
    """What the unit of systemd sets, with folders of our own; nobody is held up by a limit."""
    unit = (ROOT / "deploy/systemd/posdesk.service").read_text(encoding="utf-8")
    said = dict(re.findall(r"^Environment=(\w+)=(.*)$", unit, re.MULTILINE))
    limits = dict.fromkeys(("SEARCHES_A_MINUTE", "PAGES_A_MINUTE"), "999999999")
    ours = {"PROMETHEUS_MULTIPROC_DIR": folder, "PAUSES": f"{folder}/longest", "DJANGO_SETTINGS_MODULE": "measured"}
    return said | limits | ours


def queries(count: int) -> Iterator[str]:
    """Different searches: pieces of two phrases of the knowledge with a slip in them."""
    random = Random(20261128)  # noqa: S311 (the same in every run)
    texts = SearchDocument.objects.values_list("title", "aliases", "screens")
    phrases = sorted({line for row in texts for text in row for line in text.split("\n") if line})
    known: set[str] = set()
    while len(known) < count:
        first, second = random.sample(phrases, 2)
        text = first[: random.randint(2, 12)] + second[: random.randint(0, 8)]
        at = random.randrange(len(text))
        query = text[:at] + random.choice(NOISE) + text[at + random.randint(0, 1) :]
        if query not in known:
            known.add(query)
            yield query


def empty_rows() -> bytes:
    """An export of everything, whose first sheet goes on for a million rows without a cell."""
    made = BytesIO()
    with ZipFile(BytesIO(as_xlsx())) as given, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", b"<row/>" * EMPTY_ROWS + b"</sheetData>")
            archive.writestr(name, data)
    return made.getvalue()


def large() -> bytes:
    """A workbook of ENTRIES new entries with the words of the real ones."""
    rows = islice(cycle(describe_all("fault")), ENTRIES)
    new = [row | {"number": number, "status": Status.DRAFT} for number, row in enumerate(rows, start=5_000)]
    return write_xlsx({"fault": new}, display_names())


class Worker:
    """The one worker of a gunicorn, and an administrator's browser."""

    def __init__(self, address: str, master: int, session: str):
        self.address, self.master = address, master
        self.cookies = f"sessionid={session}; csrftoken={'a' * 32}"

    def megabytes(self) -> float:
        """Resident; of whichever worker there is."""
        pid = subprocess.run(["pgrep", "-P", str(self.master)], capture_output=True, text=True, check=True).stdout.split()[0]  # noqa: S603, S607
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024

    def search(self, query: str) -> None:
        urllib.request.urlopen(f"{self.address}/search/?q={quote(query)}", timeout=120).close()  # noqa: S310 (our own server)

    def upload(self, data: bytes) -> str:
        """Sends a workbook and looks at its plan; “planned”, or “refused”."""
        boundary = uuid.uuid4().hex
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'.format
        body = part("csrfmiddlewaretoken", "").encode() + b"a" * 32 + b"\r\n" + part("file", '; filename="t.xlsx"').encode() + data
        headers = {"Cookie": self.cookies, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        request = urllib.request.Request(  # noqa: S310 (our own server)
            self.address + reverse("transfer"), body + f"\r\n--{boundary}--\r\n".encode(), headers
        )
        with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310 (our own server)
            answer.read()
            return "planned" if re.search(r"/\d+/$", answer.url) else "refused"


def session() -> str:
    """Of an administrator."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    return client.session.session_key


def measure() -> bool:
    """Prints a table. Whether the worker stayed within GOAL."""
    workbooks, asked, key = {"large": large(), "empty rows": empty_rows()}, list(queries(SEARCHES)), session()
    with tempfile.TemporaryDirectory() as folder, process(COMMAND, **environment(folder)) as (started, address):
        worker = Worker(address, started.pid, key)
        worker.search("不出票")
        print(f"| | MB |\n|---|--:|\n| at the start | {worker.megabytes():.0f} |", flush=True)
        with ThreadPoolExecutor(READERS) as pool:
            for part in range(4):
                portion = asked[part * SEARCHES // 4 : (part + 1) * SEARCHES // 4]
                list(pool.map(worker.search, portion))
                print(f"| after {(part + 1) * SEARCHES // 4:,} searches | {worker.megabytes():.0f} |", flush=True)
        for name, data in workbooks.items():
            for _ in range(UPLOADS):
                said = worker.upload(data)
            print(f"| after {UPLOADS} workbooks, {name} ({len(data) / 1e6:.1f} MB), {said} | {worker.megabytes():.0f} |", flush=True)
        last, pause = worker.megabytes(), (Path(folder) / "longest").read_text()
    print(f"\nLongest pause for garbage: {pause} ms. Goal, at most {GOAL} MB: {'reached' if last <= GOAL else 'MISSED'}")
    return last <= GOAL


if __name__ == "__main__":
    measured(__file__, measure)
