"""A new acquirer's code table: made by an administrator, filled from a spreadsheet, published, and found by an agent. 8 s."""

from playwright.sync_api import expect

from tests.browser.entry_forms import press

COUNT = 30
TABLE = {"name": "随行付", "full_name": "随行付终端返回码", "slug": "suixingfu", "words": "随行付\n会员宝", "position": "25"}
LIST = "/admin/faults/returncode/?scheme__id__exact={}"


def code_list() -> str:
    """A CSV file as an acquirer sends it, without our headings' order."""
    rows = [
        f"{number:02},随行付的第{number}种拒绝,换卡,收银员,请您换一张卡。,问屏上的字。,换一张卡。,行业通用说法" for number in range(COUNT)
    ]
    return "\n".join(["返回码,意思,能不能重试,谁来处理,可以对持卡人说,问,做,来源", *rows])


def test_a_table_of_thirty_codes_is_made_filled_and_found(window, tmp_path):
    administrator, reviewer, agent = window("guan"), window("editor"), window("liang")
    administrator.goto("/admin/faults/codetable/add/")
    for name, value in TABLE.items():
        administrator.fill(f"#id_{name}", value)
    press(administrator, "保存")
    expect(administrator.locator("#result_list").get_by_role("link", name="随行付", exact=True)).to_be_visible()
    file = tmp_path / "随行付.csv"
    file.write_text(code_list(), encoding="gb18030")
    reviewer.goto("/admin/desk/transfer/")
    reviewer.set_input_files("#id_file", file)
    press(reviewer, "看计划")
    reviewer.get_by_label("是谁家的码表").select_option(label="随行付")
    press(reviewer, "看计划")
    reviewer.get_by_label("直接发布").check()
    press(reviewer, f"导入这{COUNT}条")
    expect(reviewer.locator(".desk-ok")).to_contain_text(f"共{COUNT}条")
    agent.goto("/")
    agent.fill("#q", "会员宝报07")
    agent.press("#q", "Enter")
    expect(agent.locator("h1")).to_contain_text("随行付的第7种拒绝")
    agent.goto("/codes/?scheme=suixingfu")
    expect(agent.locator("#left")).to_have_text(str(COUNT))
