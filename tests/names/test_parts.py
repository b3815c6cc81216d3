"""One name for a part and its body, for a council and its state, for a fund and the office it is at."""

import pytest

from dragoman.names import find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bakı Dövlət Universitetinin Hüquq fakültəsində oxuyub.", "Bakı Dövlət Universitetinin Hüquq fakültəsində"),
        (
            "Gürcüstan Xarici İşlər Nazirliyinin Asiya və Afrika şöbəsinin müdiri gəlib.",
            "Gürcüstan Xarici İşlər Nazirliyinin Asiya və Afrika şöbəsinin",
        ),
        ("Dünən ATƏT-in Nazirlər Şurası toplanıb.", "ATƏT-in Nazirlər Şurası"),
        (
            "Türk Dövlətləri Təşkilatı (TDT) Xarici İşlər Nazirləri Şurası toplanıb.",
            "Türk Dövlətləri Təşkilatı (TDT) Xarici İşlər Nazirləri Şurası",
        ),
        ("Dünən Ermənistanın Təhlükəsizlik Şurası toplanıb.", "Ermənistanın Təhlükəsizlik Şurası"),
        ("Dünən Ermənistan Təhlükəsizlik Şurasının katibi gəlib.", "Ermənistan Təhlükəsizlik Şurasının"),
        ("Azərbaycan Prezidenti yanında Dostluq Fondu yaradılıb.", "Azərbaycan Prezidenti yanında Dostluq Fondu"),
        ("Dünən Enerji Məsələləri üzrə Dövlət Komissiyası toplanıb.", "Enerji Məsələləri üzrə Dövlət Komissiyası"),
    ],
)
def test_a_part_and_its_body_are_one_organisation(text: str, expected: str) -> None:
    found = find(text, language="az")

    assert [name.text for name in found if name.label == "ORG"] == [expected]


def test_the_security_council_that_a_state_addresses_is_not_its_own() -> None:
    found = find("Dünən Rusiya Təhlükəsizlik Şurasına müraciət edib.", language="az")

    assert [(name.text, name.code) for name in found] == [("Rusiya", None), ("Təhlükəsizlik Şurasına", "UNSC")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gürcüstan sülh sazişi haqqında danışıb.", []),
        ("Oktyabrda MDB sammiti keçirilib.", []),
        ("Münhen sazişi imzalanıb.", ["Münhen sazişi"]),
        ("Oktyabrda Budapeşt sammiti keçirilib.", ["Budapeşt sammiti"]),
    ],
)
def test_a_treaty_or_summit_is_named_after_a_town_not_after_a_side(text: str, expected: list[str]) -> None:
    found = find(text, language="az")

    assert [name.text for name in found if name.label == "MISC"] == expected


def test_a_name_goes_on_with_an_article_joined_by_a_hyphen() -> None:
    found = find("Qətərin xarici işlər naziri Şeyx Həmid bin Salman əl-Mansuri gəlib.", language="az")

    assert [name.text for name in found] == ["Qətərin", "Həmid bin Salman əl-Mansuri"]
