"""A rule's own examples, run through the whole step: what a hit must give, what a miss must not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman import dates, names
from dragoman.events import find
from dragoman.events.rules import Rule
from dragoman.records import Event
from dragoman.sentences import split

SLOTS = ("date", "modality", "polarity", "aspect", "count_min", "count_max", "place")
SETS = ("participants", "source", "target")


def events_of(text: str, *, language: str, title: str | None = None, published: str | None = None) -> tuple[Event, ...]:
    """Read the events of a short text, with the names and dates that the text itself gives."""
    named = names.read_names(text, language=language, published=published)
    return find(
        text,
        language=language,
        sentences=split(text, language=language),
        entities=named.entities,
        mentions=named.mentions,
        timexes=dates.find(text, language=language, published=published),
        title=title,
        published=published,
    )


def problem_with_hit(rule: Rule, hit: Mapping[str, Any], *, language: str) -> str | None:
    """Say what is wrong with one example that a rule must hit, None when all is right."""
    found = events_of(hit["text"], language=language, title=hit.get("title"), published=hit.get("published"))
    of_type = [event for event in found if event.type == rule.type]
    if not of_type:
        return f"no {rule.type} in {hit['text']!r}"
    problems = [_difference(event, hit) for event in of_type]
    return None if None in problems else f"{problems[0]} in {hit['text']!r}"


def problem_with_miss(rule: Rule, text: str, *, language: str) -> str | None:
    """Say whether a rule fires on a text that it must leave alone."""
    fired = [event for event in events_of(text, language=language) if event.rule == rule.name]
    return f"fires at {fired[0].trigger!r} in {text!r}" if fired else None


def _difference(event: Event, hit: Mapping[str, Any]) -> str | None:
    for slot in SLOTS:
        if slot in hit and getattr(event, slot) != hit[slot]:
            return f"{slot} {getattr(event, slot)!r} instead of {hit[slot]!r}"
    for slot in SETS:
        if slot in hit and sorted(getattr(event, slot)) != sorted(hit[slot]):
            return f"{slot} {list(getattr(event, slot))} instead of {hit[slot]}"
    if "instruments" in hit:
        kinds = sorted({instrument.kind for instrument in event.instruments})
        if kinds != sorted(hit["instruments"]):
            return f"instruments {kinds} instead of {hit['instruments']}"
    if "trigger" in hit and hit["trigger"] not in event.trigger:
        return f"trigger {event.trigger!r} instead of {hit['trigger']!r}"
    return None
