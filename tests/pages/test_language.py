"""Two languages: Simplified Chinese first, English complete."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_chinese_comes_first_whatever_the_browser_asks_for_nothing(client):
    assert "商户说什么" in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_switch_changes_the_language_and_stays_on_the_page(client):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/codes/97/"})
    assert response.headers["Location"] == "/codes/97/"
    shown = client.get("/codes/97/").content.decode()
    assert '<html lang="en">' in shown and "能不能重试" not in shown


@pytest.mark.django_db
def test_the_switch_sends_nobody_elsewhere(client):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search/?q=", "/search/?q=返回码E1", "/search/?q=天气", "/f/?kind=zzz", "/nothing/"])
def test_in_english_no_interface_text_is_left_in_chinese(client, path):
    """Content stays Chinese; pages without content must have no Han character but for names, examples and what was typed."""
    client.cookies.load({"language": "en"})
    content = client.get(path).content.decode()
    main = content[: content.index("<main")] + content[content.index("<footer") :]
    assert not re.findall(r"[\u4e00-\u9fff]+", re.sub("简体中文|繁體中文", "", main).replace("天气", "").replace("返回码E1", ""))


def test_every_interface_text_has_its_english(tmp_path):
    """Collects the texts anew in a copy and compares: nothing new, nothing untranslated, nothing fuzzy."""
    if not shutil.which("xgettext"):
        pytest.fail("gettext is not installed: `make test` as root installs it")
    for name in ("faults", "posdesk", "templates", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-location", "--no-obsolete"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=os.environ | {"SECRET_KEY": "k" * 64})
    catalogue = tmp_path / "locale/en/LC_MESSAGES/django.po"
    missing = subprocess.run(["msgattrib", "--untranslated", catalogue], capture_output=True, text=True, check=True).stdout
    fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", catalogue], capture_output=True, text=True, check=True).stdout
    assert not missing and not fuzzy
