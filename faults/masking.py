"""Card numbers: find them in any text and cover all but the last four digits. Pure: no Django."""

import re

# 13 to 19 digits (ISO/IEC 7812 allows up to 19), in any width, with blanks, dashes or dots between them.
_RUN = re.compile(r"(?<!\d)\d(?:[ \t\u3000.\-‐‑–—－·_]*\d){12,}(?!\d)")
KEPT = 4


def _cover(match: re.Match) -> str:
    run = match.group()
    left = sum(character.isdigit() for character in run) - KEPT
    covered = []
    for character in run:
        if character.isdigit() and left > 0:
            left -= 1
            character = "*"
        covered.append(character)
    return "".join(covered)


def mask_card_numbers(text: str) -> str:
    """The text with every run of 13 or more digits covered by `*` but for its last four.

    No check digit is asked for: a number mistyped by one digit is as much a card number to its holder.
    """
    return _RUN.sub(_cover, text)


def has_card_number(text: str) -> bool:
    """Whether the text holds a run of 13 or more digits."""
    return bool(_RUN.search(text))
