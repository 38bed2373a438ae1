"""No command of ours ends in a traceback because a database is away or empty, or because of what it was given."""

import psycopg
import pytest
from django.core.management import CommandError

from posdesk.operations.backup.error_messages import as_command_errors
from tests.servers.working import manage

AWAY = "postgres://posdesk:hush@127.0.0.1:9/posdesk"  # where nobody listens
COMMANDS = [
    ["backup", "{folder}"],
    ["restore", "{folder}/nothing.zip"],
    ["check_knowledge", "--quiet"],
    ["evaluate_search", "--stored"],
    ["evaluate_search", "{folder}/binary"],
    ["evaluate_search", "{folder}"],
    ["export_knowledge", "{folder}/k.xlsx"],
    ["import_knowledge", "{folder}/t.csv"],
    ["import_knowledge", "{folder}"],
    ["load_knowledge"],
    ["load_knowledge", "--from", "{folder}/nothing"],
    ["rebuild_search"],
    ["setup_hints"],
    ["tend_usage"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_ends_with_a_sentence(tmp_path, command):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\xd8{")
    (tmp_path / "t.csv").write_text("编号,标题\n118,换了标题\n", encoding="utf-8")
    with pytest.raises(CommandError) as ended:
        manage(AWAY, *(part.format(folder=tmp_path) for part in command))
    assert not str(ended.value).isascii() and "hush" not in str(ended.value)


def test_what_the_driver_says_when_a_cursor_is_closed_is_a_sentence_too():
    with pytest.raises(CommandError, match="没有备份：数据库说 the connection is lost$"), as_command_errors("没有备份"):
        raise psycopg.OperationalError("the connection is lost\nmore of it")
