"""Words of the trade that readers may not know: each one that is used must be explained in the glossary."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from faults.checks.entries import Problem
from faults.models import Fault, Term


def unexplained(folder: Path) -> Iterator[Problem]:
    """The jargon of required.yaml that stands in a published entry but in no published term."""
    words = yaml.safe_load((folder / "required.yaml").read_text(encoding="utf-8"))["jargon"]
    explained = {word for term in Term.objects.all() for word in (term.name, *term.alias_list)}
    parts = ("causes__fixes", "fixes", "myths", "links")
    texts = {fault: "\n".join(fault.texts()) for fault in Fault.objects.prefetch_related(*parts)}
    for word in set(words) - explained:
        used = [fault.number for fault, text in texts.items() if word in text]
        if used:
            yield Problem(f"{used[0]}号", f"用了“{word}”，术语里没有解释（共{len(used)}条在用）")
