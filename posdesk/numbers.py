"""Figures that come from outside. Pure: no Django."""

LONGEST = 18  # digits: no more than a database counts


def whole_number(text: str | None) -> int | None:
    """The number that the text is, written in 1 to 18 of our digits. None for anything else: `isdigit` takes ² and ٣ for digits too."""
    return int(text) if text and len(text) <= LONGEST and text.isascii() and text.isdigit() else None
