"""Who stood for whom: the union for its member states in its time, the organisation for its bodies."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dragoman.events.passage import Passage
from dragoman.pack import models_folder
from dragoman.records import Span, Timex

TOWNS = frozenset({"capital", "city", "region"})
SEATS = TOWNS | {"seat"}
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
    """`unions` by member state; `lives` the years in which each state stood on its own.

    `unified` is the year before which the towns of a state were those of several, `heirs` the unions by the one
    successor that goes on under their number.
    """

    unions: Mapping[str, tuple[Union, ...]]
    lives: Mapping[str, tuple[tuple[int, int | None], ...]]
    unified: Mapping[str, int]
    heirs: Mapping[str, Union]

    def of_town(self, code: str, year: int) -> str:
        """Return the union whose own town this was in a year (Moscow in 1990), or the state itself."""
        union = self.heirs.get(code)
        return union.iso3 if union and union.first <= year <= union.last else code

    def had_towns(self, code: str, year: int) -> bool:
        """Tell whether the towns of today's state were those of a state of this code, or of its union, in a year."""
        own = self.lives.get(code, ())
        if year < self.unified.get(code, year):
            return False
        first = min((first for first, _ in own), default=year)
        return year >= first - MARGIN or self.at(code, year) != code

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
    unified: dict[str, int] = {}
    numbers: dict[str, set[str]] = {}
    with ((models or models_folder()) / "states" / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["first_year"]:
                continue
            first, last = int(row["first_year"]), int(row["last_year"]) if row["last_year"] else None
            lives.setdefault(row["iso3"], []).append((first, last))
            if row.get("unified"):
                unified[row["iso3"]] = int(row["unified"])
            numbers.setdefault(row["iso3"], set()).add(row["cow_number"])
            members = [code for code in row["successors"].split(";") if code]
            if last is not None and len(members) > 1:
                for member in members:
                    unions.setdefault(member, []).append(Union(row["iso3"], first, last))
    heirs = {
        code: union
        for code, found in unions.items()
        for union in found
        if numbers.get(code, set()) & numbers[union.iso3] - {""}
    }
    return History(
        {code: tuple(found) for code, found in unions.items()},
        {code: tuple(found) for code, found in lives.items()},
        unified,
        heirs,
    )


def in_their_time(codes: Sequence[str], date_end: str | None) -> tuple[str, ...]:
    """Replace each state that did not exist at a date (ISO 8601) by the union it was part of; sorted."""
    year = date_end.split("-")[0] if date_end and not date_end.startswith("-") else ""
    if not year.isdigit():
        return tuple(sorted(set(codes)))
    history = load_history()
    return tuple(sorted({history.at(code, int(year)) for code in codes}))


def with_former_towns(passage: Passage, sentence: Span, timex: Timex | None) -> Passage:
    """Give the towns and seats of a sentence to the union whose own they were at a date: Moscow in 1990."""
    year = timex.date_end.split("-")[0] if timex and timex.date_end and not timex.date_end.startswith("-") else ""
    if not year.isdigit():
        return passage
    history = load_history()
    former = {
        mention: code
        for mention in passage.mentions_in(sentence)
        if mention.kind in SEATS and mention.country
        and (code := history.of_town(mention.country, int(year))) != mention.country
    }
    if not former:
        return passage
    changed = (replace(m, country=former[m]) if m in former else m for m in passage.mentions)
    return replace(passage, mentions=tuple(changed))


def without_later_towns(passage: Passage, sentence: Span, timex: Timex | None) -> Passage:
    """Leave out the towns of a sentence whose state came later, where a side without a code is told of.

    Tripoli in 1796 stands for the pasha's state, Bremen in 1853 for the Hanseatic city, not for Libya or Germany.
    """
    year = timex.date_end.split("-")[0] if timex and timex.date_end and not timex.date_end.startswith("-") else ""
    if not year.isdigit() or not (passage.title_actor or passage.actors_in(sentence)):
        return passage
    history = load_history()
    later = {
        mention
        for mention in passage.mentions_in(sentence)
        if mention.kind in TOWNS and mention.country and not history.had_towns(mention.country, int(year))
    }
    if not later:
        return passage
    return replace(passage, mentions=tuple(mention for mention in passage.mentions if mention not in later))


@lru_cache(maxsize=8)
def load_wholes(models: Path | None = None) -> Mapping[str, str]:
    """Read which organisation each body acts for from models/organisations.csv."""
    with ((models or models_folder()) / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["part_of"] for row in csv.DictReader(file) if row.get("part_of")}


def acting_for(code: str) -> str:
    """Return the organisation that a body acts for (UNSC acts for UN), or the code itself."""
    return load_wholes().get(code, code)
