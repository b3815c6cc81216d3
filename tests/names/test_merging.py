"""The gazetteer wins for what it knows, the model for the rest."""

from __future__ import annotations

from dragoman.names import find, merge
from dragoman.records import Entity


def tagged(text: str, piece: str, label: str) -> Entity:
    start = text.index(piece)
    return Entity(start, start + len(piece), piece, label, piece, engine="spacy")


def test_a_state_keeps_its_label_against_the_model() -> None:
    text = "Delegation from Georgia met in Baku."
    model = [tagged(text, "Georgia", "PER"), tagged(text, "Baku", "LOC")]

    merged = merge(find(text, language="en"), model, text, language="en")

    assert [(e.text, e.label, e.country) for e in merged] == [
        ("Georgia", "GPE", "GEO"),
        ("Baku", "GPE", "AZE"),
    ]


def test_a_longer_organisation_around_a_city_wins() -> None:
    text = "Bakı Slavyan Universitetinin rektoru"
    model = [tagged(text, "Bakı Slavyan Universitetinin", "ORG")]

    merged = merge(find(text, language="az"), model, text, language="az")

    assert [(e.label, e.canonical, e.case) for e in merged] == [("ORG", "Bakı Slavyan Universiteti", "genitive")]


def test_a_persons_ending_is_taken_off() -> None:
    text = "Annalena Berbokun səfəri"

    merged = merge((), [tagged(text, "Annalena Berbokun", "PER")], text, language="az")

    assert [(e.canonical, e.case, e.kind) for e in merged] == [("Annalena Berbok", "genitive", "person")]


def test_a_surname_found_by_the_model_takes_the_state_of_the_full_name() -> None:
    text = "Japanese Foreign Minister Taro Aso came. Aso left."
    known = [e for e in find(text, language="en") if e.text != "Aso"]
    last = text.rindex("Aso")
    model = [Entity(last, last + 3, "Aso", "PER", "Aso", engine="spacy")]

    merged = merge(known, model, text, language="en")

    assert (merged[-1].text, merged[-1].country) == ("Aso", "JPN")


def test_nothing_overlaps_after_merging() -> None:
    text = "the Embassy of Azerbaijan in Romania"
    model = [tagged(text, "Azerbaijan in Romania", "ORG"), tagged(text, "Romania", "LOC")]

    merged = merge(find(text, language="en"), model, text, language="en")

    assert [e.text for e in merged] == ["Embassy of Azerbaijan in Romania"]


def test_a_leader_known_by_his_surname_keeps_the_first_name_that_the_model_reads() -> None:
    text = "Türkiyənin baş naziri Əhməd Davudoğlu gəlib. Ahmet Davudoğlu belə deyib."
    model = [tagged(text, "Ahmet Davudoğlu", "PER")]

    merged = merge(find(text, language="az"), model, text, language="az")

    assert [(e.text, e.country) for e in merged if e.label == "PER"] == [
        ("Əhməd Davudoğlu", "TUR"),
        ("Ahmet Davudoğlu", "TUR"),
    ]
