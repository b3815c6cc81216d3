"""Preferences that were learned: which states, which date, and who acts, where the language's own rules are unsure.

A preference is a line of `learned.jsonl` with weights on named features, as a logistic regression gives them. It looks
at what the rules chose and at what else stands there, and changes a choice only where the weights are clear
(`margin`). Without such a line nothing here is done.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.records import Entity, Timex

if TYPE_CHECKING:
    from dragoman.events.dating import Dated
    from dragoman.events.knowledge import Knowledge
    from dragoman.events.passage import Passage
    from dragoman.events.segments import Clause
    from dragoman.events.sides import Sides

STATES, DATE, SOURCE = "participants", "date", "source"
SLOTS = (STATES, DATE, SOURCE)
DATED = frozenset({"DATE", "TIME"})
FAR = 5.0
"""Divides the logarithm of a distance in characters, so that its weight is like the others."""

Features = Mapping[str, float]
ANY = "any"
"""The feature that every option has."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could fill a slot: a code or an EDTF date, whether the rules chose it, and its features."""

    value: str
    chosen: bool
    features: Features


@dataclass(frozen=True, slots=True)
class Preference:
    """Weights on named features. The rules' choice is changed where the score is farther from zero than `margin`."""

    weights: Mapping[str, float]
    margin: float

    def score(self, option: Option) -> float:
        """Return the logarithm of the odds that an option is right."""
        known = sum(self.weights.get(name, 0.0) * value for name, value in option.features.items())
        return known + self.weights.get(ANY, 0.0)


