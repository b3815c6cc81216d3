"""Annotated articles to learn from: gold files, and corrections turned into the same form.

A gold article is complete: every row that it does not hold is wrong. An article known only by corrections is not:
a row on which nobody said anything counts neither for nor against.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.learning.corrections import Correction
from dragoman.records import Article


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One annotated happening; `date` is EDTF, None where none is told. `optional` counts neither way.

    `source` is the acting side, empty where nobody said it.
    """

    type: str
    start: int
    end: int
    date: str | None
    participants: tuple[str, ...]
    modality: str = "actual"
    polarity: str = "positive"
    optional: bool = False
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One annotated date expression; `edtf` is empty where it cannot be known."""

    start: int
    end: int
    edtf: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what it tells. `wrong` are triggers (type, start, end) that people said tell nothing.

    `dates` and `names` (start, end, label) are None where nobody annotated them.
    """

    id: str
    language: str
    text: str
    title: str | None
    published: str | None
    events: tuple[GoldEvent, ...]
    complete: bool = True
    wrong: tuple[tuple[str, int, int], ...] = ()
    dates: tuple[GoldDate, ...] | None = None
    names: tuple[tuple[int, int, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """A correction whose article was not found, or whose text has changed since."""

    correction: Correction
    reason: str

    def told(self) -> str:
        return f"{self.correction.doc_id} at {self.correction.start}: {self.reason}"


def read_gold(paths: Iterable[Path]) -> tuple[Annotated, ...]:
    """Read gold files; UsageError names the line that is none. Lines without events (dates only) are left out."""
    found: list[Annotated] = []
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise UsageError(f"{path}: cannot be read ({error.strerror}); check --gold") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                found += _article(line, f"{path}:{number}")
    return tuple(found)


def _article(line: str, where: str) -> list[Annotated]:
    try:
        raw = json.loads(line)
        if "events" not in raw:
            return []
        events = tuple(_event(event) for event in raw["events"])
        dates, names = raw.get("dates"), raw.get("entities")
        annotated = Annotated(
            raw["id"],
            raw["language"],
            raw["text"],
            raw.get("title"),
            raw.get("published"),
            events,
            dates=None if dates is None else tuple(_date(date) for date in dates),
            names=None if names is None else tuple((name["start"], name["end"], name["label"]) for name in names),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{where}: is no annotated article ({error!r}); see corpus/README.md") from error
    return [annotated]


def _event(raw: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        type=raw["type"],
        start=raw["start"],
        end=raw["end"],
        date=raw.get("date") or None,
        participants=tuple(sorted(raw.get("participants") or [])),
        modality=raw.get("modality") or "actual",
        polarity=raw.get("polarity") or "positive",
        optional=bool(raw.get("optional")),
        source=tuple(sorted(raw.get("source") or [])),
    )


def _date(raw: Mapping[str, Any]) -> GoldDate:
    return GoldDate(raw["start"], raw["end"], raw.get("edtf") or "", bool(raw.get("optional")))


def text_hash(text: str) -> str:
    """Hash a text as the table `articles` does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_corrections(
    gold: Sequence[Annotated], corrections: Sequence[Correction], articles: Iterable[Article]
) -> tuple[tuple[Annotated, ...], tuple[Stale, ...]]:
    """Lay corrections over gold articles, and make articles of their own of the rest; also return the stale ones."""
    by_hash = {text_hash(document.text): document for document in gold}
    order = list(by_hash)
    wanted = {correction.sha256 for correction in corrections} - set(by_hash)
    names = {correction.doc_id for correction in corrections}
    changed: set[str] = set()
    for article in articles:
        sha256 = text_hash(article.text)
        if sha256 in wanted:
            by_hash[sha256] = Annotated(
                article.doc_id, "", article.text, article.title, article.published, (), complete=False
            )
            order.append(sha256)
        elif article.doc_id in names:
            changed.add(article.doc_id)
    stale: list[Stale] = []
    grouped: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.sha256 in by_hash:
            grouped.setdefault(correction.sha256, []).append(correction)
        else:
            known = correction.doc_id in changed
            reason = "the text has changed since" if known else "the article is not there; name it with --articles"
            stale.append(Stale(correction, reason))
    for sha256, said in grouped.items():
        by_hash[sha256], lost = _corrected(by_hash[sha256], said)
        stale += lost
    return tuple(by_hash[sha256] for sha256 in dict.fromkeys(order)), tuple(stale)


def _corrected(document: Annotated, said: Sequence[Correction]) -> tuple[Annotated, list[Stale]]:
    """Lay the corrections of one article over what was known of it."""
    events = list(document.events)
    wrong = list(document.wrong)
    lost: list[Stale] = []
    for correction in said:
        place = _anchored(correction, document.text)
        if place is None:
            lost.append(Stale(correction, "the sentence does not stand in the text"))
            continue
        start, end = place
        kind = correction.slots["type"]
        was = correction.row.get("type", kind)
        near = [e for e in events if e.type in (was, kind) and e.start < end and e.end > start]
        same = [e for e in near if e.date == (correction.row.get("date") or None)] or near[:1]
        events = [event for event in events if event not in same]
        if correction.verdict == "wrong" or was != kind:
            wrong.append((was, start, end))
        if correction.verdict != "wrong":
            events.append(_event({**correction.slots, "start": start, "end": end}))
    languages = Counter(correction.language for correction in said if correction.language)
    language = document.language or min(languages, key=lambda code: (-languages[code], code), default="")
    ordered = tuple(sorted(events, key=lambda event: (event.start, event.end, event.type, event.date or "")))
    return replace(document, language=language, events=ordered, wrong=tuple(sorted(set(wrong)))), lost


def _anchored(correction: Correction, text: str) -> tuple[int, int] | None:
    if correction.start is not None and correction.end is not None:
        return correction.start, correction.end
    trigger = str(correction.values.get("trigger", ""))
    sentence = text.find(correction.evidence)
    if sentence < 0 or trigger not in correction.evidence:
        return None
    start = sentence + correction.evidence.index(trigger)
    return start, start + len(trigger)
