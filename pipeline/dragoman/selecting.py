"""Which events of a run are meant: by article, type, time, states and language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from dragoman.errors import UsageError
from dragoman.intervals import Interval, day_number
from dragoman.listing import Row

WHEN = re.compile(r"([+-]?[0-9]{4,})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to choose; empty or None does not restrict. Several states: an event must have all of them.

    `period` is a time that the event's date must touch; an event without a date then falls out.
    """

    articles: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    period: Interval | None = None

    def takes(self, event: Row) -> bool:
        return (
            (not self.articles or event["doc_id"] in self.articles)
            and (not self.types or event["type"] in self.types)
            and (not self.languages or event["language"] in self.languages)
            and self.states.issubset(event["participants"])
            and (self.period is None or _touches(self.period, event))
        )


def _touches(period: Interval, event: Row) -> bool:
    when = Interval.between(event["date_start"], event["date_end"])
    return when is not None and when.may_precede(period) and period.may_precede(when)


def select(
    events: Collection[Row],
    *,
    articles: Iterable[str] = (),
    types: Iterable[str] = (),
    states: Iterable[str] = (),
    languages: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> list[Row]:
    """Choose events; days, months or years of `since` and `until` count whole.

    Raises UsageError for a value that no event has, with one that is near.
    """
    period = None
    if since is not None or until is not None:
        period = Interval(_first_day(since, "--since"), _last_day(until, "--until"))
    selection = Selection(
        _known(articles, {row["doc_id"] for row in events}, "--article"),
        _known(types, {row["type"] for row in events}, "--type"),
        _known(
            (state.upper() for state in states), {code for row in events for code in row["participants"]}, "--state"
        ),
        _known(languages, {row["language"] for row in events}, "--language"),
        period,
    )
    return [event for event in events if selection.takes(event)]


def _known(wanted: Iterable[str], there: set[str], option: str) -> frozenset[str]:
    chosen = frozenset(wanted)
    for value in sorted(chosen - there):
        near = get_close_matches(value, sorted(there), n=3, cutoff=0.4) or sorted(there)[:5]
        raise UsageError(f"{option} {value}: no event has it; there are {', '.join(near) or 'none'}")
    return chosen


def _first_day(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    year, month, day = _parts(text, option)
    return day_number(f"{year}-{month or '01'}-{day or '01'}")


def _last_day(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    year, month, day = _parts(text, option)
    if day:
        return day_number(f"{year}-{month}-{day}")
    months = int(year) * 12 + (int(month) if month else 12)
    following = day_number(f"{months // 12:04}-{months % 12 + 1:02}-01")
    return None if following is None else following - 1


def _parts(text: str, option: str) -> tuple[str, str | None, str | None]:
    match = WHEN.fullmatch(text.strip())
    if match is None or not 0 < int(match[2] or 1) <= 12 or not 0 < int(match[3] or 1) <= 31:
        raise UsageError(f"{option} {text}: not a year, month or day; write 1991, 1991-12 or 1991-12-26")
    return match[1], match[2], match[3]
