"""Who stood for whom: the union for its member states in its time, the organisation for its bodies."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.pack import models_folder

MARGIN = 2
"""So many years before its own first year a new state may already act for itself (Lithuania in 1990)."""


@dataclass(frozen=True, slots=True)
class Union:
    """A former state of several, with its first and last year."""

    iso3: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class History:
    """`unions` by member state; `lives` the years in which each state stood on its own."""

    unions: Mapping[str, tuple[Union, ...]]
    lives: Mapping[str, tuple[tuple[int, int | None], ...]]

    def at(self, code: str, year: int) -> str:
        """Return the union that stood for a state in a year, or the state itself."""
        own = self.lives.get(code, ())
        if not own or any(first - MARGIN <= year and (last is None or year <= last) for first, last in own):
            return code
        for union in self.unions.get(code, ()):
            if union.first <= year <= union.last:
                return union.iso3
        return code


@lru_cache(maxsize=8)
def load_history(models: Path | None = None) -> History:
    """Read the years of the states from models/states/states.csv."""
    unions: dict[str, list[Union]] = {}
    lives: dict[str, list[tuple[int, int | None]]] = {}
    with ((models or models_folder()) / "states" / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["first_year"]:
                continue
            first, last = int(row["first_year"]), int(row["last_year"]) if row["last_year"] else None
            lives.setdefault(row["iso3"], []).append((first, last))
            members = [code for code in row["successors"].split(";") if code]
            if last is not None and len(members) > 1:
                for member in members:
                    unions.setdefault(member, []).append(Union(row["iso3"], first, last))
    return History(
        {code: tuple(found) for code, found in unions.items()},
        {code: tuple(found) for code, found in lives.items()},
    )


def in_their_time(codes: Sequence[str], date_end: str | None) -> tuple[str, ...]:
    """Replace each state that did not exist at a date (ISO 8601) by the union it was part of; sorted."""
    year = date_end.split("-")[0] if date_end and not date_end.startswith("-") else ""
    if not year.isdigit():
        return tuple(sorted(set(codes)))
    history = load_history()
    return tuple(sorted({history.at(code, int(year)) for code in codes}))


@lru_cache(maxsize=8)
def load_wholes(models: Path | None = None) -> Mapping[str, str]:
    """Read which organisation each body acts for from models/organisations.csv."""
    with ((models or models_folder()) / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["part_of"] for row in csv.DictReader(file) if row.get("part_of")}


def acting_for(code: str) -> str:
    """Return the organisation that a body acts for (UNSC acts for UN), or the code itself."""
    return load_wholes().get(code, code)
