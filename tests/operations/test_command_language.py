"""Commands speak the language of the terminal, and what they store or export is the same in all."""

import ast
import json
import re
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import transaction
from django.utils import timezone, translation

from faults.editing import exporting
from faults.editing.transfer.columns import TITLES, headers_of
from faults.models import Fault, GateStep, Question, ReturnCode, ScheduledStep, SynonymGroup, Term, Wording
from posdesk.operations.command_line import CommandLine, language_of
from posdesk.operations.installation_checks import INSTALLED
from posdesk.settings_checks import ALWAYS, IN_PRODUCTION
from tests.admin.test_stored_language import new_rows
from tests.test_settings import manage

COLUMN_NAMES = {header for kind in TITLES for header in headers_of(kind)}
HAN = re.compile(r"[\u4e00-\u9fff]+")
OURS = sorted(name for name, app in get_commands().items() if app == "faults")
LOCALES = [
    ("en", {"LANG": "en_US.UTF-8"}),
    ("en", {"LANG": "en_GB.ISO-8859-15@euro"}),
    ("en", {"LANG": "en"}),
    ("zh-hans", {"LANG": "zh_CN.UTF-8"}),
    ("zh-hans", {"LANG": "zh_CN.GB18030"}),
    ("zh-hans", {"LANG": "zh_SG.UTF-8"}),
    ("zh-hans", {"LANG": "zh"}),
    ("zh-hant", {"LANG": "zh_TW.UTF-8"}),
    ("zh-hant", {"LANG": "zh_HK.UTF-8"}),
    ("en", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}),
    ("zh-hans", {"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}),
    ("en", {"LANG": "en_US.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}),
    ("zh-hans", {"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"}),
    ("zh-hans", {"LANG": "en_US.UTF-8", "LC_CTYPE": "en_US.UTF-8", "LC_ALL": "POSIX"}),
    ("zh-hans", {"LANG": "C.UTF-8"}),
    ("zh-hans", {"LANG": "de_DE.UTF-8"}),
    ("zh-hans", {"LANG": "../../etc"}),
    ("zh-hans", {"LANG": "e" * 2000}),
    ("zh-hans", {}),
]


def test_the_language_is_that_of_the_environment():
    assert [(environment, language_of(environment)) for _, environment in LOCALES] == [(one, language) for language, one in LOCALES]


def test_only_commands_choose_it(monkeypatch):
    """Not runserver, whose readers have their own."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    CommandLine(["manage.py"]).fetch_command("runserver")
    assert translation.get_language() == "zh-hans"
    CommandLine(["manage.py"]).fetch_command("rebuild_search")
    assert translation.get_language() == "en"


def test_a_process_speaks_it():
    """Two processes: a system check in English; LC_ALL before LANG, and a command's last sentence."""
    english = manage("check", LANG="en_US.UTF-8", ALLOWED_HOSTS="*").stderr
    assert "anybody can pretend another domain" in english and not HAN.search(english)
    assert "给出判断文件" in manage("evaluate_search", LANG="en_US.UTF-8", LC_ALL="zh_CN.UTF-8").stderr


@pytest.fixture
def files(tmp_path):
    """What commands are given. Names and words are English, so that no Chinese in an output is content."""
    (tmp_path / "broken").mkdir()
    rows = ["name: a", "- 5", "- {name: 5}", "- {name: a, strange: 1}", "- {name: b, words: [1]}", "- {name: c}\n- {name: c}", "}"]
    for number, text in enumerate(rows):
        folder = tmp_path / "broken" / "synonyms"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.yaml").write_text(text)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "synonyms.yaml").write_text("- {name: zzz, words: [zza, zzb]}")
    (tmp_path / "new" / "terms.yaml").write_text("- {name: zzz, definition: zz, sources: [nobody]}")
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "terms.yaml").write_text("- {name: zzz, definition: zz, status: published}")
    (tmp_path / "judged.jsonl").write_text(json.dumps({"id": "a", "query": "zzzz", "kind": "off-topic", "gold": ["term:zzz"]}))
    (tmp_path / "bad.jsonl").write_text("{}")
    (tmp_path / "terms.csv").write_text("术语,解释,上次复核\nzzz,zz,\nzzy,zz,zz\nzzx,zz\nzzx,zy\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text("术语,解释\nzzy,zz。\n", encoding="utf-8")
    (tmp_path / "card.csv").write_text("术语,解释\nzzz,6222021234567890\n", encoding="utf-8")
    (tmp_path / "headless.csv").write_text("zzz,zz\n", encoding="utf-8")
    (tmp_path / "strange.csv").write_text("术语,zz\nzz,zz\n", encoding="utf-8")
    (tmp_path / "quote.csv").write_text('术语,解释\nzz,"zz\n', encoding="utf-8")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "a.pdf").write_text("%PDF")
    return tmp_path


# What is called, and what it says in the language of the source and in English. {} is the folder of files.
SAID = [
    ("backup {}/terms.csv", "没有备份：", "No backup was made: "),
    ("restore {}/nothing.zip", "没有恢复：没有这个文件或文件夹。检查路径。 /", "Not restored: no such file or folder. Check the path. /"),
    ("restore {}/empty.csv --verify", "备份不能用：文件是空的", "The backup can't be used: The file is empty"),
    ("restore {}/terms.csv", "结尾没有 posdesk 的校验和", "It doesn't end with posdesk's checksum"),
    ("export_knowledge {}/a.txt", "文件名要以", "The file's name must end in"),
    ("export_knowledge {}/none/a.csv", "写不了 ", "can't be written"),
    ("export_knowledge {}/a.csv --kind=synonym", "已导出到 ", "Exported to "),
    ("import_knowledge {}/none.csv", "读不了 ", "can't be read: "),
    ("import_knowledge {}/a.pdf", "是PDF文件，不是表格", "is a PDF file, not a table"),
    ("import_knowledge {}/empty.csv", "文件是空的", "The file is empty"),
    ("import_knowledge {}/headless.csv", "看不出是什么表", "Can’t tell what the table is"),
    ("import_knowledge {}/strange.csv", "不认识的列", "Unknown column"),
    ("import_knowledge {}/quote.csv", "引号没有成对", "a quote is missing"),
    ("import_knowledge {}/card.csv", "有像卡号的一串数字", "digits that look like a card number"),
    ("import_knowledge {}/terms.csv", "第2行 新增：zzz", "Line 2, New: zzz"),
    ("import_knowledge {}/terms.csv", "写的是同一条，只能留一行", "Several rows name the same item, keep one: Line 4, Line 5."),
    ("import_knowledge {}/terms.csv", "只是计划", "only the plan"),
    ("import_knowledge {}/new.csv --apply --user=nobody", "没有叫“nobody”的账号", "There is no account “nobody”."),
    ("import_knowledge {}/new.csv --apply", "导入好了，共 1 条", "Imported, 1 in all."),
    ("load_knowledge --from={}/broken", "不是能读的YAML文件", "not a YAML file that can be read"),
    ("load_knowledge --from={}/broken", "出现了两次", "is there twice"),
    ("load_knowledge --from={}/broken", "要写成文字", "must be text"),
    ("load_knowledge --from={}/new --plan", "新增：term:zzz", "New: term:zzz"),
    ("load_knowledge --from={}/new", "没有叫“nobody”的来源", "Sources: there is no “nobody”."),
    ("evaluate_search", "给出判断文件", "Name files of judgments"),
    ("evaluate_search {}/bad.jsonl", "第 1 行：要有", "line 1: needs"),
    ("evaluate_search {}/none.jsonl", "读不了", "can't be read"),
    ("evaluate_search {}/judged.jsonl --misses", "应为 term:zzz", "should find term:zzz"),
    ("evaluate_search {}/judged.jsonl", "每次查询毫秒", "Milliseconds a query"),
    ("check_knowledge --quiet", "没有“转收单机构”", "“Pass to the acquirer” is empty"),
    ("check_knowledge --quiet", "处不合规矩", "Rules broken: "),
    ("setup_hints", "还没有管理员", "There is no administrator yet"),
    ("tend_usage", "", ""),
    ("publish_due", "定时做了0条，没做成1条。", "Done as set: 0; not done: 1."),
    ("rebuild_search --if-stale", "索引里有 ", "The index holds "),
]


def said(command: str, language: str) -> str:
    printed = StringIO()
    with translation.override(language):
        try:
            call_command(*command.split(), stdout=printed)
        except CommandError as error:
            printed.write(str(error))
    return printed.getvalue()


@pytest.fixture
def spoilt(db):
    """A little knowledge, so that it takes no time, with something for check_knowledge to find, and a stale index."""
    Fault.everything.exclude(number=40).delete()
    ReturnCode.everything.exclude(code="97").delete()
    Term.everything.all().delete()
    SynonymGroup.everything.all().delete()
    Question.objects.all().delete()  # of entries that are gone
    Wording.everything.filter(name__startswith="term:").delete()  # named by Chinese words
    Fault.everything.update(escalation="", title="zzz")
    item = Fault.everything.get()
    ScheduledStep.objects.create(kind="fault", item_id=item.pk, step=GateStep.PUBLISH, at=timezone.now(), version=1)


@pytest.mark.postgresql
def test_each_command_says_it_in_both_languages(files, spoilt):
    """Every command of ours, and every way of ending that its reader may cause; what is quoted is the table's or the content's."""
    wrong, outputs = [], {}
    for line, chinese, english in SAID:
        command = line.format(files)
        for language, sentence in (("zh-hans", chinese), ("en", english)):
            if (command, language) not in outputs:
                outputs[command, language] = new_output(command, language)
            output = outputs[command, language]
            left = chinese_in(output) if language == "en" else []
            if sentence not in output or left:
                wrong.append((line, sentence, left or output[:300]))
    assert not wrong
    assert {line.split()[0] for line, *_ in SAID} == set(OURS) - {"train_search"}  # which takes minutes, and says one sentence


def chinese_in(output: str) -> list[str]:
    """What is neither quoted, nor a column of a table, nor the name that an entry has in all languages."""
    return [words for words in HAN.findall(re.sub("“[^”]*”|40号 zzz", "", output)) if words not in COLUMN_NAMES]


def new_output(command: str, language: str) -> str:
    """And everything that was stored is undone."""
    with transaction.atomic():
        output = said(command, language)
        transaction.set_rollback(True)
    return output


def test_help_and_system_checks_are_in_english_too():
    with translation.override("en"):
        texts = {name: load_command_class("faults", name).create_parser("manage.py", name).format_help() for name in OURS}
        texts |= {rule.id: f"{rule.message} {rule.hint}" for rule in (*ALWAYS, *IN_PRODUCTION, *INSTALLED)}
    assert {name: found for name, text in texts.items() if (found := chinese_in(text))} == {}


TRANSLATED = {"_", "gettext", "gettext_lazy", "gettext_noop"}
ROOT = Path(__file__).resolve().parent.parent.parent
SPEAKING = [
    *(ROOT / "faults/management").rglob("*.py"),
    *(ROOT / "posdesk/operations").rglob("*.py"),
    *(ROOT / "posdesk" / name for name in ("settings_checks.py", "database_errors.py")),
    *(ROOT / "faults/checks" / f"{name}.py" for name in ("coverage", "entries", "links", "readiness", "stale_index")),
    *(
        ROOT / "faults/editing" / f"{name}.py"
        for name in ("import_plan", "import_planning", "importing", "knowledge_files", "loading", "publishing")
    ),
]
LOOKED_FOR = {"以收单机构为准"}  # in the content


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_is_left_out(path):
    """Also of those that no output above shows: no Chinese in the code but what is translated."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATED]
    known = {id(inner) for call in calls for inner in ast.walk(call)}
    known |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known]
    assert [node.value for node in texts if HAN.search(node.value) and node.value not in LOOKED_FOR] == []


def in_language(language: str, do):
    with translation.override(language):
        return do()


@pytest.mark.postgresql
def test_what_is_stored_is_the_same_in_all(files, spoilt):
    def write():
        call_command("load_knowledge", f"--from={files / 'good'}", stdout=StringIO())
        call_command("import_knowledge", str(files / "new.csv"), "--apply", "--publish", stdout=StringIO())
        call_command("rebuild_search", stdout=StringIO())

    first, *others = [new_rows(partial(in_language, code, write)) for code, _name in settings.LANGUAGES]
    assert others == [first, first] and first["Change"] and first["SearchDocument"] and first["Audited"]


def exported() -> dict[str, bytes]:
    """Every file that is exported, a workbook by its parts but for the time in it."""
    tables = {kind: exporting.as_csv(kind) for kind in TITLES}
    for name, workbook in (("all", exporting.as_xlsx()), ("template", exporting.template())):
        with ZipFile(BytesIO(workbook)) as parts:
            tables |= {f"{name}/{part}": parts.read(part) for part in parts.namelist() if part != "docProps/core.xml"}
    return tables


def test_what_is_exported_is_the_same_in_all(spoilt):
    first, *others = [in_language(code, exported) for code, _name in settings.LANGUAGES]
    assert others == [first, first] and "编号".encode() in first["fault"]
