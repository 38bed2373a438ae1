"""A query made ready for the index: words told from pinyin, slips mended, synonyms beside each part, clauses by themselves."""

import re
from collections.abc import Collection
from dataclasses import replace

from rapidfuzz.distance import OSA, JaroWinkler

from faults.models.search_documents import CODE, TERM
from faults.search import frequencies, index, sentence_vectors
from faults.search.frequencies import TOTAL
from faults.search.interpretation import Interpretation
from faults.search.off_topic import unfamiliar_share
from faults.search.parsed_document import ParsedDocument
from faults.search.process_cache import ProcessCache
from faults.search.query import Query
from faults.search.rank import Scored, order
from faults.search.synonyms import Synonyms
from faults.search.term_matching import TermWeights
from faults.search.weights import ASKED, CLAUSE, ELSEWHERE, KNOWN_WORDING, OTHERS_PHRASE, OWN_PHRASE, UNFAMILIAR
from faults.text.fold import without_particles, words
from faults.text.pinyin import spelled

VOWEL = re.compile("[aeiou]")  # letters without one are initials, not a word mistyped
SHORTEST = 3  # letters; anything shorter is too near to everything
LONG = 7  # letters from which two slips are forgiven


def corrections(unknown: list[str], vocabulary: set[str], public_only: bool) -> dict[str, str]:
    """For each unknown word that isn't pinyin: the nearest word of the vocabulary or of a document, if one is near enough.

    One query at the most. A first letter is taken to be right: people rarely miss it, and it keeps the choice small.
    """
    wrong = [word for word in unknown if word.isalpha() and len(word) >= SHORTEST and VOWEL.search(word) and not spelled(word)]
    if not wrong:
        return {}
    first = "".join({word[0] for word in wrong})
    choices = frequencies.words(first, public_only)
    choices |= {word for word in vocabulary if word[0] in first and len(word) >= SHORTEST}
    return {word: near for word in wrong if (near := _nearest(word, choices))}


def _nearest(word: str, choices: set[str]) -> str:
    """The choice within one slip (two in a long word): swapped letters before others, then the likest."""
    allowed = 2 if len(word) >= LONG else 1
    near = [one for one in choices if one[0] == word[0] and OSA.distance(word, one, score_cutoff=allowed) <= allowed]
    return max(near, key=lambda one: (sorted(one) == sorted(word), JaroWinkler.similarity(word, one), one), default="")


SPELLED, HEARD = 2, 4  # syllables, of what is typed as pinyin and of what is written, that make a name by sound alone
MOST_TOKENS = 24  # asked of the index at once
POSTINGS = 5_000  # places in the index that are looked at

# What search is made of, each of which can be left out: by a reader who means what was typed, and to measure what each is worth.
PARTS = frozenset({"sounds", "initials", "spelling", "synonyms", "clauses", "likeness", "codes", "outside", "floor", "use", "meaning"})
AS_TYPED = frozenset({"sounds", "initials", "spelling"})