Watch = Callable[[str, "Clause", Sequence[Option]], None]


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences of a language by slot; `watch` is told of every choice, for whoever learns from them."""

    by_slot: Mapping[str, Preference]
    watch: Watch | None = None

    def __bool__(self) -> bool:
        return bool(self.by_slot) or self.watch is not None

    def applied(
        self, dated: Dated, sides: Sides, clause: Clause, passage: Passage, knowledge: Knowledge, pair: Sequence[str]
    ) -> tuple[Dated, Sides]:
        """Return the date and the sides of an event after the preferences."""
        if STATES in self.by_slot or self.watch:
            sides = self._states(sides, _states(dated, sides, clause, passage, knowledge, pair), clause)
        if SOURCE in self.by_slot or self.watch:
            sides = self._source(sides, clause, passage, knowledge)
        if DATE in self.by_slot or self.watch:
            dated = self._date(dated, clause, passage, knowledge)
        return dated, sides

    def _states(self, sides: Sides, options: Sequence[Option], clause: Clause) -> Sides:
        self._seen(STATES, clause, options)
        known = self.by_slot.get(STATES)
        if known is None:
            return sides
        scores = {option.value: known.score(option) for option in options}
        sure = {option.value: abs(scores[option.value]) > known.margin for option in options}
        kept = {o.value for o in options if (scores[o.value] > 0 if sure[o.value] else o.chosen)}
        if len(kept) < min(len(sides.participants), max(clause.trigger.rule.states, 1)):
            return sides
        source = tuple(code for code in sides.source if code in kept)
        target = tuple(code for code in sides.target if code in kept)
        return replace(sides, participants=tuple(sorted(kept)), source=source, target=target)

    def _source(self, sides: Sides, clause: Clause, passage: Passage, knowledge: Knowledge) -> Sides:
        directed = knowledge.types[clause.trigger.rule.type].direction == "directed"
        if not directed or len(sides.participants) != 2:
            return sides
        options = [
            Option(code, code in sides.source, _of_state(code, code in sides.source, clause, passage, knowledge))
            for code in sides.participants
        ]
        self._seen(SOURCE, clause, options)
        known = self.by_slot.get(SOURCE)
        if known is None:
            return sides
        low, high = sorted(options, key=known.score)
        if known.score(high) - known.score(low) <= known.margin or high.chosen:
            return sides
        return replace(sides, source=(high.value,), target=(low.value,))

    def _date(self, dated: Dated, clause: Clause, passage: Passage, knowledge: Knowledge) -> Dated:
        timexes = [t for t in passage.timexes_in(clause.sentence) if t.timex_type in DATED and t.edtf]
        if dated.timex is None or len(timexes) < 2 or dated.span != clause.span:
            return dated
        options = [
            Option(t.edtf or "", t is dated.timex, _of_date(t, t is dated.timex, clause, passage, knowledge))
            for t in timexes
        ]
        self._seen(DATE, clause, options)
        known = self.by_slot.get(DATE)
        if known is None:
            return dated
        scores = [known.score(option) for option in options]
        best = max(range(len(options)), key=lambda number: (scores[number], -number))
        now = next((scores[number] for number, option in enumerate(options) if option.chosen), None)
        if now is None or scores[best] - now <= known.margin:
            return dated
        inside = clause.span.start <= timexes[best].start < clause.span.end
        return replace(dated, timex=timexes[best], basis="clause" if inside else "sentence")

    def _seen(self, slot: str, clause: Clause, options: Sequence[Option]) -> None:
        if self.watch:
            self.watch(slot, clause, options)


NO_PREFERENCES = Preferences({})


def read_preferences(lines: Sequence[Mapping[str, object]]) -> Preferences:
    """Take the preferences out of the lines of learned.jsonl; the last one of a slot holds."""
    found: dict[str, Preference] = {}
    for line in lines:
        weights, slot, margin = line.get("weights"), line.get("prefers"), line.get("margin", 0.0)
        if isinstance(weights, Mapping) and isinstance(slot, str) and isinstance(margin, int | float):
            found[slot] = Preference({str(name): float(weight) for name, weight in weights.items()}, float(margin))
    return Preferences(found)


def _states(
    dated: Dated, sides: Sides, clause: Clause, passage: Passage, knowledge: Knowledge, pair: Sequence[str]
) -> list[Option]:
    """List the states that may take part: those the rules chose, those of the sentence, those the passage is about."""
    topic = passage.topic if len(passage.topic) == 2 else ()
    codes = dict.fromkeys([*sides.participants, *_codes(clause, passage), *pair, *topic, *filter(None, [passage.hero])])
    return [
        Option(code, (chosen := code in sides.participants), {
            **_of_state(code, chosen, clause, passage, knowledge),
            **_of_set(code, chosen, dated, sides, clause, passage, pair),
        })
        for code in codes
    ]


def _codes(clause: Clause, passage: Passage) -> list[str]:
    return [mention.country for mention in passage.mentions_in(clause.sentence) if mention.country]


def _of_set(
    code: str, chosen: bool, dated: Dated, sides: Sides, clause: Clause, passage: Passage, pair: Sequence[str]
) -> Features:
    near = any(mention.country == code for mention in passage.mentions_in(dated.span))
    where = "part" if near else "sentence" if code in _codes(clause, passage) else "absent"
    names = [f"chosen={chosen}|sides={min(3, len(sides.participants))}", f"where={where}|chosen={chosen}"]
    names += [f"pair|{where}|chosen={chosen}"] * (code in pair)
    names += [f"topic|{where}|chosen={chosen}"] * (len(passage.topic) == 2 and code in passage.topic)
    names += [f"hero|{where}|chosen={chosen}"] * (code == passage.hero)
    names += [f"states={min(4, len(set(_codes(clause, passage))))}|chosen={chosen}"]
    return dict.fromkeys(names, 1.0)


def _of_state(code: str, chosen: bool, clause: Clause, passage: Passage, knowledge: Knowledge) -> Features:
    """Describe a state by its nearest mention: distance, side, case, kind, what stands between."""
    names = [f"chosen={chosen}", f"type={clause.trigger.rule.type}|chosen={chosen}"]
    mentions = passage.mentions_in(clause.sentence)
    own = [mention for mention in mentions if mention.country == code]
    if not own:
        return dict.fromkeys(names, 1.0)
    nearest = min(own, key=lambda mention: _distance(mention, clause))
    low, high = _between(nearest, clause)
    names += [f"side={_side(nearest, clause)}", f"case={nearest.case}", f"kind={nearest.kind}"]
    names += [f"case={nearest.case}|type={clause.trigger.rule.type}", f"kind={nearest.kind}|case={nearest.case}"]
    names += ["first"] * (mentions[0].country == code) + ["often"] * (len(own) > 1)
    others = {other.country for other in mentions if low <= other.start < high} - {code}
    return {
        **dict.fromkeys(names, 1.0),
        "distance": math.log1p(_distance(nearest, clause)) / FAR,
        "clauses": float(min(3, _crossings(low, high, passage, knowledge))),
        "others": float(min(3, len(others))),
    }


def _of_date(timex: Timex, chosen: bool, clause: Clause, passage: Passage, knowledge: Knowledge) -> Features:
    low, high = _between(timex, clause)
    inside = clause.span.start <= timex.start < clause.span.end
    names = [f"chosen={chosen}", f"inside={inside}", f"side={_side(timex, clause)}", f"precision={timex.precision}"]
    names += ["interval"] * ("/" in (timex.edtf or "")) + ["relative"] * timex.relative
    return {
        **dict.fromkeys(names, 1.0),
        "distance": math.log1p(_distance(timex, clause)) / FAR,
        "clauses": float(min(3, _crossings(low, high, passage, knowledge))),
    }


def _distance(span: Entity | Timex, clause: Clause) -> int:
    return max(span.start - clause.trigger.end, clause.trigger.start - span.end, 0)


def _side(span: Entity | Timex, clause: Clause) -> str:
    return "before" if span.end <= clause.trigger.start else "after" if span.start >= clause.trigger.end else "on"


def _between(span: Entity | Timex, clause: Clause) -> tuple[int, int]:
    before = span.end <= clause.trigger.start
    return (span.end, clause.trigger.start) if before else (clause.trigger.end, max(clause.trigger.end, span.start))


def _crossings(low: int, high: int, passage: Passage, knowledge: Knowledge) -> int:
    """Count the marks and connectors between two places."""
    marks = sum(passage.folded[place] in knowledge.marks for place in range(low, high))
    return marks + sum(1 for regex in knowledge.connectors for _ in regex.finditer(passage.folded, low, high))
