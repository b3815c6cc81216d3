"""models/<language>/words: every state, place, organisation and leader named in every language."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import PackError
from dragoman.pack import languages, load_pack, models_folder

LANGUAGES = languages()
FILES = ("states", "places", "organisations", "leaders", "offices")
OFFICES = {
    "head_of_state", "head_of_government", "foreign_minister", "minister", "ambassador", "envoy", "speaker",
    "general", "other_titles", "honorifics", "ministries", "missions", "parliaments", "governments",
    "delegations", "organisation_heads",
}  # fmt: skip
KINDS = {"capital", "city", "region", "seat", "historic"}


def rows(*parts: str) -> list[dict[str, str]]:
    path: Path = models_folder().joinpath(*parts)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(language: str, file: str) -> dict[str, Any]:
    return load_pack(language).read("words", f"{file}.toml")


def spellings(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every key with each of its words."""
    for key, value in table.items():
        lists = value.values() if isinstance(value, dict) else [value]
        for word in (word for words_of_key in lists for word in words_of_key):
            yield key, word


def shared_spellings(language: str, table: dict[str, Any]) -> list[tuple[str, set[str]]]:
    owners: dict[str, set[str]] = {}
    for key, word in spellings(table):
        owners.setdefault(load_pack(language).fold(word), set()).add(key)
    return [(word, keys) for word, keys in owners.items() if len(keys) > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_named(language: str) -> None:
    states = {row["iso3"] for row in rows("states", "states.csv")}
    table = words(language, "states")
    nameless = [iso3 for iso3, entry in table.items() if not entry["names"]]

    assert set(table) == states
    assert nameless == []


def test_the_states_are_all_of_iso_3166_1() -> None:
    territories = pytest.importorskip("babel").Locale("en").territories
    two_letters = {code for code in territories if re.fullmatch("[A-Z]{2}", code)}
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    present = {row["iso2"] for row in rows("states", "states.csv") if not row["successors"]}

    assert two_letters - groups - present == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["states", "places", "organisations", "leaders"])
def test_no_word_stands_for_two_things(language: str, file: str) -> None:
    shared = shared_spellings(language, words(language, file))

    assert shared == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_is_named_like_a_state(language: str) -> None:
    fold = load_pack(language).fold
    states = {fold(word) for _, word in spellings(words(language, "states"))}
    same = [word for _, word in spellings(words(language, "places")) if fold(word) in states]

    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_words_are_clean(language: str, file: str) -> None:
    wrong = [
        (key, word)
        for key, word in spellings(words(language, file))
        if not word or word != word.strip() or "  " in word or word != unicodedata.normalize("NFC", word)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ambiguous_is_a_word_of_the_state(language: str) -> None:
    stray = [
        (iso3, word)
        for iso3, entry in words(language, "states").items()
        for word in entry.get("ambiguous", [])
        if word not in [*entry["names"], *entry.get("people", [])]
    ]

    assert stray == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["states", "places", "organisations", "leaders"])
