"""Persons are found behind titles, by initials and by their surnames, with the state they act for."""

from __future__ import annotations

import pytest

from dragoman.names import find, mentions


def people(text: str, language: str) -> list[tuple[str, str, str | None]]:
    return [(e.text, e.canonical, e.country) for e in find(text, language=language) if e.label == "PER"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Rumıniya Prezidenti İon İliyesku Bakıya gəlib.", [("İon İliyesku", "İon İliyesku", "ROU")]),
        ("az", "Azərbaycan Respublikasının Prezidenti Heydər Əliyev Rumıniyaya səfər edib.",
         [("Heydər Əliyev", "Heydər Əliyev", "AZE")]),
        ("az", "Gürcüstanın Azərbaycandakı səfiri Zurab Pataridzenin sözləri",
         [("Zurab Pataridzenin", "Zurab Pataridze", "GEO")]),
        ("az", "Fransanın xarici işlər naziri Katrin Kolonna ilə",
         [("Katrin Kolonna", "Katrin Kolonna", "FRA")]),
        ("bn", "আজারবাইজানের রাষ্ট্রপতি ইলহাম আলিয়েভ রোমানিয়া সফরে যান।",
         [("ইলহাম আলিয়েভ", "ইলহাম আলিয়েভ", "AZE")]),
        ("bn", "ইরানের পররাষ্ট্রমন্ত্রী আব্বাস আরাগচি সাংবাদিকদের বলেন,",
         [("আব্বাস আরাগচি", "আব্বাস আরাগচি", "IRN")]),
        ("en", "Japanese Foreign Minister Yoshimasa Hayashi said",
         [("Yoshimasa Hayashi", "Yoshimasa Hayashi", "JPN")]),
        ("en", "Prime Minister of Japan Fumio Kishida’s visit",
         [("Fumio Kishida’s", "Fumio Kishida", "JPN")]),
        ("en", "Klaus Werner Iohannis, the president of Romania, arrived",
         [("Klaus Werner Iohannis", "Klaus Werner Iohannis", "ROU")]),
    ],
)  # fmt: skip
def test_a_title_with_its_state_names_a_person(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert people(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Müdafiə naziri S.Mehmandarov gəldi.", ["S.Mehmandarov"]),
        ("az", "Həmin dövrdə M.Ə.Rəsulzadə yaşayıb.", ["M.Ə.Rəsulzadə"]),
        ("en", "It was George W. Bush who came.", ["George W. Bush"]),
        ("bn", "পররাষ্ট্রমন্ত্রী এ কে আবদুল মোমেন বলেন", ["এ কে আবদুল মোমেন"]),
    ],
)
def test_initials_begin_a_name(language: str, text: str, expected: list[str]) -> None:
    assert [text for text, *_ in people(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Japanese Foreign Minister Yoshimasa Hayashi came. Later Hayashi’s aide left.",
         [("Yoshimasa Hayashi", "JPN"), ("Hayashi’s", "JPN")]),
        ("az", "Rumıniya Prezidenti İon İliyesku gəldi. İliyeskunun səfəri bitdi.",
         [("İon İliyesku", "ROU"), ("İliyeskunun", "ROU")]),
        ("bn", "ইরানের পররাষ্ট্রমন্ত্রী আব্বাস আরাগচি বলেন। পরে আরাগচির সফর শেষ হয়।",
         [("আব্বাস আরাগচি", "IRN"), ("আরাগচির", "IRN")]),
    ],
)  # fmt: skip
def test_a_surname_alone_is_the_same_person(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text, country) for text, _, country in people(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Azerbaijan welcomed him, President Aliyev said.", [("Aliyev", "AZE")]),
        ("en", "Talks with Egypt went on after Sadat's return.", [("Sadat's", "EGY")]),
        ("az", "Makron Fransaya qayıdıb.", [("Makron", "FRA")]),
        ("bn", "ভারতে মোদির সরকার", [("মোদির", "IND")]),
    ],
)
def test_a_leader_is_known_by_his_surname_where_his_state_is_named(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(text, country) for text, _, country in people(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "Rumıniya prezidentinin Azərbaycana səfəri"),
        ("az", "Prezident Azərbaycana qayıtdı."),
        ("en", "The President of Romania visited Baku in May."),
        ("en", "The Minister said that Romania agreed."),
        ("en", "the U.S. Embassy opened"),
        ("en", "Rice is grown in the United States."),
        ("en", "They met in Hyde Park, and South Korea agreed."),
        ("bn", "রাষ্ট্রপতি রোমানিয়া সফরে যান।"),
        ("bn", "প্রধানমন্ত্রী গতকাল ঢাকায় বলেন"),
    ],
)
def test_an_office_without_a_name_is_no_person(language: str, text: str) -> None:
    assert people(text, language) == []


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    assert people("প্রধানমন্ত্রী শেখ হাসিনার সফর নিয়ে আলোচনা হয়।", "bn")[0][:2] == ("শেখ হাসিনার", "শেখ হাসিনা")


@pytest.mark.parametrize("piece", ["A.", "President ", "John ", "Prezident Heydər Əliyev ", "মোহাম্মদ ", "ড. "])
def test_a_long_text_of_beginnings_does_not_hang(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    ends = [e.end for language in ("az", "bn", "en") for e in find(text, language=language)]

    assert all(end <= len(text) for end in ends)


@pytest.mark.parametrize(("published", "expected"), [(None, "NOR"), ("2010-03-02", "NOR"), ("2019-03-02", None)])
def test_who_heads_an_organisation_stands_for_no_state(published: str | None, expected: str | None) -> None:
    names = find("Jens Stoltenberg visited Lima.", language="en", published=published)
    countries = [name.country for name in names if name.label == "PER"]

    assert countries == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Hamid went to Lima.", "BGD"),
        ("The club's president Hamid went to Lima.", None),
        ("President Hamid Khan went to Lima.", None),
        ("Prime Minister Hamid went to Lima.", None),
    ],
)
def test_an_office_tells_whose_leader_has_a_surname(text: str, expected: str | None) -> None:
    countries = [name.country for name in find(text, language="en") if name.label == "PER"]

    assert countries == [expected]


def test_no_american_stands_in_latin_american() -> None:
    assert [mention.country for mention in mentions("Latin American and Peruvian towns", language="en")] == ["PER"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "NATO Secretary General Jens Stoltenberg visited Lima."),
        ("az", "NATO Baş katibi Yens Stoltenberq Limaya səfər edib."),
    ],
)
def test_who_is_named_as_head_of_an_organisation_stands_for_no_state(language: str, text: str) -> None:
    persons = [(entity.label, entity.country) for entity in find(text, language=language) if entity.label == "PER"]

    assert persons == [("PER", None)]
