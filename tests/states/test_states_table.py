"""models/states/states.csv: the codes and the years they held."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.pack import models_folder

COLUMNS = [
    "iso3", "iso_numeric", "iso2", "name", "cow", "cow_number", "gw", "gw_number", "first_year", "last_year",
    "successors", "source", "cow_years", "gw_years", "unified",
]  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    path: Path = models_folder() / "states" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATES = rows("states.csv")


def codes_in(year: int, iso3: str) -> tuple[str, ...]:
    row = next(
        row
        for row in reversed(STATES)
        if row["iso3"] == iso3 and int(row["first_year"]) <= year <= int(row["last_year"] or 9999)
    )
    return row["iso_numeric"], row["cow"], row["cow_number"], row["gw"], row["gw_number"]


def test_the_columns_keep_their_names() -> None:
    assert list(STATES[0]) == COLUMNS


@pytest.mark.parametrize(
    ("iso3", "year", "codes"),
    [
        ("ROU", 2004, ("642", "ROM", "360", "RUM", "360")),
        ("AZE", 1992, ("031", "AZE", "373", "AZE", "373")),
        ("KAZ", 2012, ("398", "KZK", "705", "KZK", "705")),
        ("TJK", 2007, ("762", "TAJ", "702", "TAJ", "702")),
        ("BGD", 1974, ("050", "BNG", "771", "BNG", "771")),
        ("DEU", 2004, ("276", "GMY", "255", "GFR", "260")),
        ("DEU", 1972, ("276", "GFR", "260", "GFR", "260")),
        ("DEU", 1935, ("276", "GMY", "255", "GMY", "255")),
        ("DDR", 1972, ("278", "GDR", "265", "GDR", "265")),
        ("SUN", 1980, ("810", "RUS", "365", "RUS", "365")),
        ("YEM", 1980, ("887", "YAR", "678", "YEM", "678")),
        ("YEM", 2000, ("887", "YEM", "679", "YEM", "678")),
        ("SRB", 2010, ("688", "YUG", "345", "SER", "340")),
        ("TUV", 2005, ("798", "TUV", "947", "", "973")),
    ],
)
def test_a_state_has_the_codes_of_its_time(iso3: str, year: int, codes: tuple[str, ...]) -> None:
    found = codes_in(year, iso3)

    assert found == codes


def test_every_code_has_its_usual_shape() -> None:
    shape = re.compile(
        r"[A-Z]{3},(\d{3})?,[A-Z]{2},([A-Z]{3},\d{1,3})?,?([A-Z]{3})?,(\d{1,3})?,(\d{4})?,(\d{4})?"
    )
    wrong = [
        row["iso3"]
        for row in STATES
        if not shape.fullmatch(
            ",".join(
                [row["iso3"], row["iso_numeric"], row["iso2"]]
                + ([row["cow"] + "," + row["cow_number"]] if row["cow"] else [""])
                + [row["gw"], row["gw_number"], row["first_year"], row["last_year"]]
            )
        )
    ]

    assert wrong == []


def test_the_rows_are_sorted_and_a_states_periods_do_not_overlap() -> None:
    keys = [(row["iso3"], row["first_year"]) for row in STATES]
    overlapping = [
        later["iso3"]
        for earlier, later in pairwise(STATES)
        if earlier["iso3"] == later["iso3"] and int(earlier["last_year"] or 9999) > int(later["first_year"])
    ]

    assert keys == sorted(set(keys))
    assert overlapping == []


def test_a_former_state_has_an_end_and_known_successors() -> None:
    known = {row["iso3"] for row in STATES}
    former = [row for row in STATES if row["successors"]]
    wrong = [
        row["iso3"]
        for row in former
        if not row["last_year"] or not set(row["successors"].split(";")) <= known - {row["iso3"]}
    ]

    assert {"SUN", "YUG", "CSK", "DDR", "SCG", "YMD", "VDR", "ZAR", "BUR"} <= {row["iso3"] for row in former}
    assert wrong == []


def test_every_row_names_its_source() -> None:
    silent = [row["iso3"] for row in STATES if not row["source"]]

    assert silent == []


def test_no_two_states_share_a_code_of_the_present() -> None:
    present = [row for row in STATES if not row["last_year"]]
    shared = {
        column: [code for code in codes if codes.count(code) > 1]
        for column in ("iso_numeric", "iso2", "cow_number", "gw_number")
        if (codes := [row[column] for row in present if row[column]])
    }

    assert shared == {"iso_numeric": [], "iso2": [], "cow_number": [], "gw_number": []}
