"""A proposal: one line for learned.jsonl, with what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.learning.rulebook import RuleLine
from dragoman.learning.scoring import Counts

TRIGGER, CONDITION, RETIREMENT, PREFERENCE = "trigger", "condition", "retirement", "preference"
NAME = "name"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the user's own articles: what happens in it under the proposal."""

    document: str
    sentence: str
    what: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the rules and its effects in the annotated articles.

    `sources` are the articles from which it can be derived, `effects` the change of counts by article, `before` the
    counts without it. `known` is the number of events whose own words it names and that are found already.
    `added`, `changed` and `removed` say how many rows of the tables it touches.
    """

    kind: str
    line: RuleLine
    sources: frozenset[int]
    effects: Mapping[int, Counts]
    before: Counts
    known: int = 0
    examples: tuple[Example, ...] = ()
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def after(self) -> Counts:
        """The counts with it, on the articles it was learned from."""
        counts = self.before
        for effect in self.effects.values():
            counts = counts + effect
        return counts

    @property
    def held_out(self) -> Counts:
        """The counts with it, where each article is judged by what the other articles alone would have taught.

        In the only article that a proposal can be derived from it gains nothing, but harm still counts.
        """
        counts = self.before
        for number, effect in self.effects.items():
            counts = counts + (effect if self.sources - {number} else harm_of(effect))
        return counts

    @property
    def support(self) -> int:
        """In how many articles it is right."""
        return len(self.sources)

    @property
    def widens(self) -> bool:
        """Tell whether it brings no row here, but further forms of words by which events are found."""
        return self.kind == TRIGGER and self.known > 0 and self.after.type <= self.before.type

    def passes(self) -> bool:
        """Tell whether neither type nor full F1 falls in the articles held out, and what it is for is told better."""
        held, before = self.held_out, self.before
        better = self.after.f1("type") > before.f1("type") or (self.widens and self.support > 1)
        if self.kind == PREFERENCE:
            better = (self.after.full, self.after.acting) > (before.full, before.acting)
        return better and held.f1("type") >= before.f1("type") and held.f1("full") >= before.f1("full")


def harm_of(effect: Counts) -> Counts:
    """Keep of a change of counts only what is worse: right rows lost, wrong rows added."""
    wrong = effect.found - effect.type
    lost = min(0, effect.type)
    return Counts(
        gold=0,
        found=max(0, wrong) + lost,
        type=lost,
        dated=min(0, effect.dated),
        who=min(0, effect.who),
        full=min(0, effect.full),
        acting=min(0, effect.acting),
    )
