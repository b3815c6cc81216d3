"""The sample corpus and its annotation: offsets, types and what they cover."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dragoman.config import load_settings
from dragoman.language import detect
from dragoman.ontology import load_ontology
from dragoman.pack import languages
from dragoman.reading import read
from dragoman.records import Article, Rejection

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "corpus" / "articles"
GOLD = ROOT / "corpus" / "gold" / "sample.jsonl"

FEWEST_ARTICLES = 8
FEWEST_ANNOTATED = 3
FEWEST_SHARED = 10
INSTRUMENTS = {
    *("treaty", "agreement", "convention", "protocol", "declaration", "statement", "memorandum"),
    *("communique", "contract", "plan", "programme", "notes", "decree", "document", "other"),
}
STATE = re.compile(r"[A-Z]{3}")
DAY = r"\d{4}(-\d\d(-\d\d)?)?"
EDTF = re.compile(rf"({DAY}(/({DAY}|\.\.))?)?")


def annotated() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def records() -> list[Article | Rejection]:
    return list(read([ARTICLES], settings=load_settings()))


def key(doc_id: str) -> str:
    """Return a record's own id, or the name of its file without the ending."""
    name = doc_id.rsplit("/", 1)[-1]
    return name.rsplit("#", 1)[-1] if "#" in name else name.rsplit(".", 1)[0]


def every(kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(document, entry) for document in annotated() for entry in document[kind]]


@pytest.mark.parametrize("language", languages())
def test_each_language_has_enough_articles(language: str) -> None:
    found = [one for one in records() if isinstance(one, Article) and one.doc_id.startswith(f"{language}/")]

    assert len(found) >= FEWEST_ARTICLES


@pytest.mark.parametrize("language", languages())
def test_each_language_has_enough_annotated_articles(language: str) -> None:
    found = [document for document in annotated() if document["language"] == language]

    assert len(found) >= FEWEST_ANNOTATED


@pytest.mark.parametrize("language", languages())
def test_articles_are_in_the_language_of_their_folder(language: str) -> None:
    found = [one for one in records() if isinstance(one, Article) and one.doc_id.startswith(f"{language}/")]
    other = [one.doc_id for one in found if detect(one.text).language != language]

    assert other == []


def test_names_of_articles_do_not_repeat() -> None:
    names = Counter(key(one.doc_id) for one in records() if one.doc_id)
    repeated = [name for name, count in names.items() if count > 1]

    assert repeated == []


def test_one_file_is_broken_and_one_is_in_a_foreign_language() -> None:
    found = records()
    broken = [one.path for one in found if isinstance(one, Rejection)]
    foreign = [one.doc_id for one in found if isinstance(one, Article) and detect(one.text).language is None]

    assert (broken, foreign) == (["other/broken.txt"], ["other/turkiye-kazakistan.txt"])


def test_the_annotated_text_is_the_text_of_the_article() -> None:
    read_as = {key(one.doc_id): one for one in records() if isinstance(one, Article)}
    wrong = [
        document["id"]
        for document in annotated()
        if (article := read_as.get(document["id"])) is None
        or (article.text, article.title, article.published)
        != (document["text"], document["title"], document["published"])
    ]

    assert wrong == []


def test_triggers_and_dates_stand_where_the_annotation_says() -> None:
    wrong = [
        (document["id"], entry)
        for kind, word in (("events", "trigger"), ("dates", "text"))
        for document, entry in every(kind)
        if document["text"][entry["start"] : entry["end"]] != entry[word]
    ]

    assert wrong == []


def test_annotated_types_are_known() -> None:
    unknown = {event["type"] for _, event in every("events")} - set(load_ontology())

    assert unknown == set()


def test_every_type_with_a_sharp_edge_is_annotated() -> None:
    hard = {name for name, event_type in load_ontology().items() if not event_type.soft}
    found = {event["type"] for _, event in every("events") if not event.get("optional")}

    assert hard - found == set()


def test_planned_possible_negated_and_habitual_events_occur() -> None:
    events = [event for _, event in every("events")]
    modalities = {event["modality"] for event in events}
    polarities = {event["polarity"] for event in events}
    aspects = {event.get("aspect", "single") for event in events}

    assert (modalities, polarities, aspects) == (
        {"actual", "planned", "possible"},
        {"positive", "negated"},
        {"single", "habitual"},
    )


def test_slots_of_annotated_events_are_well_formed() -> None:
    wrong = [
        (document["id"], event)
        for document, event in every("events")
        if not EDTF.fullmatch(event["date"])
        or not all(STATE.fullmatch(state) for state in event["participants"])
        or event["participants"] != sorted(set(event["participants"]))
        or not INSTRUMENTS.issuperset(event.get("instruments", ()))
        or not {*event.get("source", ()), *event.get("target", ())} <= set(event["participants"])
    ]

    assert wrong == []


def test_mutual_events_have_no_direction() -> None:
    mutual = {name for name, event_type in load_ontology().items() if event_type.direction == "mutual"}
    wrong = [
        event for _, event in every("events") if event["type"] in mutual and {"source", "target"} & set(event)
    ]

    assert wrong == []


def test_many_events_are_told_in_two_languages() -> None:
    told: dict[tuple[str, str, str], set[str]] = {}
    for document, event in every("events"):
        if len(event["date"]) == len("1991-12-11"):
            same = (event["type"], event["date"], ";".join(event["participants"]))
            told.setdefault(same, set()).add(document["language"])
    shared = [same for same, tongues in told.items() if len(tongues) > 1]

    assert len(shared) >= FEWEST_SHARED


def test_two_sources_disagree_about_one_day() -> None:
    days = {
        (document["language"], event["date"])
        for document, event in every("events")
        if event["type"] == "relations_established" and event["participants"] == ["AZE", "ROU"]
    }

    assert days == {("az", "1992-06-21"), ("bn", "1992-06-19")}
