"""Which kinds of proposals to trust: learn from some of the articles, and see whether that helps on the others.

A single proposal can seldom be judged on held-out articles, for it rests on one or two of them. A kind of proposals
can: all that are learned from two thirds of the articles are tried on the last third, in turn. What does not help
there is not accepted, whatever it does in the articles that it was learned from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.learning.proposals import PREFERENCE, TRIGGER, Proposal
from dragoman.learning.rulebook import RuleLine
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial

FOLDS = 3
FIGURES = ("type", "full")
SEVERAL, SINGLE = "triggers seen in several articles", "triggers seen in one article"
BESIDE = "other forms of words beside new triggers"
WIDER = "other forms of words that are found in several articles"


@dataclass(frozen=True, slots=True)
class Trust:
    """The counts on held-out articles without the proposals of a kind and with them."""

    before: Counts
    after: Counts

    @property
    def earned(self) -> bool:
        """Tell whether type F1, full F1 or the number of acting sides that are right rises, and none falls."""
        return max(self._changes()) > 0 and self.harmless

    @property
    def harmless(self) -> bool:
        """Tell whether none of them falls."""
        return min(self._changes()) >= 0

    def _changes(self) -> list[float]:
        changes = [self.after.f1(figure) - self.before.f1(figure) for figure in FIGURES]
        return [*changes, self.after.acting - self.before.acting]

    def told(self) -> str:
        """Say how the figures change."""
        figures = [f"F1 {figure} {self.before.f1(figure):.4f} -> {self.after.f1(figure):.4f}" for figure in FIGURES]
        return ", ".join([*figures, f"acting sides right {self.before.acting} -> {self.after.acting}"])


def kind_of(proposal: Proposal) -> str:
    """Name the kind that a proposal is judged with."""
    if proposal.widens:
        return WIDER
    if proposal.kind == TRIGGER:
        return SEVERAL if proposal.support > 1 else SINGLE
    if proposal.kind == PREFERENCE:
        return f"preferences for the {proposal.line['prefers']}"
    return f"{proposal.kind}s"


Learner = Callable[[Trial], Iterable[tuple[str, RuleLine]]]
"""Learns from the articles of a trial, and returns the lines with their kinds."""


def tried_out(trial: Trial, learner: Learner, *, folds: int = FOLDS) -> Mapping[str, Trust]:
    """Learn from all folds of the articles but one, and try each kind of lines on that one; add up over the folds.

    Other forms of known words are also tried beside the new triggers, which may bring the same.
    """
    order = sorted(range(len(trial.prepared)), key=lambda number: trial.prepared[number].document.id)
    found: dict[str, Trust] = {}
    for fold in range(min(folds, len(order))):
        held = [number for place, number in enumerate(order) if place % folds == fold]
        rest = [number for place, number in enumerate(order) if place % folds != fold]
        learned = list(learner(_part(trial, rest)))
        before = _counts(trial, held, [])
        fresh = [line for kind, line in learned if kind in (SEVERAL, SINGLE)]
        without = _counts(trial, held, fresh)
        for kind in sorted({kind for kind, _ in learned}):
            lines = _usable([line for other, line in learned if other == kind], learned)
            known = found.get(kind, Trust(Counts(), Counts()))
            found[kind] = Trust(known.before + before, known.after + _counts(trial, held, lines))
            if kind == WIDER:
                known = found.get(BESIDE, Trust(Counts(), Counts()))
                found[BESIDE] = Trust(known.before + without, known.after + _counts(trial, held, [*fresh, *lines]))
    return found


def _part(trial: Trial, numbers: Sequence[int]) -> Trial:
    return Trial(trial.book, [trial.prepared[number] for number in numbers], trial.lines)


def _usable(lines: Sequence[RuleLine], learned: Iterable[tuple[str, RuleLine]]) -> list[RuleLine]:
    """Leave out what amends or retires a line of another kind."""
    learned_ids = {line["id"] for _, line in learned} - {line["id"] for line in lines}
    return [line for line in lines if not {line.get("amends"), line.get("retires"), line.get("like")} & learned_ids]


def _counts(trial: Trial, numbers: Sequence[int], lines: Sequence[RuleLine]) -> Counts:
    knowledge = trial.book.knowledge([*trial.lines, *lines])
    counts = Counts()
    for number in numbers:
        counts = counts + trial.prepared[number].scored(knowledge).counts
    return counts