def test_the_files_are_sorted(language: str, file: str) -> None:
    keys = list(words(language, file))

    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("file", "table", "column"),
    [
        ("places", ("states", "places.csv"), "place"),
        ("organisations", ("organisations.csv",), "code"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_have_exactly_the_keys_of_the_table(
    language: str, file: str, table: tuple[str, ...], column: str
) -> None:
    keys = [row[column] for row in rows(*table)]

    assert keys == sorted(set(keys))
    assert set(words(language, file)) == set(keys)


def test_every_place_belongs_to_a_known_state_or_to_none() -> None:
    states = {row["iso3"] for row in rows("states", "states.csv")}
    places = rows("states", "places.csv")
    wrong = [row["place"] for row in places if row["kind"] not in KINDS or row["iso3"] not in states | {""}]
    homeless = [row["place"] for row in places if row["kind"] in ("capital", "city") and not row["iso3"]]

    assert wrong == []
    assert homeless == []


def test_every_state_with_a_seat_in_the_united_nations_has_a_capital() -> None:
    capitals = {row["iso3"] for row in rows("states", "places.csv") if row["kind"] == "capital"}
    members = {
        row["iso3"]
        for row in rows("states", "states.csv")
        if row["cow"] and not row["last_year"] and not row["successors"]
    }

    assert members - capitals == set()


def test_leaders_hold_known_offices_in_known_states() -> None:
    states = {row["iso3"] for row in rows("states", "states.csv")}
    offices = {"head_of_state", "head_of_government", "foreign_minister", "speaker", ""}
    moment = re.compile(r"(\d{4}(-\d{2}-\d{2})?)?")
    wrong = [
        row
        for row in rows("states", "leaders.csv")
        if row["office"] not in offices
        or row["iso3"] not in states
        or not moment.fullmatch(row["from"])
        or not moment.fullmatch(row["to"])
        or bool(row["office"]) != bool(row["from"])
        or (row["to"] and row["from"][:4] > row["to"][:4])
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_leader_of_the_table_is_named(language: str) -> None:
    leaders = {row["leader"] for row in rows("states", "leaders.csv")}

    assert leaders - set(words(language, "leaders")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_know_the_same_leaders(language: str) -> None:
    assert set(words(language, "leaders")) == set(words(LANGUAGES[0], "leaders"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kinds_of_office_words_are_there(language: str) -> None:
    table = words(language, "offices")

    assert set(table) == OFFICES
    assert [key for key, listed in table.items() if not listed] == []


@pytest.mark.parametrize(
    ("language", "iso3", "expected"),
    [
        ("az", "USA", {"ABŞ", "Amerika", "Birləşmiş Ştatlar", "amerikalı"}),
        ("az", "CHN", {"Çin", "ÇXR", "Çin Xalq Respublikası"}),
        ("az", "ROU", {"Rumıniya", "rumın"}),
        ("az", "SUN", {"SSRİ", "Sovet İttifaqı", "sovet"}),
        ("bn", "USA", {"যুক্তরাষ্ট্র", "মার্কিন যুক্তরাষ্ট্র", "আমেরিকা", "মার্কিন"}),
        ("bn", "GBR", {"যুক্তরাজ্য", "ব্রিটেন", "ব্রিটিশ", "ইংল্যান্ড"}),
        ("bn", "MMR", {"মিয়ানমার", "মায়ানমার", "বার্মা"}),
        ("bn", "BGD", {"বাংলাদেশ", "বাংলাদেশি", "বাংলাদেশী"}),
        ("bn", "ISR", {"ইসরায়েল", "ইসরাইল", "ইজরায়েল"}),
        ("en", "GBR", {"United Kingdom", "UK", "U.K.", "Britain", "British"}),
        ("en", "USA", {"United States", "U.S.", "US", "USA", "America", "American", "Americans"}),
        ("en", "ROU", {"Romania", "Romanian", "Romanians"}),
    ],
)
def test_usual_names_are_known(language: str, iso3: str, expected: set[str]) -> None:
    entry = words(language, "states")[iso3]
    known = {*entry["names"], *entry["people"]}

    assert {unicodedata.normalize("NFC", word) for word in expected} - known == set()


def test_a_broken_word_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    (folder / "words").mkdir(parents=True)
    (tmp_path / "folding.toml").write_text("[fold]\n", "utf-8")
    (folder / "language.toml").write_text('code = "xx"\n', "utf-8")
    (folder / "words" / "states.toml").write_text("[AZE]\nnames = [\n", "utf-8")

    with pytest.raises(PackError, match=r"states\.toml"):
        load_pack("xx", tmp_path).read("words", "states.toml")


def test_the_files_are_valid_toml_with_a_word_about_themselves() -> None:
    mute = [
        str(path)
        for path in sorted(models_folder().glob("*/words/*.toml"))
        if path.stem in FILES
        and not ((text := path.read_text("utf-8")).startswith("#") and tomllib.loads(text))
    ]

    assert mute == []


def test_heads_of_organisations_are_named_and_their_organisations_known() -> None:
    organisations = {row["code"] for row in rows("organisations.csv")}
    heads = rows("states", "organisation_heads.csv")
    unknown = [
        row["leader"]
        for row in heads
        if row["organisation"] not in organisations or row["leader"] not in words(LANGUAGES[0], "leaders")
    ]
    keys = [(row["leader"], row["organisation"]) for row in heads]

    assert unknown == []
    assert keys == sorted(set(keys))


def test_a_body_is_part_of_an_organisation_that_stands_for_itself() -> None:
    table = rows("organisations.csv")
    whole = {row["code"] for row in table if not row["part_of"]}
    stray = [row["code"] for row in table if row["part_of"] and row["part_of"] not in whole]

    assert {row["code"]: row["part_of"] for row in table}["UNSC"] == "UN"
    assert stray == []
