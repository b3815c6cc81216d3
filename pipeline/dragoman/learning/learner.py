"""Learn: propose lines one by one, complete each with examples, and keep those that are accepted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from dragoman.events.patterns import compile_any
from dragoman.folding import composed
from dragoman.learning.conditions import FEWEST, propose_conditions, propose_retirements
from dragoman.learning.examples import gained_events, hits_of, known_events, misses_of, removed_events
from dragoman.learning.gold import GoldEvent
from dragoman.learning.guards import Guards
from dragoman.learning.passages import Prepared
from dragoman.learning.preferences import propose_preferences
from dragoman.learning.proposals import CONDITION, TRIGGER, Example, Proposal
from dragoman.learning.rulebook import RuleLine
from dragoman.learning.trials import Reading, Trial
from dragoman.learning.triggers import EXAMPLE, propose_triggers
from dragoman.learning.trust import BESIDE, SEVERAL, SINGLE, WIDER, Trust, kind_of, tried_out

SHOWN = 4
"""So many examples are shown with a proposal."""
DOING = ("type", "trigger", "needs", "states", "like", "amends", "unless", "retires", "prefers", "weights")
"""The keys that say what a line does."""
MOST_TRIED = 400
"""So many proposals are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal that is ready to be written, and the gate's opinion of it (None: it passes)."""

    proposal: Proposal
    refusal: str | None

    @property
    def line(self) -> Mapping[str, Any]:
        return self.proposal.line


Accept = Callable[[Offer], bool]


def what_helps(trial: Trial, guards: Guards) -> Mapping[str, Trust]:
    """Find out by cross-validation which kinds of proposals help on articles held out."""

    def learned(part: Trial) -> list[tuple[str, RuleLine]]:
        offers = learn(part, guards, accept=lambda offer: offer.refusal is None, examples=False)
        return [(kind_of(offer.proposal), offer.line) for offer in offers]

    return tried_out(trial, learned)


def learn(
    trial: Trial,
    guards: Guards,
    *,
    accept: Accept,
    trust: Mapping[str, Trust] | None = None,
    created: str | None = None,
    least: int = 1,
    examples: bool = True,
) -> list[Offer]:
    """Make proposals till none is left, keep those that `accept` takes, and return these in order.

    Each proposal is judged with the ones accepted before it. `trust` is what `what_helps` found; None judges no kind,
    and takes no other forms of known words, of whose use only that can tell. `created` is the ISO day to note in the
    lines. Without `examples` the lines are for trying only, not for writing.
    """
    accepted: list[Offer] = []
    refused: set[tuple[str, frozenset[int]]] = set()
    declined: set[frozenset[tuple[object, ...]]] = set()
    for number, proposal in enumerate(_proposals(trial, guards, least)):
        if number >= MOST_TRIED:
            break
        changed = dict(trial.tried(proposal.line, sorted(proposal.effects)))
        offer = _offer(trial, proposal, changed, guards, created, examples=examples)
        if offer is None:
            continue
        if offer.refusal is None and (doubt := _distrust(offer.proposal, trust, trying=not examples)):
            offer = replace(offer, refusal=doubt)
            told = (trial.book.kind(offer.line), offer.proposal.sources)
            if told in refused:
                continue  # another way to write what was refused
            refused.add(told)
        deed = _deed(trial, offer, changed)
        if offer.refusal is None and deed in declined:
            continue  # another way to write what somebody did not want
        if accept(offer):
            trial.accept(offer.line, dict(trial.tried(offer.line, sorted(changed))))
            accepted.append(offer)
        elif offer.refusal is None:
            declined.add(deed)
    return accepted


def _deed(trial: Trial, offer: Offer, changed: Mapping[int, Reading]) -> frozenset[tuple[object, ...]]:
    """Say in which sentences rows come, go or change, or what articles it is from where none does."""
    rows = frozenset(
        (number, event.type, event.sentence_start)
        for number, reading in changed.items()
        for event in {*reading.events} ^ {*trial.readings[number].events}
    )
    return rows or frozenset((trial.book.kind(offer.line), number) for number in offer.proposal.sources)


def _distrust(proposal: Proposal, trust: Mapping[str, Trust] | None, *, trying: bool) -> str | None:
    kind = kind_of(proposal)
    if trust is None:
        return f"{kind} bring nothing here, and were not tried elsewhere" if proposal.widens and not trying else None
    known = trust.get(kind)
    if kind == SEVERAL and (known is None or known.before == known.after):
        known = trust.get(SINGLE, known)  # few words stand in several of two thirds of the articles
    if known is not None and known.earned:
        beside = trust.get(BESIDE) if kind == WIDER else None
        if beside is None or beside.harmless:
            return None
        known = beside
    told = "none was learned there" if known is None else known.told()
    return f"{kind} do not help on articles held out: {told}"


def _proposals(trial: Trial, guards: Guards, least: int) -> Iterator[Proposal]:
    def allowed(line: RuleLine) -> bool:
        return guards.broken_by(trial, line) is None

    return chain(
        propose_triggers(trial, allowed=allowed, least=least),
        propose_conditions(trial, least=max(least, FEWEST)),
        propose_retirements(trial),
        propose_preferences(trial),
    )


