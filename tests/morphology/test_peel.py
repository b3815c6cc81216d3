"""Endings are taken off as a native reader would: the tables list form, lemma and case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dragoman.morphology import ending, endings, peel
from dragoman.pack import load_pack

HERE = Path(__file__).parent
TABLES = {path.stem: path for path in sorted(HERE.glob("*.tsv"))}


def rows(language: str) -> list[dict[str, str]]:
    with TABLES[language].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def every_row() -> list[tuple[str, str, str, str]]:
    return [
        (language, row["form"], row["lemma"], row["case"]) for language in TABLES for row in rows(language)
    ]


@pytest.mark.parametrize("language", TABLES)
def test_a_table_holds_three_hundred_forms(language: str) -> None:
    forms = {row["form"] for row in rows(language)}

    assert len(forms) >= 300


@pytest.mark.parametrize(("language", "form", "lemma", "case"), every_row())
def test_a_form_of_a_known_name_is_its_lemma_and_case(
    language: str, form: str, lemma: str, case: str
) -> None:
    peeled = peel(form, language=language, known={load_pack(language).fold(lemma)})

    assert (peeled.lemma, peeled.case) == (lemma, case)


@pytest.mark.parametrize(("language", "form", "lemma", "case"), every_row())
def test_nothing_of_a_form_is_lost(language: str, form: str, lemma: str, case: str) -> None:
    peeled = peel(form, language=language)

    assert peeled.lemma + peeled.suffix == form


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [
        ("az", "Əliyevin", "Əliyev"),
        ("az", "Qazaxıstandakı", "Qazaxıstan"),
        ("az", "BMT-nin", "BMT"),
        ("az", "Makronun", "Makron"),
        ("az", "Zelenskinin", "Zelenski"),
        ("az", "Rəsulzadənin", "Rəsulzadə"),
        ("az", "Həsənovdan", "Həsənov"),
        ("az", "NATO-ya", "NATO"),
        ("bn", "হাসিনার", "হাসিনা"),
        ("bn", "আলিয়েভের", "আলিয়েভ"),
        ("bn", "মোদিকে", "মোদি"),
        ("bn", "রহমানের", "রহমান"),
        ("bn", "বুখারেস্ট-এ", "বুখারেস্ট"),
        ("bn", "জার্মানিসহ", "জার্মানি"),
        ("en", "Carter's", "Carter"),
        ("en", "Japan’s", "Japan"),
        ("en", "Airlines'", "Airlines"),
    ],
)
def test_a_word_that_no_list_knows_is_peeled_too(language: str, form: str, lemma: str) -> None:
    assert peel(form, language=language).lemma == lemma


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("az", "Rumıniya"), ("az", "Putin"), ("az", "Məmmədova"), ("az", "Əliyeva"), ("az", "Hüseynzadə"),
        ("az", "Zelenski"), ("az", "Uqanda"), ("az", "Ceyhun"), ("az", "Orxan"), ("az", "Qaribaşvili"),
        ("az", "Anqela"), ("az", "İliyesku"), ("az", "Elçin"), ("az", "Aydın"),
        ("bn", "মজুমদার"), ("bn", "মুনির"), ("bn", "কাদের"), ("bn", "মিলার"), ("bn", "মুজিবুর"),
        ("bn", "আকবর"), ("bn", "রায়"), ("bn", "জয়"), ("bn", "আনোয়ার"), ("bn", "নাসের"),
        ("en", "James"), ("en", "Texas"), ("en", "Dulles"),
    ],
)  # fmt: skip
def test_a_name_that_ends_like_an_ending_is_left_alone(language: str, word: str) -> None:
    assert peel(word, language=language).lemma == word


def test_the_same_text_is_evidence_for_a_lemma() -> None:
    without = peel("Məmmədova", language="az").lemma
    with_it = peel("Məmmədova", language="az", seen={"məmmədov"}).lemma

    assert (without, with_it) == ("Məmmədova", "Məmmədov")


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("Nazirliyinin", "Nazirliyi"), ("Fondunu", "Fondu"), ("Şurasına", "Şurası"), ("Partiyası", "Partiyası")],
)
def test_the_possessive_of_a_compound_belongs_to_the_name(word: str, lemma: str) -> None:
    assert peel(word, language="az", compound=True).lemma == lemma


@pytest.mark.parametrize(
    ("stem", "wrong"),
    [("Bakı", "də"), ("Türkiyə", "dan"), ("İran", "in"), ("London", "ın"), ("Rumıniya", "a"), ("Çin", "yə")],
)
def test_an_ending_out_of_harmony_is_none(stem: str, wrong: str) -> None:
    assert ending(stem, wrong, language="az") is None


@pytest.mark.parametrize(
    ("stem", "wrong"), [("ইরান", "র"), ("ঢাকা", "ের"), ("ভারত", "ীয়"), ("চীন", "া"), ("রাশিয়া", "ন")]
)
def test_an_ending_after_the_wrong_letter_is_none(stem: str, wrong: str) -> None:
    assert ending(stem, wrong, language="bn") is None


def test_both_encodings_of_a_letter_make_the_same_ending() -> None:
    cases = {ending("ঢাকা", tail, language="bn").case for tail in ("য়", "\u09df")}  # type: ignore[union-attr]

    assert cases == {"locative"}


def test_a_foreign_acronym_takes_any_harmony_after_a_hyphen() -> None:
    cases = [ending("BMT", tail, language="az") for tail in ("-nin", "-nın", "-də", "-da")]

    assert [found.case for found in cases if found] == ["genitive", "genitive", "locative", "locative"]


def test_the_inhabitants_of_a_place_are_marked() -> None:
    assert ending("Türkiyə", "lilər", language="az").derived == "people"  # type: ignore[union-attr]


def test_the_table_of_endings_is_finite_and_holds_the_genitive() -> None:
    table = endings("Rumıniya", language="az")

    assert table["nın"].case == "genitive" and len(table) < 5000
