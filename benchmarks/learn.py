"""How much of lost rules `dragoman learn` brings back, and that it never makes whole rules worse.

    python benchmarks/learn.py [--gold ../shared/gold/dev.jsonl] [--language az] [--seeds 5] [--splits 10]

(1) Of the phrases in the triggers of a language 40 % are removed at random. Half of the gold articles (what a user
would have corrected) and the project's own gold are learned from; the other half shows how much of the lost recall
returns, and what it costs in precision. The examples of the poorer rules are not learned from, so no removed word
leaks through them. (2) From the whole rules, learning on one half must not lower type or full F1 on the other.
Prints one line a round and the sums; the same seed gives the same figures.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman import pack
from dragoman.config import Settings, load_settings
from dragoman.events.learned import Placed
from dragoman.learning.gold import read_gold
from dragoman.learning.guards import Guards
from dragoman.learning.learner import Offer, learn, what_helps
from dragoman.learning.passages import Prepared, prepare
from dragoman.learning.rulebook import Rulebook
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial

REMOVED = 0.4


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


def learned(book: Rulebook, prepared: Sequence[Prepared], guards: Guards, least: int) -> list[Offer]:
    trial = Trial(book, prepared)
    trust = what_helps(trial, guards)
    return learn(trial, guards, accept=lambda offer: offer.refusal is None, trust=trust, least=least)


def regained(language: str, gold: Sequence[Prepared], own: Sequence[Prepared], seeds: int, least: int) -> Iterator[str]:
    whole = Rulebook(language)
    lost = back = 0
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
        told = [
            f"recall {full.recall('type'):.3f} -> {low.recall('type'):.3f} -> {high.recall('type'):.3f}",
            f"precision {full.precision('type'):.3f} -> {low.precision('type'):.3f} -> {high.precision('type'):.3f}",
            f"full F1 {full.f1('full'):.3f} -> {low.f1('full'):.3f} -> {high.f1('full'):.3f}",
            f"{len(offers)} lines, {time.process_time() - started:.0f} s",
        ]
        yield f"{language} seed {seed}: {', '.join(told)}"
    yield (
        f"{language}: {back} of {lost} lost events are back ({back / max(lost, 1):.0%}); precision "
        f"{before.precision('type'):.3f} -> {after.precision('type'):.3f}"
    )


def never_lower(
    language: str, gold: Sequence[Prepared], own: Sequence[Prepared], splits: int, least: int
) -> Iterator[str]:
    whole = Rulebook(language)
    guards = Guards(whole)
    lower = 0
    gains = {"type": 0.0, "full": 0.0}
    for seed in range(splits):
        one, other = halves(gold, 1000 + seed)
        offers = learned(whole, [*one, *own], guards, least)
        before, after = counted(other, whole), counted(other, whole, [offer.line for offer in offers])
        change = {figure: after.f1(figure) - before.f1(figure) for figure in gains}
        lower += min(change.values()) < 0
        for figure, value in change.items():
            gains[figure] += value / splits
        told = ", ".join(f"{figure} {value:+.4f}" for figure, value in change.items())
        yield f"{language} split {seed}: {told}, {len(offers)} lines"
    told = ", ".join(f"{figure} {value:+.4f}" for figure, value in gains.items())
    yield f"{language}: lower in {lower} of {splits} splits; mean change of F1: {told}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"))
    asked.add_argument("--own", type=Path, nargs="*", default=sorted(Path("corpus/gold").glob("*.jsonl")))
    asked.add_argument("--language", choices=pack.languages())
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--splits", type=int, default=10)
    asked.add_argument("--least", type=int, default=1, help="articles that must speak for a proposal")
    given = asked.parse_args()
    settings: Settings = load_settings()
    gold, own = read_gold([given.gold]), read_gold(given.own)
    for language in [given.language] if given.language else pack.languages():
        ready = list(prepare(gold, language=language, settings=settings))
        project = list(prepare(own, language=language, settings=settings))
        for line in regained(language, ready, project, given.seeds, given.least):
            print(line, flush=True)
        for line in never_lower(language, ready, project, given.splits, given.least):
            print(line, flush=True)


if __name__ == "__main__":
    main()