def _offer(
    trial: Trial,
    proposal: Proposal,
    changed: Mapping[int, Reading],
    guards: Guards,
    created: str | None,
    *,
    examples: bool,
) -> Offer | None:
    """Complete a proposal with its id, examples and provenance; None if no example of it can stand alone."""
    line = {key: value for key, value in proposal.line.items() if key != "hits"}
    line["id"] = _name(trial, line)
    effects = {number: trial.effect(number, reading) for number, reading in changed.items()}
    proposal = replace(proposal, effects=effects)
    if not examples:
        line.update({"hits": [EXAMPLE]} if proposal.kind == TRIGGER else {})
    elif proposal.kind == TRIGGER:
        trying = {**line, "hits": [EXAMPLE]}
        gained = [
            pair
            for number, reading in changed.items()
            for pair in gained_events(trial.prepared[number], trial.readings[number], reading)
        ]
        knowledge = trial.book.knowledge([*trial.lines, trying])
        line["hits"] = hits_of(gained, knowledge, rule=f"#{line['id']}")
        if proposal.known and not line["hits"]:
            line["hits"] = hits_of(_known(trial, line), knowledge, rule=None)
        if not line["hits"]:
            return None
    elif proposal.kind == CONDITION:
        removed = [
            pair
            for number, reading in changed.items()
            for pair in removed_events(trial.prepared[number], trial.readings[number], reading)
        ]
        name = next(rule.name for rule in trial.knowledge.rules if rule.id == line["amends"])
        if misses := misses_of(removed, trial.book.knowledge([*trial.lines, line]), rule=name):
            line["misses"] = misses
    documents = sorted(trial.prepared[number].document.id for number in proposal.sources)
    line["provenance"] = {"documents": documents, "gain": _gain(proposal)}
    if created:
        line["created"] = created
    added, changed_rows, removed_rows = rows_of(trial, changed)
    proposal = replace(
        proposal,
        line=line,
        examples=tuple(examples_of(trial, changed)),
        added=added,
        changed=changed_rows,
        removed=removed_rows,
    )
    return Offer(proposal, _refusal(trial, proposal, guards))


def _known(trial: Trial, line: Mapping[str, Any]) -> list[tuple[Prepared, GoldEvent]]:
    phrases = compile_any([composed(phrase) for phrase in line["trigger"]], trial.knowledge.vocabulary)
    kind = trial.book.kind(line)
    assert phrases is not None
    return [
        pair
        for number, one in enumerate(trial.prepared)
        for pair in known_events(one, trial.readings[number], phrases, kind)
    ]


def _refusal(trial: Trial, proposal: Proposal, guards: Guards) -> str | None:
    if not proposal.passes():
        return "type or full F1 would fall in articles held out"
    return guards.broken_by(trial, proposal.line)


def _name(trial: Trial, line: Mapping[str, Any]) -> str:
    """Name a line by what it does: the same line has the same id whenever it is learned."""
    content = {key: line.get(key) for key in DOING}
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
    named = next(str(line[key]) for key in ("type", "like", "amends", "retires", "prefers") if key in line)
    about = named.removeprefix(f"{trial.book.language}.")
    return f"{trial.book.language}.learned.{about}.{digest}"


def _gain(proposal: Proposal) -> dict[str, float]:
    before, held = proposal.before, proposal.held_out
    return {
        f"{figure}_f1_{when}": round(counts.f1(figure), 4)
        for figure in ("type", "full")
        for when, counts in (("before", before), ("held_out", held))
    }


def rows_of(trial: Trial, changed: Mapping[int, Reading]) -> tuple[int, int, int]:
    """Count the rows that are added, changed and removed."""
    added = altered = removed = 0
    for number, reading in changed.items():
        before = {(event.type, event.start): event for event in trial.readings[number].events}
        after = {(event.type, event.start): event for event in reading.events}
        added += len(after.keys() - before.keys())
        removed += len(before.keys() - after.keys())
        altered += sum(before[key] != after[key] for key in before.keys() & after.keys())
    return added, altered, removed


def examples_of(trial: Trial, changed: Mapping[int, Reading]) -> Iterator[Example]:
    """Show some of the rows that come or go, with their sentences."""
    shown = 0
    for number, reading in sorted(changed.items()):
        before, document = trial.readings[number], trial.prepared[number].document
        was = {(event.type, event.start) for event in before.events}
        now = {(event.type, event.start) for event in reading.events}
        judged = {
            **{(event.type, event.start): "right" for one in (before, reading) for _, event in one.scored.pairs},
            **{(event.type, event.start): "wrong" for one in (before, reading) for event in one.scored.extra},
        }
        for event in [*reading.events, *before.events]:
            key = (event.type, event.start)
            if (key in was) == (key in now) or shown == SHOWN:
                continue
            what = f"{'adds' if key in now else 'removes'} a {judged.get(key, 'not judged')} {event.type}"
            yield Example(document.id, event.evidence, what)
            shown += 1
