"""Learn: propose lines one by one, complete each with examples, and keep those that are accepted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from dragoman.learning.conditions import propose_conditions, propose_retirements
from dragoman.learning.examples import gained_events, hits_of, misses_of, removed_events
from dragoman.learning.guards import Guards
from dragoman.learning.proposals import CONDITION, TRIGGER, Example, Proposal
from dragoman.learning.trials import Reading, Trial
from dragoman.learning.triggers import propose_triggers

SHOWN = 4
"""So many examples are shown with a proposal."""
DOING = ("type", "trigger", "needs", "states", "like", "amends", "unless", "retires")
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


def learn(trial: Trial, guards: Guards, *, accept: Accept, created: str | None, least: int = 1) -> list[Offer]:
    """Make proposals till none is left, keep those that `accept` takes, and return these in order.

    Each proposal is judged with the ones accepted before it. `created` is the ISO day to note in the lines.
    """
    accepted: list[Offer] = []
    for number, proposal in enumerate(_proposals(trial, least)):
        if number >= MOST_TRIED:
            break
        changed = dict(trial.tried(proposal.line, range(len(trial.prepared))))
        offer = _offer(trial, proposal, changed, guards, created)
        if offer is not None and accept(offer):
            trial.accept(offer.line, dict(trial.tried(offer.line, range(len(trial.prepared)))))
            accepted.append(offer)
    return accepted


def _proposals(trial: Trial, least: int) -> Iterator[Proposal]:
    return chain(
        propose_triggers(trial, least=least), propose_conditions(trial, least=least), propose_retirements(trial)
    )


def _offer(
    trial: Trial, proposal: Proposal, changed: Mapping[int, Reading], guards: Guards, created: str | None
) -> Offer | None:
    """Complete a proposal with its id, examples and provenance; None if no example of it can stand alone."""
    line = {key: value for key, value in proposal.line.items() if key != "hits"}
    line["id"] = _name(trial, line)
    effects = {number: trial.effect(number, reading) for number, reading in changed.items()}
    proposal = replace(proposal, effects=effects)
    if proposal.kind == TRIGGER:
        trying = {**line, "hits": [{"text": "-"}]}
        gained = [
            pair
            for number, reading in changed.items()
            for pair in gained_events(trial.prepared[number], trial.readings[number], reading)
        ]
        line["hits"] = hits_of(gained, trial.book.knowledge([*trial.lines, trying]), rule=f"#{line['id']}")
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
    added, changed_rows, removed_rows = _rows(trial, changed)
    proposal = replace(
        proposal,
        line=line,
        examples=tuple(_examples(trial, changed)),
        added=added,
        changed=changed_rows,
        removed=removed_rows,
    )
    return Offer(proposal, _refusal(trial, proposal, guards))


def _refusal(trial: Trial, proposal: Proposal, guards: Guards) -> str | None:
    if not proposal.passes():
        return "type or full F1 would fall in articles held out"
    return guards.broken_by(trial, proposal.line)


def _name(trial: Trial, line: Mapping[str, Any]) -> str:
    """Name a line by what it does: the same line has the same id whenever it is learned."""
    content = {key: line.get(key) for key in DOING}
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
    about = line.get("type") or str(line.get("amends") or line.get("retires")).removeprefix(f"{trial.book.language}.")
    return f"{trial.book.language}.learned.{about}.{digest}"


def _gain(proposal: Proposal) -> dict[str, float]:
    before, held = proposal.before, proposal.held_out
    return {
        f"{figure}_f1_{when}": round(counts.f1(figure), 4)
        for figure in ("type", "full")
        for when, counts in (("before", before), ("held_out", held))
    }


def _rows(trial: Trial, changed: Mapping[int, Reading]) -> tuple[int, int, int]:
    """Count the rows that are added, changed and removed."""
    added = altered = removed = 0
    for number, reading in changed.items():
        before = {(event.type, event.start): event for event in trial.readings[number].events}
        after = {(event.type, event.start): event for event in reading.events}
        added += len(after.keys() - before.keys())
        removed += len(before.keys() - after.keys())
        altered += sum(before[key] != after[key] for key in before.keys() & after.keys())
    return added, altered, removed


def _examples(trial: Trial, changed: Mapping[int, Reading]) -> Iterator[Example]:
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
