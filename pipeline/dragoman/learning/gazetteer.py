"""Names that the gazetteer lacks, from annotated and corrected names: spellings of known ones, and new ones.

A name of a state, people, place or organisation that the gazetteer does not read is a spelling of a known one if few
letters differ, endings taken off; else it is learned only where somebody wrote its country.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.config import Settings
from dragoman.events.assembly import read_events
from dragoman.flow import heading
from dragoman.learnedlines import Placed
from dragoman.learning.learner import Accept, Offer, examples_of, rows_of
from dragoman.learning.namesamples import Marked, MarkedName
from dragoman.learning.passages import Prepared, passage_of_article
from dragoman.learning.proposals import NAME, Example, Proposal
from dragoman.learning.rulebook import Rulebook, RuleLine
from dragoman.learning.scoring import Counts, NameCounts, score, score_names, total
from dragoman.learning.spellings import Spellings
from dragoman.learning.trials import Reading, Trial
from dragoman.learning.trust import FIGURES, FOLDS
from dragoman.morphology import load_morphology, peel
from dragoman.names.finding import read_names, trying
from dragoman.names.lexicon import LEARNED, load_lexicon, read_learned
from dragoman.names.scan import Scanner
from dragoman.records import Entity, Span

MOST_TRIED = 100
"""So many names are looked at in one go, those seen in most articles first."""
HITS = 3
AROUND = 40  # characters shown on either side of a name that is none


class Gazetteer:
    """The gazetteer of one language, and what it would be with lines of the learner."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.lexicon = load_lexicon(book.language, book.base.pack.folder.parent)
        self.known = frozenset(name.folded for name in self.lexicon.names if name.label)
        self.spellings = Spellings(self.lexicon.names, language=book.language)

    def scanner(self, lines: Sequence[RuleLine]) -> Scanner:
        placed: list[Placed] = [(self.book.path, 0, dict(line)) for line in lines]
        names = read_learned(self.lexicon.pack, placed, self.lexicon.names)
        lexicon = replace(self.lexicon, names=(*self.lexicon.names, *names))
        return Scanner(lexicon, load_morphology(self.book.language))

    def wanted(self, marked: Sequence[Marked], *, least: int = 1) -> list[RuleLine]:
        """List the names that so many articles have and that are not read, those seen in most articles first."""
        found: dict[tuple[str, str], tuple[RuleLine, set[int]]] = {}
        for number, one in enumerate(marked):
            read = read_names(one.text, language=self.book.language, published=one.document.published)
            for piece in one.names:
                if piece.label in LEARNED and not _is_read(piece, read.entities, read.mentions):
                    line = self._line(piece, one.text)
                    if line is not None:
                        key = self.lexicon.pack.fold(line["name"]), line["label"]
                        found.setdefault(key, (line, set()))[1].add(number)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1][1]), item[0]))
        return [line for _, (line, sources) in ordered if len(sources) >= least][:MOST_TRIED]

    def _line(self, piece: MarkedName, text: str) -> RuleLine | None:
        word = text[piece.start : piece.end]
        near = self.spellings.nearest(word, label=piece.label, country=piece.country)
        line: dict[str, Any]
        if near is not None:
            line = {"name": near.word, "like": near.name.written, "label": piece.label, "country": near.name.country}
        elif piece.country is not None:
            seen = frozenset(self.lexicon.pack.fold(text).split())
            lemma = peel(word, language=self.book.language, seen=seen, compound=" " in word).lemma
            line = {"name": lemma, "label": piece.label, "country": piece.country}
        else:
            return None
        if self.lexicon.pack.fold(line["name"]) in self.known:
            return None
        line = {key: value for key, value in line.items() if value is not None}
        digest = hashlib.sha256(repr(sorted(line.items())).encode()).hexdigest()[:8]
        return {"id": f"{self.book.language}.learned.name.{digest}", **line}


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What names learned from other articles do in articles held out: names read rightly and wrongly, and events."""

    right: int
    wrong: int
    before: Counts
    after: Counts

    @property
    def harmless(self) -> bool:
        """Tell whether more names are right than wrong, if any is wrong, and no figure of the events falls."""
        falls = any(self.after.f1(figure) < self.before.f1(figure) for figure in FIGURES)
        return not falls and (self.right > self.wrong or not self.wrong)

    def told(self) -> str:
        """Say how the figures change."""
        changes = [f"F1 {name} {self.before.f1(name):.4f} -> {self.after.f1(name):.4f}" for name in FIGURES]
        return f"{self.right} names right, {self.wrong} wrong; events there: {', '.join(changes)}"


def names_held_out(book: Rulebook, marked: Sequence[Marked], settings: Settings, *, folds: int = FOLDS) -> HeldOut:
    """Learn names from all folds of the articles but one, and try them on that one; add up over the folds."""
    order = sorted(range(len(marked)), key=lambda number: marked[number].document.id)
    gazetteer = Gazetteer(book)
    found = HeldOut(0, 0, Counts(), Counts())
    for fold in range(min(folds, len(order))):
        rest = [marked[number] for place, number in enumerate(order) if place % folds != fold]
        held = [marked[number] for place, number in enumerate(order) if place % folds == fold]
        offers = learn_names(book, rest, settings, accept=lambda offer: offer.refusal is None, created=None)
        lines = [offer.line for offer in offers]
        words = [book.base.pack.fold(line["name"]) for line in lines]
        touched = [one for one in held if any(word in book.base.pack.fold(one.text) for word in words)]
        with trying(gazetteer.scanner([])):
            before = [_prepared(one, settings) for one in touched]
        with trying(gazetteer.scanner(lines)):
            after = [_prepared(one, settings) for one in touched]
        fresh = [(one, name) for one, old, new in zip(touched, before, after, strict=True) for name in _fresh(old, new)]
        found = HeldOut(
            found.right + sum(one.has(name) for one, name in fresh),
            found.wrong + sum(one.denies(name) for one, name in fresh),
            found.before + total(one.scored(book.base) for one in before),
            found.after + total(one.scored(book.base) for one in after),
        )
    return found


def learn_names(
    book: Rulebook,
    marked: Sequence[Marked],
    settings: Settings,
    *,
    accept: Accept,
    created: str | None,
    least: int = 1,
    held_out: HeldOut | None = None,
) -> list[Offer]:
    """Offer each name that annotated articles have and the gazetteer lacks; return those that `accept` takes.

    `held_out` is what `names_held_out` found; where that is harm, no name passes.
    """
    gazetteer = Gazetteer(book)
    accepted: list[Offer] = []
    with trying(gazetteer.scanner([])):
        wanted = gazetteer.wanted(marked, least=least)
        folds = [book.base.pack.fold(one.text) for one in marked]
        words = [book.base.pack.fold(line["name"]) for line in wanted]
        touched = [number for number, text in enumerate(folds) if any(word in text for word in words)]
        trial = Trial(book, [_prepared(marked[number], settings) for number in touched])
        for line, word in zip(wanted, words, strict=True):
            numbers = [place for place, number in enumerate(touched) if word in folds[number]]
            with trying(gazetteer.scanner([*(offer.line for offer in accepted), line])):
                now = {number: _prepared(marked[touched[number]], settings) for number in numbers}
                offer, readings = _offer(trial, [marked[number] for number in touched], line, now, created)
            if offer.refusal is None and held_out is not None and not held_out.harmless:
                offer = replace(offer, refusal=f"names do harm in articles held out: {held_out.told()}")
            if accept(offer):
                accepted.append(offer)
                trial.prepared = [now.get(number, old) for number, old in enumerate(trial.prepared)]
                trial.readings.update(readings)
    return accepted


def _prepared(one: Marked, settings: Settings) -> Prepared:
    document = one.document
    return Prepared(document, passage_of_article(document, document.title or heading(document.text), settings))


def _is_read(piece: MarkedName, entities: Iterable[Entity], mentions: Iterable[Entity]) -> bool:
    names = [*mentions, *(entity for entity in entities if entity.label == piece.label)]
    return any(name.start < piece.end and name.end > piece.start for name in names)


def _offer(
    trial: Trial, marked: Sequence[Marked], wanted: RuleLine, now: Mapping[int, Prepared], created: str | None
) -> tuple[Offer, dict[int, Reading]]:
    """Complete a name with its examples and its effects; also return how the articles are read with it."""
    readings = {}
    for number, one in now.items():
        events = read_events(one.passage, trial.knowledge)
        readings[number] = Reading(events, score(one.document, events))
    fresh = {number: _fresh(trial.prepared[number], one) for number, one in now.items()}
    right = {number: [name for name in names if marked[number].has(name)] for number, names in fresh.items()}
    wrong = [
        (marked[number], place)
        for number, names in fresh.items()
        for place in (
            *((name.start, name.end) for name in names if marked[number].denies(name)),
            *marked[number].ordinary(wanted["name"], trial.book.base.pack),
        )
    ]
    added, altered, removed = rows_of(trial, readings)
    read_as = list(_read_as(now, right))
    hits = dict.fromkeys(example.sentence for example in read_as)
    line = {**wanted, "hits": [{"text": hit} for hit in list(hits)[:HITS]]}
    line["provenance"] = {"documents": sorted(marked[number].document.id for number in right if right[number])}
    if created:
        line["created"] = created
    proposal = Proposal(
        NAME,
        line,
        frozenset(number for number in right if right[number]),
        {number: trial.effect(number, reading) for number, reading in readings.items()},
        trial.counts,
        examples=(*read_as[:HITS], *examples_of(trial, readings)),
        added=added,
        changed=altered,
        removed=removed,
    )
    return Offer(proposal, _refusal(proposal, wrong, trial, now)), readings


def _fresh(before: Prepared, after: Prepared) -> list[Entity]:
    """List the names that are read now and were not before."""
    old = {(name.start, name.end, name.label) for name in before.passage.entities if name.country or name.code}
    names = {(name.start, name.end, name.label): name for name in after.passage.entities if name.country or name.code}
    return [name for key, name in names.items() if key not in old]


def _refusal(
    proposal: Proposal, wrong: Sequence[tuple[Marked, tuple[int, int]]], trial: Trial, now: Mapping[int, Prepared]
) -> str | None:
    if wrong:
        one, (start, end) = wrong[0]
        around = " ".join(one.text[max(0, start - AROUND) : end + AROUND].split())
        return f"{one.text[start:end]!r} is no such name in {one.document.id}: {around}"
    if not proposal.sources:
        return "it is not read where it was annotated"
    before, after = proposal.before, proposal.after
    if after.f1("type") < before.f1("type") or after.f1("full") < before.f1("full"):
        return "type or full F1 of the events would fall in the annotated articles"
    scores = [_names(trial.prepared[number] for number in now), _names(now.values())]
    if any(scores[1].f1(figure) < scores[0].f1(figure) for figure in ("exact", "overlap")):
        return "F1 of the names would fall in the annotated articles"
    return None


def _names(prepared: Iterable[Prepared]) -> NameCounts:
    counts = (score_names(one.document, one.passage.entities) for one in prepared)
    return sum((one for one in counts if one is not None), NameCounts())


def _read_as(now: Mapping[int, Prepared], right: Mapping[int, Sequence[Entity]]) -> Iterator[Example]:
    """Show the names that are read now, with their sentences."""
    for number in sorted(right):
        one = now[number]
        for name in right[number]:
            spans = (span for span in one.passage.sentences if span.start <= name.start < span.end)
            sentence = next(spans, Span(name.start, name.end)).of(one.passage.text).strip()
            what = f"reads {name.text} as {name.label} {name.country or name.code}"
            yield Example(one.document.id, sentence, what)
