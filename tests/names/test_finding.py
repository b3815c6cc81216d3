"""States, peoples and places are found with their endings, their case and their state."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.names import find, mentions
from dragoman.records import Entity


def states(text: str, language: str) -> list[tuple[str, str | None, str | None]]:
    return [(e.text, e.country, e.case) for e in mentions(text, language=language)]


def codes(text: str, language: str) -> list[str | None]:
    return [entity.country for entity in mentions(text, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Rumıniyanın Azərbaycandakı nümayəndəsi",
         [("Rumıniyanın", "ROU", "genitive"), ("Azərbaycandakı", "AZE", "locative")]),
        ("az", "ABŞ-ın NATO-ya münasibəti", [("ABŞ-ın", "USA", "genitive")]),
        ("az", "İRAN TÜRKİYƏYƏ CAVAB VERDİ", [("İRAN", "IRN", "nominative"), ("TÜRKİYƏYƏ", "TUR", "dative")]),
        ("az", "Bakıdan Buxarestə uçdu", [("Bakıdan", "AZE", "ablative"), ("Buxarestə", "ROU", "dative")]),
        ("az", "Azərbaycan Respublikasına gəldi", [("Azərbaycan Respublikasına", "AZE", "dative")]),
        ("az", "Azərbaycanla münasibətlər", [("Azərbaycanla", "AZE", "instrumental")]),
        ("bn", "রোমানিয়ার সঙ্গে আজারবাইজানের",
         [("রোমানিয়ার", "ROU", "genitive"), ("আজারবাইজানের", "AZE", "genitive")]),
        ("bn", "বুখারেস্ট-এ আসেন", [("বুখারেস্ট-এ", "ROU", "locative")]),
        ("bn", "বুখারেস্টে আসেন", [("বুখারেস্টে", "ROU", "locative")]),
        ("bn", "আজারবাইজান এর ডাকটিকিট", [("আজারবাইজান", "AZE", "genitive")]),
        ("bn", "জার্মানিসহ ইউরোপ", [("জার্মানিসহ", "DEU", "nominative")]),
        ("en", "Japan’s offer to the U.S.", [("Japan’s", "JPN", "genitive"), ("U.S.", "USA", "nominative")]),
        ("en", "the United States' position", [("United States'", "USA", "genitive")]),
        ("en", "the Soviet Union in 1985", [("Soviet Union", "SUN", "nominative")]),
    ],
)  # fmt: skip
def test_a_state_is_found_with_its_ending_and_case(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert states(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Qazaxıstan–Rumıniya sərhədi", ["KAZ", "ROU"]),
        ("az", "Rumıniya-Qazaxıstan münasibətləri", ["ROU", "KAZ"]),
        ("bn", "বাংলাদেশ-ভারত সীমান্ত", ["BGD", "IND"]),
        ("en", "US-China trade", ["USA", "CHN"]),
        ("en", "the Tajik-Azerbaijani commission", ["TJK", "AZE"]),
        ("en", "Soviet-era pro-Russian", ["SUN", "RUS"]),
    ],
)
def test_both_halves_of_a_compound_are_states(language: str, text: str, expected: list[str]) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They served turkey on the finest china."),
        ("en", "Join us in this."),
        ("en", "Michael Jordan scored."),
        ("en", "The Romanesque church by Chadwick."),
        ("en", "Basketball star Michael Jordan retired."),
        ("az", "rus dilində danışır"),
        ("az", "Çinarın kölgəsi"),
        ("az", "İranlaşma"),
        ("az", "Türkiyədan"),
        ("bn", "চীনামাটির বাসন"),
        ("bn", "চাদরে রোল করা"),
        ("bn", "তিনি ভারতচন্দ্র পড়েন"),
    ],
)
def test_what_only_looks_like_a_state_is_none(language: str, text: str) -> None:
    assert codes(text, language) == []


def test_a_headline_in_capitals_may_name_a_doubtful_state() -> None:
    assert codes("President Visits Georgia To Sign Trade Deal", "en") == ["GEO"]


def test_both_encodings_of_a_bengali_letter_are_one_name() -> None:
    assert codes("রোমানিয়া রোমানি\u09dfা", "bn") == ["ROU", "ROU"]


def test_a_people_is_a_norp_and_a_capital_a_gpe() -> None:
    labels = {e.text: (e.label, e.kind) for e in find("rumın diplomat Bakıda türkiyəlilərlə", language="az")}

    assert labels == {
        "rumın": ("NORP", "nationality"),
        "Bakıda": ("GPE", "capital"),
        "türkiyəlilərlə": ("NORP", "nationality"),
    }


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "the Franco-British force", "Franco-British"),
        ("az", "yəhudilərin", "yəhudilərin"),
        ("bn", "রোহিঙ্গাদের", "রোহিঙ্গাদের"),
    ],
)
def test_a_people_without_one_state_is_a_norp(language: str, text: str, whole: str) -> None:
    assert [(e.text, e.label) for e in find(text, language=language)] == [(whole, "NORP")]


def test_the_canonical_form_has_no_ending() -> None:
    canonical = [e.canonical for e in find("Azərbaycan Respublikasının Qazaxıstandakı", language="az")]

    assert canonical == ["Azərbaycan Respublikası", "Qazaxıstan"]


def test_an_organisation_bears_its_code() -> None:
    found = [(e.text, e.label, e.code) for e in find("BMT-nin qərarı", language="az")]

    assert found == [("BMT-nin", "ORG", "UN")]


def overlapping(entities: tuple[Entity, ...]) -> list[Entity]:
    return [later for earlier, later in pairwise(entities) if later.start < earlier.end]


PIECES = [
    "Azərbaycanın", "Rumıniyadakı", "səfirliyi", "Prezident", "Heydər", "Əliyev", "BMT", "-nin", "–", "S.",
    "İ",
    "রাষ্ট্রপতি", "শেখ", "হাসিনার", "ঢাকায়", "দূতাবাস", "এর", "।",
    "President", "of", "the", "U.S.", "Embassy",
    "Georgia", "’s", "'", "\n", " ", ", ", "२", "\u200d", "\U0001f600", "(", "II",
]  # fmt: skip


@pytest.mark.parametrize("language", ["az", "bn", "en"])
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30))
def test_offsets_hold_and_names_do_not_overlap(language: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    entities = find(text, language=language)
    moved = [e for e in (*entities, *mentions(text, language=language)) if text[e.start : e.end] != e.text]

    assert (moved, overlapping(entities)) == ([], [])
