"""The form of an entry at the desk, as one comes to it and leaves it."""


def open_entry(page, number: int) -> None:
    """Finds the entry in the list, and opens its form."""
    page.goto(f"/admin/faults/fault/?q={number}")
    page.locator("#result_list").get_by_role("link", name=str(number), exact=True).first.click()
    page.wait_for_url("**/change/**")


def press(page, name: str) -> None:
    """The button of exactly that name."""
    page.get_by_role("button", name=name, exact=True).click()
