"""How much of lost rules `dragoman learn` brings back, and that it never makes whole rules worse.

    python benchmarks/learn.py [--gold ../shared/gold/dev.jsonl] [--language az] [--seeds 3] [--splits 10]

(1) Of the phrases in the triggers of a language 40 % are removed at random. Half of the gold articles (what a user
would have corrected) and the project's own gold are learned from; the other half shows how much of the lost recall
returns, and what it costs in precision. The examples of the poorer rules are not learned from, so no removed word
leaks through them. "Within reach" are lost events one of whose words stands in a phrase that can be made of an
annotated event of their type among those learned from: no learner that goes by words brings back the others. (2) From
the whole rules, learning on one half must not lower type or full F1 on the other. (3) The time for 1,000 corrected
rows. Prints one line a round and the sums; the same seed gives the same figures.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, product
from pathlib import Path

from dragoman import pack
from dragoman.config import Settings, load_settings
from dragoman.events.patterns import compile_any
from dragoman.events.preferences import SLOTS
from dragoman.folding import composed
from dragoman.learnedlines import Placed
from dragoman.learning.gold import GoldEvent, read_gold
from dragoman.learning.guards import Guards
from dragoman.learning.learner import Offer, learn, what_helps
from dragoman.learning.passages import Prepared, prepare
from dragoman.learning.preferences import MARGIN, collected, fitted
from dragoman.learning.rulebook import Rulebook
from dragoman.learning.scoring import Counts, Scored
from dragoman.learning.trials import Trial
from dragoman.learning.triggers import families_of, phrases_of

REMOVED = 0.4
BEFORE = 40
"""A phrase that holds a trigger begins at most so many characters before it."""


def without_some(book: Rulebook, seed: int) -> Rulebook:
    """Remove 40 % of the phrases in triggers; rules without a trigger and examples that fail go with them."""
    phrases = [(number, phrase) for number, (_, _, raw) in enumerate(book.raw) for phrase in raw.get("trigger", [])]
    gone = set(random.Random(seed).sample(phrases, round(len(phrases) * REMOVED)))
    kept: list[Placed] = []
    for number, (path, line, raw) in enumerate(book.raw):
        left = [phrase for phrase in raw.get("trigger", []) if (number, phrase) not in gone]
        if left:
            kept.append((path, line, {**raw, "trigger": left}))
    return Rulebook(book.language, raw=kept)


def halves(prepared: Sequence[Prepared], seed: int) -> tuple[list[Prepared], list[Prepared]]:
    order = list(prepared)
    random.Random(seed).shuffle(order)
    return order[: len(order) // 2], order[len(order) // 2 :]


def counted(prepared: Sequence[Prepared], book: Rulebook, lines: Sequence[object] = ()) -> Counts:
    return Trial(book, prepared, lines).counts  # type: ignore[arg-type]


def read_by(prepared: Sequence[Prepared], book: Rulebook) -> list[Scored]:
    return [reading.scored for _, reading in sorted(Trial(book, prepared).readings.items())]


def learned(book: Rulebook, prepared: Sequence[Prepared], guards: Guards, least: int) -> list[Offer]:
    trial = Trial(book, prepared)
    trust = what_helps(trial, guards)
    return learn(trial, guards, accept=lambda offer: offer.refusal is None, trust=trust, least=least)


def lost_events(prepared: Sequence[Prepared], whole: Rulebook, poor: Rulebook) -> list[tuple[Prepared, GoldEvent]]:
    full, low = Trial(whole, prepared), Trial(poor, prepared)
    lost: list[tuple[Prepared, GoldEvent]] = []
    for number, one in enumerate(prepared):
        missed = {id(event) for event in low.readings[number].scored.missed}
        lost += [(one, event) for event, _ in full.readings[number].scored.pairs if id(event) in missed]
    return lost


def within_reach(
    lost: Sequence[tuple[Prepared, GoldEvent]], taught: Sequence[Prepared], book: Rulebook
) -> int:
    """Count the lost events with a word that phrases made of the annotated events learned from would find."""
    trial = Trial(book, [])
    families, knowledge = families_of(Trial(book, taught)), trial.knowledge
    phrases: dict[str, set[str]] = {}
    for one in taught:
        for event in one.document.events:
            found = phrases_of(event, one.passage, knowledge, families)
            phrases.setdefault(event.type, set()).update(composed(phrase.text) for phrase in found)
    known = {kind: compile_any(sorted(found), knowledge.vocabulary) for kind, found in phrases.items()}
    within = 0
    for one, event in lost:
        regex, low = known.get(event.type), max(0, event.start - BEFORE)
        if regex is not None:
            within += any(match.end() > event.start for match in regex.finditer(one.passage.folded, low, event.end))
    return within


def regained(language: str, gold: Sequence[Prepared], own: Sequence[Prepared], seeds: int, least: int) -> Iterator[str]:
    whole = Rulebook(language)
    lost = back = reach = alone = 0
    before = after = Counts()
    for seed in range(seeds):
        started = time.process_time()
        one, other = halves(gold, seed)
        poor = without_some(whole, seed)
        offers = learned(poor, [*one, *own], Guards(poor), least)
        full, low = counted(other, whole), counted(other, poor)
        high = counted(other, poor, [offer.line for offer in offers])
        lost, back = lost + full.type - low.type, back + high.type - low.type
        before, after = before + low, after + high
        gone = lost_events(other, whole, poor)
        reach, alone = reach + within_reach(gone, [*one, *own], poor), alone + within_reach(gone, one, poor)
        told = [
            f"recall {full.recall('type'):.3f} -> {low.recall('type'):.3f} -> {high.recall('type'):.3f}",
            f"precision {full.precision('type'):.3f} -> {low.precision('type'):.3f} -> {high.precision('type'):.3f}",
            f"full F1 {full.f1('full'):.3f} -> {low.f1('full'):.3f} -> {high.f1('full'):.3f}",
            f"{len(offers)} lines, {time.process_time() - started:.0f} s",
        ]
        yield f"{language} seed {seed}: {', '.join(told)}"
    yield (
        f"{language}: {back} of {lost} lost events are back ({back / max(lost, 1):.0%}); precision "
        f"{before.precision('type'):.3f} -> {after.precision('type'):.3f}; within reach {reach / max(lost, 1):.0%}, "
        f"from the half of the gold alone {alone / max(lost, 1):.0%}"
    )


def never_lower(
    language: str, gold: Sequence[Prepared], own: Sequence[Prepared], splits: int, least: int
) -> Iterator[str]:
    whole = Rulebook(language)
    guards = Guards(whole)
    lower = missing = reach = 0
    gains = {"type": 0.0, "full": 0.0}
    for seed in range(splits):
        one, other = halves(gold, 1000 + seed)
        offers = learned(whole, [*one, *own], guards, least)
        missed = [(part, gold) for part, read in zip(other, read_by(other, whole), strict=True) for gold in read.missed]
        missing, reach = missing + len(missed), reach + within_reach(missed, [*one, *own], whole)
        before, after = counted(other, whole), counted(other, whole, [offer.line for offer in offers])
        change = {figure: after.f1(figure) - before.f1(figure) for figure in gains}
        lower += min(change.values()) < 0
        for figure, value in change.items():
            gains[figure] += value / splits
        told = ", ".join(f"{figure} {value:+.4f}" for figure, value in change.items())
        yield f"{language} split {seed}: {told}, {len(offers)} lines"
    told = ", ".join(f"{figure} {value:+.4f}" for figure, value in gains.items())
    yield (
        f"{language}: lower in {lower} of {splits} splits; mean change of F1: {told}; "
        f"of {missing} events missed in the other halves {reach} are within reach"
    )


def timed(language: str, annotated: Sequence[Prepared], rows: int) -> str:
    """Say how long it takes to learn from so many annotated rows; articles are repeated till there are enough."""
    whole = Rulebook(language)
    chosen: list[Prepared] = []
    while sum(len(one.document.events) for one in chosen) < rows:
        one = annotated[len(chosen) % len(annotated)]
        chosen.append(replace(one, document=replace(one.document, id=f"{one.document.id}-{len(chosen)}")))
    started = time.process_time()
    offers = learned(whole, chosen, Guards(whole), 1)
    events = sum(len(one.document.events) for one in chosen)
    return (
        f"{language}: {events} rows of {len(chosen)} articles learned from in {time.process_time() - started:.0f} s "
        f"of processor time, {len(offers)} lines"
    )


def preferred(language: str, annotated: Sequence[Prepared], folds: int = 5) -> Iterator[str]:
    """Tell, for more and more articles, how many rows of others learned preferences make right, less those wrong."""
    book = Rulebook(language)
    order = list(annotated)
    random.Random(0).shuffle(order)
    for slot, margin in product(SLOTS, (0.0, MARGIN)):
        told = []
        for share in (0.25, 0.5, 1.0):
            change = Counts()
            for fold in range(folds):
                held, rest = order[fold::folds], [one for n, one in enumerate(order) if n % folds != fold]
                weights = fitted(collected(Trial(book, rest[: round(len(rest) * share)]), slot)[0])
                line = {"id": "learned", "prefers": slot, "margin": margin, "weights": weights}
                trial = Trial(book, held)
                for number, reading in trial.tried(line, range(len(held))) if weights else ():
                    change = change + trial.effect(number, reading)
            told.append(f"{share:.0%} who {change.who:+}, full {change.full:+}, acting {change.acting:+}")
        yield f"{language} preferences for the {slot}, odds e^{margin:.0f}: {'; '.join(told)}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"))
    asked.add_argument("--own", type=Path, nargs="*", default=sorted(Path("corpus/gold").glob("*.jsonl")))
    asked.add_argument("--language", choices=pack.languages())
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--splits", type=int, default=10)
    asked.add_argument("--rows", type=int, default=1000, help="corrected rows for the time; 0 leaves it out")
    asked.add_argument("--preferences", action="store_true", help="only: what learned preferences change")
    asked.add_argument("--least", type=int, default=1, help="articles that must speak for a proposal")
    given = asked.parse_args()
    settings: Settings = load_settings()
    gold, own = read_gold([given.gold]), read_gold(given.own)
    for language in [given.language] if given.language else sorted({document.language for document in gold}):
        ready = list(prepare(gold, language=language, settings=settings))
        project = list(prepare(own, language=language, settings=settings))
        lines: list[Iterator[str]] = []
        if given.preferences:
            print(*preferred(language, [*ready, *project]), sep="\n", flush=True)
            continue
        if given.seeds:
            lines.append(regained(language, ready, project, given.seeds, given.least))
        if given.splits:
            lines.append(never_lower(language, ready, project, given.splits, given.least))
        for line in chain.from_iterable(lines):
            print(line, flush=True)
        if given.rows:
            print(timed(language, [*ready, *project], given.rows), flush=True)


if __name__ == "__main__":
    main()
