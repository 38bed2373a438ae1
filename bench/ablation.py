"""What each part of search is worth: the judgments measured with everything, then without each part in turn."""

from setup_django import ROOT  # models need settings

# isort: split
from django.db import connection

from faults.search import evaluate
from faults.search.prepared_query import PARTS


def main() -> None:
    """Prints a row for everything and a row for each part left out."""
    judgments = evaluate.read([ROOT / "tests/data/judgments.jsonl", ROOT / "tests/data/unanswerable.jsonl"])
    print(f"{connection.vendor}: without | first | first three | unanswered rightly | median ms")
    for part in ["", *sorted(PARTS)]:
        figures = evaluate.summary(evaluate.judge(judgments, frozenset({part} if part else ())))
        everything, hopeless = figures["all"], figures["unanswerable"]
        print(
            f"{part or '(nothing)'} | {everything['s1']:.3f} | {everything['s3']:.3f} | {hopeless['right']:.3f} | {figures['ms']['median']}"
        )


if __name__ == "__main__":
    main()
