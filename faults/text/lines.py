"""Text that is a list: one item a line, so that editors type it and drag nothing."""


def lines(text: str) -> list[str]:
    """The text's lines without blanks at their ends; empty lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
