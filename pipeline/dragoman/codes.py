"""Codes of other code books: states by year (ISO, Correlates of War, Gleditsch-Ward), events, topics."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dragoman.errors import PackError
from dragoman.pack import models_folder, read_toml


@dataclass(frozen=True, slots=True)
class StateCode:
    """What a state is called in each code book; None where it has no code there (then)."""

    iso3: str
    name: str
    iso_numeric: str | None = None
    iso2: str | None = None
    cow: str | None = None
    cow_number: str | None = None
    gw: str | None = None
    gw_number: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One row of states.csv. The years of membership are pairs of first and last, None for open."""

    code: StateCode
    years: tuple[int | None, int | None]
    cow_years: tuple[tuple[int | None, int | None], ...]
    gw_years: tuple[tuple[int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code's name and its Goldstein score."""

    name: str
    intensity: float


def state_code(iso3: str, *, year: int | None = None, models: Path | None = None) -> StateCode | None:
    """Return the codes of a state in a year, of today (or of its last year) without one; None if unknown.

    A state outside the system of a code book in that year has no code there.
    """
    periods = _periods(models).get(iso3)
    if periods is None:
        return None
    if year is None:
        return periods[-1].code
    period = next((each for each in periods if _within(year, each.years)), periods[-1])
    code = period.code
    if not any(_within(year, years) for years in period.cow_years):
        code = replace(code, cow=None, cow_number=None)
    if not any(_within(year, years) for years in period.gw_years):
        code = replace(code, gw=None, gw_number=None)
    return code


@lru_cache(maxsize=8)
def cameo_codes(models: Path | None = None) -> Mapping[str, CameoCode]:
    """Load the names and scores of the CAMEO codes in use."""
    raw = read_toml((models or models_folder()) / "ontology.toml")["cameo"]
    return {code: CameoCode(entry["name"], entry["intensity"]) for code, entry in raw.items()}


@lru_cache(maxsize=8)
def plover_quads(models: Path | None = None) -> Mapping[str, str]:
    """Load the quadrant (verbal or material, cooperation or conflict) of each PLOVER type in use."""
    raw = read_toml((models or models_folder()) / "ontology.toml")["plover"]
    return {name: entry["quad"] for name, entry in raw.items()}


@lru_cache(maxsize=8)
def treaty_topics(models: Path | None = None) -> Mapping[str, str]:
    """Load the World Treaty Index topics of our subjects, where there is one."""
    raw = read_toml((models or models_folder()) / "topics.toml")
    return {name: entry["wti"] for name, entry in raw.items() if "wti" in entry}


@lru_cache(maxsize=8)
def _periods(models: Path | None) -> Mapping[str, tuple[Period, ...]]:
    path = (models or models_folder()) / "states" / "states.csv"
    periods: dict[str, list[Period]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                periods.setdefault(row["iso3"], []).append(_period(row))
    except (OSError, KeyError, ValueError) as error:
        raise PackError(f"{path}: cannot be read ({error!r}); restore it or reinstall dragoman") from error
    return {iso3: tuple(found) for iso3, found in periods.items()}


def _period(row: Mapping[str, str]) -> Period:
    names = ("iso_numeric", "iso2", "cow", "cow_number", "gw", "gw_number")
    code = StateCode(row["iso3"], row["name"], **{name: row[name] or None for name in names})
    return Period(
        code=code,
        years=(_year(row["first_year"]), _year(row["last_year"])),
        cow_years=_spans(row["cow_years"]),
        gw_years=_spans(row["gw_years"]),
    )


def _spans(cell: str) -> tuple[tuple[int | None, int | None], ...]:
    """Read years of membership: `1918-1941;1944-2003`, `1991-`."""
    spans = (span.partition("-") for span in cell.split(";") if span)
    return tuple((_year(first), _year(last)) for first, _, last in spans)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _within(year: int, years: tuple[int | None, int | None]) -> bool:
    first, last = years
    return (first is None or first <= year) and (last is None or year <= last)