class PreparedQuery:
    """A query with all the ways it may be taken. `public_only`: what isn't published counts for nothing. `without`: names of PARTS
    that are left out."""

    def __init__(self, query: Query, cache: ProcessCache, public_only: bool, without: frozenset[str] = frozenset()):
        self.query, self.cache, self.public_only, self.without = query, cache, public_only, without
        self.elsewhere = {} if "outside" in without else cache.off_topic.found_in(query.folded)
        synonyms = Synonyms() if "synonyms" in without else cache.synonyms
        typed = _latin(query.folded)
        known = {*typed} & (synonyms.latin | frequencies.of(typed, public_only).keys())
        unknown = [] if "spelling" in without else [word for word in typed if word not in known]
        self.corrected = corrections(unknown, synonyms.latin, public_only)
        latin = frozenset({*known, *self.corrected.values(), *(typed if "sounds" in without else ())})
        self.unfamiliar = 0.0  # the share of what is said in everyday words that stand nowhere here
        whole = synonyms.whole(query.folded)
        self.is_whole, self.subject = bool(whole), whole or query.subject
        texts = [(self.subject, 1.0), *((clause, CLAUSE) for clause in query.clauses if "clauses" not in without)]
        self.meaning = sentence_vectors.of_query(query.complaint) if self._has_meaning(latin) else None
        self.interpretations = [Interpretation(synonyms.slots(self._correct(text)), latin, trust, without) for text, trust in texts]

    def _has_meaning(self, latin: frozenset[str]) -> bool:
        """Whether it is said in words: pinyin, initials and codes mean nothing as a sentence."""
        is_said = any(not word.isascii() or (word in latin and len(word) >= SHORTEST) for word in words(self.query.folded))
        return is_said and not self.is_whole and "meaning" not in self.without and sentence_vectors.is_there()

    def _correct(self, text: str) -> str:
        for wrong, right in self.corrected.items():
            text = re.sub(rf"(?<![0-9a-z]){wrong}(?![0-9a-z])", right, text)
        return text

    def ranked(self, codes: tuple[str, ...], named_ids: list[int]) -> list[Scored]:
        """The best documents by their words, and these of named codes whatever they say, in no order."""
        named = [code.lower() for code in codes]
        near = self.meaning.tokens() if self.meaning else ()
        tokens = {TOTAL, *named, *near, *(token for interpretation in self.interpretations for token in interpretation.tokens())}
        counts = frequencies.of(tokens, self.public_only)
        term_weights = TermWeights(counts)
        typed = {token for interpretation in self.interpretations for token in interpretation.typed}
        ids = index.candidates(_index_tokens(counts, typed.union(named, near), term_weights), self.public_only)
        ids = [*dict.fromkeys([*ids, *named_ids])]
        scored = order(self.interpretations, term_weights, self.cache.documents(ids), codes, self.meaning.vector if self.meaning else None)
        scored = scored if "outside" in self.without else self._penalized(scored, counts)
        return scored if "likeness" in self.without else self._with_exact(scored)

    def _with_exact(self, scored: list[Scored]) -> list[Scored]:
        """What is called as was asked stands above what is only like it, a name of its own above one that callers are known to say."""
        typed = {self.query.folded, self.query.complaint}
        asked = typed.union(map(without_particles, typed))
        bonuses = [_name_bonus(one.document, typed, asked, self.query.asked_for) for one in scored]
        if not any(bonuses) and "sounds" not in self.without:
            bonuses = self._sound_bonuses(scored)
        return [replace(one, place=one.place + bonus, is_exact=True) if bonus else one for one, bonus in zip(scored, bonuses, strict=True)]

    def _sound_bonuses(self, scored: list[Scored]) -> list[float]:
        """The same for names that sound as what was asked, syllable by syllable, where nothing is called so in writing."""
        heard = self.interpretations[0].spoken
        shortest = SPELLED if self.query.folded.isascii() else HEARD
        if heard.count(" ") + 1 < shortest or self.query.codes:
            return [0.0] * len(scored)
        return [
            OWN_PHRASE if heard in one.document.own_sounds else KNOWN_WORDING if heard in one.document.spoken_wordings else 0.0
            for one in scored
        ]

    def _penalized(self, scored: list[Scored], counts: dict[str, int]) -> list[Scored]:
        """The same with less score, the more signs there are that the query is about something else."""
        self.unfamiliar = unfamiliar_share(self._correct(self.subject), counts.keys() | self.cache.synonyms.tokens)
        familiar = 1 - UNFAMILIAR * self.unfamiliar
        return [one.with_score(one.score * familiar * self._fitness(one)) for one in scored]

    def _fitness(self, one: Scored) -> float:
        """What is left for a document that isn't of the kind that was asked for."""
        asked = ASKED.get(one.document.kind, 1.0) if self.query.asks else 1.0
        return asked * (1.0 if self.is_on_topic(one) else ELSEWHERE)

    def is_on_topic(self, one: Scored) -> bool:
        """Whether the document speaks of whatever was named that belongs to others."""
        return all(one.document.says(word) for word in self.elsewhere)

    def read_as(self, by_sound: str) -> str:
        """What the query was taken for when that is not what was typed: with mended words, or the phrase it sounds like."""
        return self._correct(self.query.folded) if self.corrected else by_sound


def _name_bonus(document: ParsedDocument, typed: set[str], asked: set[str], explained: str) -> float:
    """What is added for its name. `explained`: the word that was asked about, if one was."""
    if not typed.isdisjoint(document.own) or (document.kind == TERM and explained in document.own):
        return OTHERS_PHRASE if document.kind == CODE and not document.is_ours else OWN_PHRASE
    return 0.0 if asked.isdisjoint(document.own) and asked.isdisjoint(document.said) else KNOWN_WORDING


def _index_tokens(counts: dict[str, int], first: Collection[str], term_weights: TermWeights) -> dict[str, float]:
    """The tokens worth asking the index for, with their weights: `first` before other words for the same, the rarest before the others,
    as far as POSTINGS goes.

    What stands in everything finds nothing, and would cost the more the more there is.
    """
    rarest = sorted((token for token in counts if token != TOTAL), key=lambda token: (token not in first, counts[token], token))
    wanted, left = [], POSTINGS
    for token in rarest:
        if counts[token] <= left:
            left -= counts[token]
            wanted.append(token)
    return {token: term_weights.weigh(counts[token]) for token in (wanted or rarest[:1])[:MOST_TOKENS]}


def _latin(text: str) -> list[str]:
    return [word for word in words(text) if word.isascii()]
