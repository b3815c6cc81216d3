"""Instruments named in an article, their dates joined across its mentions.

Joined only where the article makes it plain: the same words (one mention with two events), the same kind and
title, the same kind and subjects, or a bare "the agreement entered into force" when the article names one
single agreement between those sides, or one just before. Dates of one stage must agree, stages must come in
order. All else stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.intervals import Interval
from dragoman.ontology import load_ontology
from dragoman.records import Event, Instrument

GENERIC_KINDS = frozenset({"document", "other"})
JUST_TOLD = 200
"""A mention within so many code points is what a bare "the treaty" takes up."""
STAGES = ("signed", "ratified", "in_force", "terminated")


@dataclass(slots=True)
class Treaty:
    """One instrument while its mentions are being joined; `event_id` is the event that names it first."""

    event_id: str
    start: int
    end: int
    text: str
    kind: str
    title: str | None
    subjects: tuple[str, ...]
    parties: tuple[str, ...]
    count_min: int | None
    count_max: int | None
    place: str | None
    dates: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Interval] = field(default_factory=dict)

    @property
    def signed(self) -> str | None:
        return self.dates.get("signed")

    @property
    def ratified(self) -> str | None:
        return self.dates.get("ratified")

    @property
    def in_force(self) -> str | None:
        return self.dates.get("in_force")

    @property
    def terminated(self) -> str | None:
        return self.dates.get("terminated")

    @property
    def is_single(self) -> bool:
        return (self.count_min, self.count_max) in {(None, None), (1, 1)}


def joined_across(events: Iterable[tuple[str, Event]]) -> list[Treaty]:
    """List the instruments that an article's events name, in the order of the text."""
    mentions = sorted(_mentions(events), key=lambda mention: (mention.start, mention.end, mention.event_id))
    treaties: list[Treaty] = []
    bare: list[Treaty] = []
    for mention in mentions:
        same = [treaty for treaty in treaties if _same_words(treaty, mention) or _same_name(treaty, mention)]
        if len(same) == 1:
            _take_in(same[0], mention)
        elif _is_bare(mention):
            bare.append(mention)
        else:
            treaties.append(mention)
    named = list(treaties)
    for mention in bare:
        meant = _meant(mention, named)
        if meant is not None and _agree(meant, mention):
            _take_in(meant, mention)
        else:
            treaties.append(mention)
    return sorted(treaties, key=lambda treaty: (treaty.start, treaty.end, treaty.event_id))


def _mentions(events: Iterable[tuple[str, Event]]) -> Iterable[Treaty]:
    ontology = load_ontology()
    for event_id, event in events:
        known = ontology.get(event.type)
        if known is not None and known.treaty is not None:
            for instrument in event.instruments:
                yield _mention(event_id, event, instrument, stage=known.treaty)


def _mention(event_id: str, event: Event, instrument: Instrument, *, stage: str) -> Treaty:
    alone = len(event.instruments) == 1
    counted = instrument.count_min is not None or instrument.count_max is not None
    counts = instrument if counted or not alone else event
    treaty = Treaty(
        event_id=event_id,
        start=instrument.start,
        end=instrument.end,
        text=instrument.text,
        kind=instrument.kind,
        title=instrument.title,
        subjects=instrument.subjects or (event.subjects if alone else ()),
        parties=_parties(event),
        count_min=counts.count_min,
        count_max=counts.count_max,
        place=event.place,
    )
    if event.date and event.modality == "actual" and event.polarity == "positive":
        treaty.dates[stage] = event.date
        if span := Interval.between(event.date_start, event.date_end):
            treaty.spans[stage] = span
    return treaty


def _parties(event: Event) -> tuple[str, ...]:
    """Take organisations for parties only where fewer than two states are named: else they are the venue."""
    if len(set(event.participants)) >= 2:
        return event.participants
    return event.participants + event.organisations


def _same_words(treaty: Treaty, mention: Treaty) -> bool:
    place = (treaty.start, treaty.end, treaty.kind) == (mention.start, mention.end, mention.kind)
    return place and _agree(treaty, mention)


def _same_name(treaty: Treaty, mention: Treaty) -> bool:
    if treaty.kind != mention.kind or not (treaty.is_single and mention.is_single):
        return False
    if not (_parties_agree(treaty, mention) and _agree(treaty, mention)):
        return False
    if treaty.title and mention.title:
        return _plain(treaty.title) == _plain(mention.title)
    if treaty.title or mention.title or not treaty.subjects:
        return False
    # The same subjects may be two instruments: take it for one only where a stage repeats with its date, or a
    # new stage is told.
    return set(treaty.subjects) == set(mention.subjects) and bool(treaty.dates) and bool(mention.dates)


def _is_bare(mention: Treaty) -> bool:
    later = not set(mention.dates) & {"signed"} and bool(mention.dates)
    return later and not mention.title and not mention.subjects and mention.is_single


def _meant(mention: Treaty, named: list[Treaty]) -> Treaty | None:
    """Return what "the treaty" or "the document" stands for: the only one so called, or the only one just told."""
    fitting = [treaty for treaty in named if _parties_agree(treaty, mention)]
    same_kind = [treaty for treaty in fitting if treaty.kind == mention.kind]
    if len(same_kind) == 1 and same_kind[0].start < mention.start:
        return same_kind[0]
    near = [treaty for treaty in fitting if 0 < mention.start - treaty.end <= JUST_TOLD and treaty.signed]
    so_called = [treaty for treaty in near if treaty in same_kind or mention.kind in GENERIC_KINDS]
    return so_called[0] if len(so_called) == 1 and len(near) == 1 else None


def _parties_agree(treaty: Treaty, mention: Treaty) -> bool:
    """Tell whether the parties are the same, or those of one who ratifies are among those who signed."""
    return bool(mention.parties) and set(mention.parties) <= set(treaty.parties)


def _agree(treaty: Treaty, mention: Treaty) -> bool:
    if not treaty.is_single and (treaty.start, treaty.end) != (mention.start, mention.end):
        return False
    for stage, date in mention.dates.items():
        if stage in treaty.dates and treaty.dates[stage] != date:
            known, new = treaty.spans.get(stage), mention.spans.get(stage)
            if known is None or new is None or not (known.contains(new) or new.contains(known)):
                return False
    return _in_order({**treaty.spans, **mention.spans})


def _in_order(spans: dict[str, Interval]) -> bool:
    told = [spans[stage] for stage in STAGES if stage in spans]
    return all(earlier.may_precede(later) for earlier, later in pairwise(told))


def _take_in(treaty: Treaty, mention: Treaty) -> None:
    for stage, date in mention.dates.items():
        known, new = treaty.spans.get(stage), mention.spans.get(stage)
        if stage in treaty.dates and (known is None or new is None or new.days >= known.days):
            continue
        treaty.dates[stage] = date
        if new is not None:
            treaty.spans[stage] = new
    treaty.title = treaty.title or mention.title
    treaty.subjects = treaty.subjects or mention.subjects
    treaty.place = treaty.place or mention.place


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
