"""Text that is a list: one item a line, so that editors type it and drag nothing."""

import re

_END = re.compile("[。？！；，：、…,.;:?!][”’）」』]*$")


def lines(text: str) -> list[str]:
    """The text's lines without blanks at their ends; empty lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_on(texts: list[str]) -> str:
    """The texts one behind the other, as they are read aloud: ； parts from the next one what ends without a mark of its own."""
    *before, last = texts or [""]
    return "".join(text if _END.search(text) else f"{text}；" for text in before) + last
