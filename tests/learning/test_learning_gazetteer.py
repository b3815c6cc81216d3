"""Names learned from corrected and annotated names: what the gazetteer lacks is read, ordinary words are not."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_models import RULES, SETTINGS, article, small_models

from dragoman import pack
from dragoman.errors import RuleError
from dragoman.events.assembly import read_events
from dragoman.learnedlines import learned_lines
from dragoman.learning.gazetteer import Gazetteer, learn_names, names_held_out
from dragoman.learning.gold import Annotated, GoldEvent, text_hash
from dragoman.learning.learner import Offer
from dragoman.learning.namesamples import Marked, marked_articles
from dragoman.learning.namings import Naming
from dragoman.learning.passages import prepare
from dragoman.learning.rulebook import Rulebook
from dragoman.learning.spellings import distance
from dragoman.learning.writing import append
from dragoman.names.finding import read_names, trying
from dragoman.names.lexicon import load_lexicon
from dragoman.records import Article

TEXT = "In 1998 Chile and Mongollia signed a treaty."
FARMERS = article(7, "The mongollia of farmers is a sort of apple. Chile sells it.")


def corrected(text: str, name: str, label: str, country: str | None = None) -> Naming:
    return Naming("a.txt", text_hash(text), "missing", name, label, language="en", at="2026-01-01", country=country)


def missed(text: str, name: str, label: str, country: str | None = None) -> list[Marked]:
    """Mark one name of one article as missed."""
    naming = corrected(text, name, label, country)
    return marked_articles([], [naming], [Article("a.txt", "a.txt", text)], language="en")


def told(book: Rulebook, marked: list[Marked]) -> list[Offer]:
    """Learn from articles, and return all that was offered."""
    offered: list[Offer] = []

    def accept(offer: Offer) -> bool:
        offered.append(offer)
        return offer.refusal is None

    learn_names(book, marked, SETTINGS, accept=accept, created="2026-01-01")
    return offered


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return Rulebook("en", models=small_models(tmp_path))


def words_of(models: Path) -> str:
    files = sorted((models / "en" / "words").glob("*.toml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_a_spelling_learned_from_a_correction_gives_the_event_its_participant(book: Rulebook, tmp_path: Path) -> None:
    before = words_of(tmp_path / "models")
    (offer,) = told(book, missed(TEXT, "Mongollia", "GPE"))
    append(book.path, [offer.line])
    load_lexicon.cache_clear()
    with trying(Gazetteer(book).scanner([])):
        (one,) = prepare([Annotated("b", "en", TEXT, None, None, ())], language="en", settings=SETTINGS)
        events = read_events(one.passage, book.base)

    assert (offer.refusal, offer.proposal.changed + offer.proposal.added) == (None, 1)
    assert [event.participants for event in events] == [("CHL", "MNG")]
    assert [e.canonical for e in one.passage.entities if e.country == "MNG"] == ["Mongolia"]
    assert words_of(tmp_path / "models") == before


def test_a_learned_name_tells_what_it_is_like_and_brings_its_examples(book: Rulebook) -> None:
    (offer,) = told(book, missed(TEXT, "Mongollia", "GPE"))

    assert {key: offer.line[key] for key in ("name", "like", "label", "country", "hits", "provenance", "created")} == {
        "name": "Mongollia",
        "like": "Mongolia",
        "label": "GPE",
        "country": "MNG",
        "hits": [{"text": TEXT}],
        "provenance": {"documents": ["a.txt"]},
        "created": "2026-01-01",
    }


def test_a_name_like_no_other_is_learned_where_its_country_is_told(book: Rulebook) -> None:
    text = "In 1998 Chile and Zubrowka signed a treaty."
    (offer,) = told(book, missed(text, "Zubrowka", "GPE", "POL"))

    assert told(book, missed(text, "Zubrowka", "GPE")) == []
    assert (offer.refusal, offer.line["name"], offer.line["country"]) == (None, "Zubrowka", "POL")


def test_a_name_that_is_an_ordinary_word_elsewhere_is_refused(book: Rulebook) -> None:
    marked = [*missed(TEXT, "Mongollia", "GPE"), Marked(FARMERS, ())]
    (offer,) = told(book, marked)

    assert offer.refusal is not None
    assert offer.refusal.startswith("'mongollia' is no such name in article-7")


def test_a_name_that_is_another_name_in_an_annotated_article_is_refused(book: Rulebook) -> None:
    text = "Bob Mongollia sang in Chile."
    document = replace(article(8, text), names=((0, 13, "PER"), (22, 27, "GPE")))
    (offer,) = told(book, [*missed(TEXT, "Mongollia", "GPE"), Marked(document, ())])

    assert offer.refusal is not None
    assert offer.refusal.startswith("'Mongollia' is no such name in article-8")


def test_a_name_that_makes_events_wrong_is_refused(tmp_path: Path) -> None:
    book = Rulebook("en", models=small_models(tmp_path, rules=RULES.replace("states = 2", "states = 1")))
    place = TEXT.index("signed")
    events = (GoldEvent("treaty_signed", place, place + 6, "1998", ("CHL",)),)
    document = Annotated("a", "en", TEXT, None, None, events, names=((8, 13, "GPE"), (18, 27, "GPE")))
    (offer,) = told(book, marked_articles([document], [], [], language="en"))

    assert (offer.proposal.before.full, offer.proposal.after.full) == (1, 0)
    assert offer.refusal == "type or full F1 of the events would fall in the annotated articles"


def test_annotated_names_teach_as_corrections_do(book: Rulebook) -> None:
    document = Annotated("a", "en", TEXT, None, None, (), names=((8, 13, "GPE"), (18, 27, "GPE")), complete=False)
    offers = told(book, marked_articles([document], [], [], language="en"))

    assert [(offer.line["name"], offer.refusal) for offer in offers] == [("Mongollia", None)]


def test_endings_are_taken_off_a_spelling() -> None:
    text = "Azərbaycanın xarici işlər naziri Qazaqstana, oradan Ruminiyaya getdi."
    naming = Naming("a", text_hash(text), "missing", "Ruminiyaya", "GPE", language="az")
    marked = marked_articles([], [naming], [Article("a", "a", text)], language="az")
    (line,) = Gazetteer(Rulebook("az")).wanted(marked)

    assert (line["name"], line["like"], line["country"]) == ("Ruminiya", "Rumıniya", "ROU")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"name": 3, "label": "GPE", "country": "ROU"}, "has the name 3"),
        ({"name": "Romunia", "label": "PER", "country": "ROU"}, "has the label 'PER'"),
        ({"name": "Romunia", "label": "GPE", "country": "XXY"}, "has the country 'XXY'"),
        ({"name": "Romunia", "label": "GPE"}, "has neither like nor country"),
        ({"name": "Romunia", "label": "GPE", "like": "Rumenia"}, "is like 'Rumenia', which is no GPE of words/"),
    ],
)
def test_a_misshapen_line_is_named(tmp_path: Path, line: dict[str, object], problem: str) -> None:
    models = small_models(tmp_path)
    (models / "en" / "learned.jsonl").write_text(json.dumps({"id": "en.learned.name.1", **line}) + "\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_lexicon("en", models)

    assert f"learned.jsonl: rule en.learned.name.1 {problem}; " in str(caught.value)


@pytest.mark.parametrize("language", pack.languages())
def test_every_learned_name_is_read_in_its_examples(language: str) -> None:
    missing = [
        (raw["id"], hit["text"])
        for _, _, raw in learned_lines(pack.models_folder() / language)
        if "name" in raw
        for hit in raw["hits"]
        if not any(raw["name"] in entity.text for entity in read_names(hit["text"], language=language).entities)
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("one", "other", "apart"), [("romania", "romania", 0), ("romunia", "romania", 1), ("rumnia", "romania", 2)]
)
def test_the_letters_that_differ_are_counted(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == apart


def numbered(number: int, text: str, *names: str) -> Marked:
    """Mark names of places in an article of which everything else is no name."""
    places = tuple((text.index(name), text.index(name) + len(name), "GPE") for name in names)
    document = replace(article(number, text), names=places, complete=False)
    (marked,) = marked_articles([document], [], [], language="en")
    return marked


def test_names_are_tried_on_articles_that_they_were_not_learned_from(book: Rulebook) -> None:
    marked = [numbered(n, f"In 199{n} Chile and Mongollia signed a treaty.", "Chile", "Mongollia") for n in range(3)]
    found = names_held_out(book, marked, SETTINGS)

    assert (found.right, found.wrong, found.harmless) == (3, 0, True)


def test_names_that_do_harm_in_articles_held_out_are_refused(book: Rulebook) -> None:
    marked = [
        numbered(0, "In 1998 Chile and Mongollia signed a treaty.", "Chile", "Mongollia"),
        numbered(1, "Mongollia sang in Chile.", "Chile"),
        numbered(2, "Peru borders Chile.", "Peru", "Chile"),
    ]
    found = names_held_out(book, marked, SETTINGS)
    offered: list[Offer] = []

    def accept(offer: Offer) -> bool:
        offered.append(offer)
        return offer.refusal is None

    learn_names(book, [marked[0]], SETTINGS, accept=accept, created=None, held_out=found)

    assert (found.right, found.wrong, found.harmless) == (0, 1, False)
    assert [str(offer.refusal).split(":")[0] for offer in offered] == ["names do harm in articles held out"]
