"""Shared knowledge goes on being renewed where a desk has changed it: field by field, what was loaded last, what it says here, what the
files say now."""

SETS = {"aliases", "words", "environments", "codes", "sources", "confused_with", "screen_texts"}  # lists whose lines stand for themselves
DATES = {"reviewed"}  # of a review here says more than of one elsewhere


def combined(base: dict, here: dict, wanted: dict) -> tuple[dict, dict[str, dict]]:
    """The row with what either side changed since `base`, and by field what both changed otherwise, which stays as it is here.

    Of the latter each says {"before": …, "theirs": …}. All three rows have the same keys. Lists in SETS are combined line by line.
    """
    row, both = dict(here), {}
    for field, theirs in wanted.items():
        before, ours = base[field], here[field]
        if theirs in (before, ours):
            continue
        if ours == before:
            row[field] = theirs
        elif are_lines(field, before, ours, theirs):
            row[field] = combined_lines(before, ours, theirs)
        elif field not in DATES:
            both[field] = {"before": before, "theirs": theirs}
    return row, both


def are_lines(field: str, *values) -> bool:
    """Whether these values of a field are lists of texts that stand for themselves, so that each line can be kept or left by itself."""
    return field in SETS and all(isinstance(value, list) and all(isinstance(line, str) for line in value) for value in values)


def combined_lines(before: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Our lines but for those that they removed, and the lines that they added."""
    kept = [line for line in ours if line in theirs or line not in before]
    return kept + [line for line in theirs if line not in before and line not in ours]


def still_open(conflicts: dict[str, dict], here: dict, wanted: dict) -> dict[str, dict]:
    """Of conflicts that nobody has decided, those that are ones still, with what the files say now."""
    return {field: said | {"theirs": wanted[field]} for field, said in conflicts.items() if here[field] != wanted[field] != said["before"]}
