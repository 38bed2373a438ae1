"""What each part of search is worth: the judgments and the blind half measured with everything, then without each part in turn."""

from setup_django import ROOT  # models need settings

# isort: split
from django.db import connection

from faults.search import evaluate
from faults.search.prepared_query import PARTS

SETS = (("judgments", "unanswerable"), ("fresh_blind", "titles_blind", "unanswerable_blind"))


def main() -> None:
    """Prints a row for everything and a row for each part left out."""
    sets = [evaluate.read([ROOT / f"tests/data/{name}.jsonl" for name in names]) for names in SETS]
    print(f"{connection.vendor}: without, then of each set | first | first three | unanswered rightly | sure and wrong | median ms")
    for part in ["", *sorted(PARTS)]:
        print(part or "(nothing)", *(_figures(judgments, frozenset({part} if part else ())) for judgments in sets), sep=" | ")


def _figures(judgments: list[dict], without: frozenset[str]) -> str:
    figures = evaluate.summary(evaluate.judge(judgments, without))
    shares = (figures["all"]["s1"], figures["all"]["s3"], figures["unanswerable"]["right"], figures["sure"]["wrong"])
    return " | ".join([*(f"{share:.3f}" for share in shares), str(figures["ms"]["median"])])


if __name__ == "__main__":
    main()
