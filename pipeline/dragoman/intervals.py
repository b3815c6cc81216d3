"""Stretches of time between two ISO 8601 days, of any year, also before the common era."""

from __future__ import annotations

import re
from dataclasses import dataclass

ISO_DAY = re.compile(r"([+-]?[0-9]{4,})-([0-9]{2})-([0-9]{2})", re.ASCII)


def day_number(iso: str | None) -> int | None:
    """Count the days from 0000-03-01 of the proleptic Gregorian calendar; None for None or no ISO day."""
    match = ISO_DAY.fullmatch(iso) if iso else None
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 1


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first to the last day, both inside, as day numbers; None where the side is open."""

    first: int | None
    last: int | None

    @classmethod
    def between(cls, date_start: str | None, date_end: str | None) -> Interval | None:
        """Make the interval of two ISO days; None if neither is known."""
        first, last = day_number(date_start), day_number(date_end)
        return None if first is None and last is None else cls(first, last)

    def contains(self, other: Interval) -> bool:
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends

    def may_precede(self, other: Interval) -> bool:
        """Tell whether something in this interval can come before, or with, something in the other."""
        return self.first is None or other.last is None or self.first <= other.last

    @property
    def days(self) -> float:
        """How long it lasts, infinite where a side is open."""
        if self.first is None or self.last is None:
            return float("inf")
        return self.last - self.first + 1
