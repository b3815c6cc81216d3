"""An embassy or a ministry named with its state or seat is one organisation, and keeps its states inside."""

from __future__ import annotations

import pytest

from dragoman.names import find, mentions


@pytest.mark.parametrize(
    ("language", "text", "whole", "country"),
    [
        ("az", "Norveç İsveç səfirliyinin əməkdaşını çıxarıb.", "İsveç səfirliyinin", "SWE"),
        ("az", "Azərbaycanın Rumıniyadakı səfirliyi açıldı", "Azərbaycanın Rumıniyadakı səfirliyi", "AZE"),
        ("az", "Buxarestdəki Azərbaycan səfirliyinin binası", "Buxarestdəki Azərbaycan səfirliyinin", "AZE"),
        ("az", "Rumıniyanın Azərbaycanda səfirliyi açılıb", "Rumıniyanın Azərbaycanda səfirliyi", "ROU"),
        ("bn", "ঢাকায় কানাডা দূতাবাস জানায়", "ঢাকায় কানাডা দূতাবাস", "CAN"),
        ("bn", "ওয়াশিংটনে বাংলাদেশ দূতাবাসের কর্মকর্তা", "ওয়াশিংটনে বাংলাদেশ দূতাবাসের", "BGD"),
        ("bn", "ভারতের পররাষ্ট্র মন্ত্রণালয় জানায়", "ভারতের পররাষ্ট্র মন্ত্রণালয়", "IND"),
        ("en", "the U.S. Consulate in Bucharest opened", "U.S. Consulate in Bucharest", "USA"),
        ("en", "the Embassy of Azerbaijan in Romania opened", "Embassy of Azerbaijan in Romania", "AZE"),
        ("en", "officials of the Chinese embassy said", "Chinese embassy", "CHN"),
    ],
)
def test_a_mission_with_its_state_is_one_organisation(language: str, text: str, whole: str, country: str) -> None:
    organisations = [(e.text, e.country) for e in find(text, language=language) if e.label == "ORG"]

    assert organisations == [(whole, country)]


@pytest.mark.parametrize(
    "text", ["The first embassy in Romania closed.", "They opened a consulate in Baku.", "an open embassy"]
)
def test_an_indefinite_mission_is_no_name(text: str) -> None:
    assert [e.text for e in find(text, language="en") if e.label == "ORG"] == []


def test_the_states_inside_are_mentions() -> None:
    found = {(e.text, e.country) for e in mentions("Azərbaycanın Rumıniyadakı səfirliyi", language="az")}

    assert found >= {("Azərbaycanın", "AZE"), ("Rumıniyadakı", "ROU")}


def test_a_mission_is_no_side_by_its_seat() -> None:
    mission = next(e for e in mentions("Buxarestdəki Azərbaycan səfirliyi", language="az") if e.kind == "mission")

    assert (mission.label, mission.country) == ("ORG", "AZE")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Sudet bölgəsində", ("Sudet bölgəsində", "LOC")),
        ("az", "Münhen sazişinin mətni", ("Münhen sazişinin", "MISC")),
        ("en", "on the Korean Peninsula today", ("Korean Peninsula", "LOC")),
        ("en", "at the Bank of England and Wales", ("Bank of England", "ORG")),
        ("bn", "অসলো চুক্তির পর", ("অসলো চুক্তির", "MISC")),
    ],
)
def test_a_last_word_makes_a_name_of_several(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(e.text, e.label) for e in find(text, language=language)]


def test_where_a_mission_sits_is_not_whose_it_is() -> None:
    found = {name.text: name.country for name in find("The Consulate General in Bucharest was closed.", language="en")}

    assert found == {"Consulate General in Bucharest": None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "Türk Dövlətləri Təşkilatının sammiti keçirilib."),
        ("en", "The Organization of American States held a session."),
    ],
)
def test_a_people_in_the_name_of_an_organisation_of_states_is_no_side(language: str, text: str) -> None:
    countries = [mention.country for mention in mentions(text, language=language) if mention.country]

    assert countries == []
