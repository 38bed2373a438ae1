"""A day at the desk in three windows: two editors and a reviewer at the same entries, and what stands there in the evening, to the word."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from faults.editing.describe import describe_all
from faults.editing.edits import NOT_TEXT
from faults.models import Change
from tests.browser.entry_forms import open_entry
from tests.servers.working import on

WRITTEN, MERGED, HEIR, WITHDRAWN, IN_THE_TABLE = 61, 62, 63, 64, 65


@pytest.fixture
def entries(site):
    """entries(): what each entry says, by its number, as the knowledge files would write it; its state included."""

    def ask() -> dict[int, dict]:
        with on(f"sqlite:///{site.database}"):
            return {row["number"]: {key: row[key] for key in row.keys() - NOT_TEXT | {"status"}} for row in describe_all("fault")}

    return ask


def open_page(page, number: int, name: str) -> None:
    """Another page of an entry at the desk than its form."""
    open_entry(page, number)
    page.goto(page.url.partition("change/")[0] + name)


def press(page, name: str, said: str = "") -> None:
    """The first button of that name, whether in the form or beside it. `said`: what the desk says then."""
    page.get_by_role("button", name=name, exact=True).first.click()
    if said:
        expect(page.get_by_text(said).first).to_be_visible()


def write(page, number: int, button: str, said: str, **fields: str) -> None:
    open_entry(page, number)
    for name, text in fields.items():
        page.fill(f"#id_{name}", text)
    press(page, button, said)


def led_on(row: dict) -> dict:
    """The entry whose links to the merged one lead to its heir, unless one does already."""
    numbers = [link["number"] for link in row["related"]]
    links = [link | {"number": HEIR} if link["number"] == MERGED else link for link in row["related"]]
    return row | {"related": [link for link in row["related"] if link["number"] != MERGED] if HEIR in numbers else links}


def joined(heir: dict, merged: dict) -> dict:
    """The heir with what callers say and see of the other, its title among them."""
    lists = {key: list(dict.fromkeys([*heir[key], *merged[key]])) for key in ("screen_texts", "aliases")}
    lists |= {key: sorted({*heir[key], *merged[key]}) for key in ("codes", "sources")}
    lists["aliases"].append(merged["title"])
    own = [link for link in heir["related"] if link["number"] != MERGED]
    known = {HEIR, MERGED} | {link["number"] for link in own}
    return heir | lists | {"related": own + [link for link in merged["related"] if link["number"] not in known]}


@pytest.mark.service_worker
def test_two_editors_and_a_reviewer(window, page, site, entries, tmp_path):
    """It costs some forty pages of the desk: about ten seconds."""
    reader, bian, liang, fu = page, window("bian"), window("liang"), window("fu")
    morning = entries()
    liang.goto("/admin/desk/transfer/")
    with liang.expect_download() as exported:
        liang.get_by_role("link", name="全部（XLSX，每类一张表）").click()
    table = tmp_path / "早上.xlsx"
    exported.value.save_as(table)

    # What the author saves while the reviewer reads is not published unread.
    write(bian, WRITTEN, "保存并提交复核", "已提交复核", symptom="第一次写的现象。")
    open_page(fu, WRITTEN, "review/")
    write(bian, WRITTEN, "保存", "复核的人会看到", symptom="提交以后又写的现象。")
    press(fu, "发布", "您看过以后，有人改了")
    expect(fu.locator(".desk-clash").first).to_contain_text("提交以后又写")
    reader.goto(f"/f/{WRITTEN}/")
    expect(reader.locator("main")).not_to_contain_text("写的现象。")

    # Returned, mended, handed in again; the reviewer mends a comma, and it is still the author's.
    fu.fill("#step-why", "说清楚是哪台机器。")
    press(fu, "退回修改", "已退回")
    bian.goto("/admin/")
    expect(bian.locator(".desk-note", has_text="说清楚是哪台机器。")).to_be_visible()
    write(bian, WRITTEN, "保存并提交复核", "已提交复核", symptom="吧台那台机器，屏不亮。")
    write(fu, WRITTEN, "保存", "复核的人会看到", symptom="吧台那台机器，屏幕不亮。")
    bian.goto("/admin/")
    expect(bian.locator(".desk-box", has_text="我提交了，等复核")).to_contain_text(f"{WRITTEN}号")
    press(fu, "发布", "已发布：")

    # A table of the morning brings nothing old back.
    book = load_workbook(table)
    sheet = book["条目"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    line = next(row[0].row for row in sheet.iter_rows(min_row=2) if str(row[headers["编号"] - 1].value) == str(IN_THE_TABLE))
    sheet.cell(line, headers["现象"]).value = "表格里写的　现象，Ａ型机。"
    book.save(table)
    liang.set_input_files("#id_file", table)
    press(liang, "看计划")
    expect(liang.get_by_text("导出以后同事改过，表里没动").first).to_be_visible()
    press(liang, "导入这1条", "共1条")
    open_page(fu, IN_THE_TABLE, "review/")
    press(fu, "发布", "已发布：")

    # One goes into another, one goes altogether.
    open_page(fu, MERGED, f"merge/?number={HEIR}")
    press(fu, f"把{MERGED}号并入{HEIR}号", "已并入")
    open_entry(fu, WITHDRAWN)
    press(fu, "下架")
    press(fu, "下架", "已下架：")

    evening = entries()
    expected = {number: led_on(row) for number, row in morning.items()}
    expected[WRITTEN]["symptom"] = "吧台那台机器，屏幕不亮。"
    expected[IN_THE_TABLE]["symptom"] = "表格里写的 现象，A型机。"
    expected[WITHDRAWN]["status"] = "archived"
    expected[MERGED] = morning[MERGED] | {"status": "archived", "related": []}
    expected[HEIR] = joined(morning[HEIR], morning[MERGED])
    assert {number: row for number, row in evening.items() if row != expected[number]} == {}
    reader.goto(f"/{MERGED}")
    reader.wait_for_url(f"**/f/{HEIR}/")
    assert reader.goto(f"/f/{WITHDRAWN}/").status == 404
    with on(f"sqlite:///{site.database}"):
        done = list(Change.objects.filter(kind="fault", row__number=WRITTEN).order_by("pk").values_list("action", "made_by__username"))
    assert done[1:] == [
        *[("changed", "bian"), ("submitted", "bian"), ("changed", "bian"), ("returned", "fu")],
        *[("changed", "bian"), ("submitted", "bian"), ("changed", "fu"), ("published", "fu")],
        ("merged", "fu"),  # its link to the merged entry
    ]
