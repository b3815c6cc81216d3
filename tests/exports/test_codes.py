"""State codes of other code books, by year."""

from __future__ import annotations

import pytest

from dragoman.codes import cameo_codes, plover_quads, state_code, treaty_topics
from dragoman.ontology import load_ontology


@pytest.mark.parametrize(
    ("iso3", "year", "numeric", "cow", "cow_number", "gw"),
    [
        ("ROU", 1995, "642", "ROM", "360", "RUM"),
        ("AZE", 1995, "031", "AZE", "373", "AZE"),
        ("KAZ", 2003, "398", "KZK", "705", "KZK"),
        ("TJK", 2007, "762", "TAJ", "702", "TAJ"),
        ("BGD", 1975, "050", "BNG", "771", "BNG"),
        ("DEU", 1970, "276", "GFR", "260", "GFR"),
        ("DEU", 2000, "276", "GMY", "255", "GFR"),
        ("SUN", 1950, "810", "RUS", "365", "RUS"),
    ],
)
def test_codes_differ_between_code_books(
    iso3: str, year: int, numeric: str, cow: str, cow_number: str, gw: str
) -> None:
    code = state_code(iso3, year=year)

    assert code is not None
    assert (code.iso_numeric, code.cow, code.cow_number, code.gw) == (numeric, cow, cow_number, gw)


def test_a_state_has_no_code_before_it_was_in_the_system() -> None:
    code = state_code("AZE", year=1473)

    assert code is not None
    assert (code.name, code.cow, code.gw) == ("Azerbaijan", None, None)


def test_an_unknown_state_has_no_codes() -> None:
    assert state_code("XYZ") is None


def test_every_cameo_code_in_use_has_a_name_and_a_score_of_its_sign() -> None:
    used = {
        codes.cameo
        for each in load_ontology().values()
        for codes in (each.actual, each.planned, each.possible)
        if codes.cameo
    }

    assert set(cameo_codes()) == used
    assert all(code.intensity < 0 for name, code in cameo_codes().items() if name[:2] in {"11", "13", "16", "19"})


def test_every_plover_type_in_use_has_a_quadrant() -> None:
    used = {
        codes.plover
        for each in load_ontology().values()
        for codes in (each.actual, each.planned, each.possible)
        if codes.plover
    }

    assert set(plover_quads()) == used


def test_topics_are_the_treaty_index_s() -> None:
    assert treaty_topics()["culture"] == "7CULT"
