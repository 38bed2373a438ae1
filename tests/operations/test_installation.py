"""What no page would tell that it is missing: broken for real, it is said by /readyz, by `check --deploy` and by the metrics."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import run_checks
from django.db import connection
from django.utils.translation import trans_real

from posdesk.operations import exposition, installation
from posdesk.static_storage import StaticStorage
from tests.failures.disks import WAYS, mounted
from tests.operations.test_readiness import ready
from tests.test_settings import ROOT

pytestmark = pytest.mark.django_db
MAY_MOUNT = mounted in WAYS


def said() -> dict[str, str]:
    """What the system check says, by id."""
    return {one.id: one.msg for one in run_checks(tags=["installation"], include_deployment_checks=True)}


def is_well(part: str) -> bool:
    return f'posdesk_part_ready{{part="{part}"}} 1.0' in exposition.exposition().decode()


def hold(client, part: str, state: str, check: str) -> None:
    """All three say so, and nothing else is wrong."""
    assert ready(client) == (503, {part: state})
    if check:
        assert [*said()] == [check] and state in said()[check]
    assert not is_well(part)


@pytest.fixture
def collected(tmp_path, settings, monkeypatch) -> Path:
    """The static files, for this test to spoil."""
    settings.STATIC_ROOT = shutil.copytree(settings.STATIC_ROOT, tmp_path / "static", copy_function=os.link)
    monkeypatch.setattr(staticfiles_storage, "_wrapped", StaticStorage())
    return tmp_path / "static"


@pytest.fixture
def locale(tmp_path, settings) -> Path:
    """The translations, for this test to spoil."""
    copied = shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [copied]
    return copied / "en" / "LC_MESSAGES"


def test_all_is_there(client, collected, locale):
    assert ready(client) == (200, {}) and said() == {}
    assert all(is_well(part) for part in installation.PARTS)
    assert 'posdesk_free_bytes{folder="var"}' in exposition.exposition().decode()


def test_static_files_without_their_manifest(client, collected):
    (collected / "staticfiles.json").rename(collected / "aside.json")
    hold(client, "static", "no manifest", "posdesk.W009")


def test_a_static_file_that_pages_name(client, collected):
    (collected / staticfiles_storage.stored_name("faults/posdesk.css")).unlink()
    hold(client, "static", "1 missing", "posdesk.W009")


def test_static_files_of_an_older_version(client, collected):
    copied = shutil.copyfile(collected / "staticfiles.json", collected / "copy.json")
    os.utime(copied, (0, 1))
    Path(copied).replace(collected / "staticfiles.json")
    hold(client, "static", "older than the program", "posdesk.W009")


@pytest.mark.parametrize("spoilt", [None, "{", '{"version": "9"}'], ids=["gone", "cut", "of another Django"])
def test_readers_get_the_words_without_the_looks(client, collected, monkeypatch, spoilt, caplog):
    manifest = collected / "staticfiles.json"
    manifest.unlink()
    if spoilt is not None:
        manifest.write_text(spoilt)
    monkeypatch.setattr(staticfiles_storage, "_wrapped", StaticStorage())  # as a process that starts now
    for path in ("/", "/f/40/?", "/search/?q=不出票了吗", "/nowhere/"):
        answer = client.get(path)
        assert answer.status_code in (200, 404) and "/static/faults/posdesk.css" in answer.content.decode(), path
    assert "collectstatic" in caplog.text
    assert ready(client)[0] == 503 and not is_well("static")


def test_every_static_file_that_a_template_names_is_collected():
    """What is missing would be said in the log alone."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*") if path.is_file()]
    named = {name for text in texts for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", text)}
    assert "faults/posdesk.css" in named and named <= staticfiles_storage.hashed_files.keys()


def test_a_translation_that_is_not_compiled(client, locale):
    (locale / "django.mo").unlink()
    hold(client, "translations", "en not compiled", "posdesk.W010")


def test_a_translation_older_than_its_texts(client, locale):
    os.utime(locale / "django.mo", (1, 1))
    hold(client, "translations", "en older than its texts", "posdesk.W010")


def test_a_process_that_started_without_translations(client, locale, monkeypatch):
    (locale / "django.mo").rename(locale / "aside")
    monkeypatch.setattr(trans_real, "_translations", {})
    assert installation.translations() == "en not compiled"  # which makes the process read what there is
    trans_real.translation("en")
    (locale / "aside").rename(locale / "django.mo")
    hold(client, "translations", "en not read by this process", "posdesk.W010")


@pytest.mark.skipif(not MAY_MOUNT, reason="mounting is not allowed here")
@pytest.mark.parametrize("folder", ["var", "temporary"])
def test_a_disk_that_fills(client, tmp_path, settings, monkeypatch, folder):
    with small_disk(tmp_path / "disk") as disk:
        if folder == "var":
            key = settings.VAR_DIR / "secret-key"
            settings.VAR_DIR = disk
            shutil.copy(key, disk)
        else:
            monkeypatch.setattr("tempfile.tempdir", str(disk))
        assert ready(client) == (200, {})
        (disk / "filler").write_bytes(bytes(60 * 2**20))
        state = ready(client)[1]["disk"]
        assert state.startswith(f"{folder}: ") and state.endswith(" MB free")
        hold(client, "disk", state, "posdesk.W011")


@contextmanager
def small_disk(folder: Path):
    """A file system of 150 MB, of which nothing is taken before it is written to."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.skipif(not MAY_MOUNT, reason="mounting is not allowed here")
def test_a_disk_that_is_mounted_to_be_read(client, tmp_path, settings, monkeypatch):
    with small_disk(tmp_path / "disk") as disk:
        (disk / "posdesk.sqlite3").touch()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(disk / "posdesk.sqlite3"))
        assert installation.sqlite_file() is None or "posdesk.W012" in said()
        if connection.vendor == "sqlite":
            assert ready(client) == (503, {"writing": "read only"})


@pytest.mark.postgresql
def test_a_database_that_is_a_standby(client):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone has them")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        cursor.execute("SET transaction_read_only = on")
    assert ready(client)[1] == {"writing": "read only"}


@pytest.mark.parametrize("content", [None, "another key that is long enough to be taken for one, but signs otherwise"])
def test_the_key_that_the_next_start_would_read(client, tmp_path, settings, monkeypatch, content):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings.VAR_DIR = tmp_path
    if content:
        (tmp_path / "secret-key").write_text(content)
    hold(client, "secret_key", "changed since the start" if content else "gone or not readable", "")


@pytest.mark.postgresql
def test_a_table_that_was_left_out(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE faults_judgment RENAME TO aside")
    assert ready(client) == (503, {"tables": "1 missing"})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE aside RENAME TO faults_judgment")
