"""Reviewing without a browser: the queue, what slots mean, and what is said about a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportable import large_run

from dragoman import results
from dragoman.commands.learn import _told as tell_offer
from dragoman.learning.learner import Offer
from dragoman.learning.proposals import Example, Proposal
from dragoman.learning.scoring import Counts
from dragoman.review.desk import Desk, Window
from dragoman.review.journal import Journal
from dragoman.review.material import Material
from dragoman.review.preview import sorted_out
from dragoman.review.slots import read_typed
from dragoman.review.standing import Standing
from dragoman.review.views import view
from dragoman.review.wording import in_words

EVENT: dict[str, Any] = {
    "type": "visit",
    "date": "1995-06-30",
    "participants": ["AZE", "ROU"],
    "source": ["AZE"],
    "target": ["ROU"],
}


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1991-12-11", "11 December 1991"),
        ("1991-12", "December 1991, day unknown"),
        ("1991", "1991, day unknown"),
        ("199X", "some time between 1 January 1990 and 31 December 1999"),
        ("1992-21", "some time between 1 March 1992 and 31 May 1992"),
        ("1992/1995-06", "from 1 January 1992 until 30 June 1995"),
        ("1992/..", "from 1 January 1992 on, end open"),
        ("/1992-03", "until 31 March 1992, beginning open"),
        ("XXXX-12-11", "11 December, year unknown"),
        ("XXXX-12", "December, year unknown"),
        ("1991~", "1991, day unknown, approximately"),
        ("1991-12?", "December 1991, day unknown, uncertain"),
        ("1991%", "1991, day unknown, approximately, uncertain"),
        ("-0043-03-15", "15 March 44 BCE"),
    ],
)
def test_a_date_is_told_in_words(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


@pytest.mark.parametrize("text", ["", "spring", "1991-13", "1995/1992"])
def test_what_is_no_date_has_no_words(text: str) -> None:
    with pytest.raises(ValueError):
        in_words(text)


@pytest.mark.parametrize(
    ("language", "slot", "typed", "values"),
    [
        ("en", "date", "1995-07", {"date": "1995-07"}),
        ("az", "date", "1995-ci il iyulun 3-ü", {"date": "1995-07-03"}),
        ("bn", "date", "৩ জুলাই ১৯৯৫", {"date": "1995-07-03"}),
        ("en", "date", "", {"date": None}),
        ("en", "participants", "Azerbaijan; tur", {"participants": ["AZE", "TUR"]}),
        ("az", "participants", "Gürcüstan, AZE", {"participants": ["AZE", "GEO"]}),
        ("bn", "participants", "বাংলাদেশ;ভারত", {"participants": ["BGD", "IND"]}),
        ("en", "participants", "ROU; AZE", {}),
        ("en", "source", "geo", {"source": ["GEO"], "participants": ["GEO", "ROU"]}),
        ("en", "type", "Relations established", {"type": "relations_established"}),
        ("en", "persons", "One; Other", {"persons": ["One", "Other"]}),
    ],
)
def test_slots_are_understood_as_people_type_them(language: str, slot: str, typed: str, values: dict[str, Any]) -> None:
    understood = read_typed({slot: typed}, EVENT, language=language)

    assert (dict(understood.values), dict(understood.problems)) == (values, {})


@pytest.mark.parametrize(
    ("slot", "typed"),
    [("date", "1995-13"), ("participants", "Atlantis"), ("type", "party"), ("count_min", "many"), ("modality", "so")],
)
def test_what_is_not_understood_is_named_by_its_slot(slot: str, typed: str) -> None:
    understood = read_typed({slot: typed, "place": "Baku"}, EVENT, language="en")

    assert list(understood.problems) == [slot]
    assert dict(understood.values) == {"place": "Baku"}


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("desk")
    return Material(results.read(large_run(folder / "articles", folder / "run", documents=6, events=4)))


@pytest.fixture
def desk(material: Material, tmp_path: Path) -> Desk:
    return Desk(Standing(material, Journal(tmp_path, by=None)), today=lambda: "2026-01-01")


def test_the_most_doubtful_come_first_and_each_rule_has_its_turn(material: Material) -> None:
    for number, event in enumerate(material.events.values()):
        event["confidence"] = 0.5 + number % 7 / 20
    material.__dict__.pop("orders", None)
    doubtful = [material.events[event_id]["confidence"] for event_id in material.orders["doubtful"]]
    useful = [(event["language"], event["rule"]) for event in map(material.events.get, material.orders["useful"])]
    rules = len(set(useful))

    assert doubtful == sorted(doubtful)
    assert len(set(useful[:rules])) == rules


def test_what_is_not_shown_is_not_judged(desk: Desk) -> None:
    window = Window()
    desk.open(window, tab="one", choice={}, event=None)
    shown, hidden = window.listed[:2]
    desk.judge(window, hidden, "wrong")
    desk.judge(window, shown, "right")
    desk.judge(window, shown, "wrong")

    assert [word.event_id for word in desk.standing.journal.missing()] == []
    assert desk.standing.progress() == {"events": 24, "right": 1, "wrong": 0, "fixed": 0, "missing": 0}


def test_the_same_word_is_not_written_twice(desk: Desk) -> None:
    window = Window()
    desk.open(window, tab="one", choice={}, event=None)
    event_id = str(window.current)
    desk.judge(window, event_id, "right")
    desk.go(window, event_id)
    desk.judge(window, event_id, "right")

    assert desk.standing.journal.written == 1


def test_what_was_fixed_stays_fixed_when_more_is_fixed_or_it_is_called_right(desk: Desk) -> None:
    window = Window()
    desk.open(window, tab="one", choice={}, event=None)
    event_id = str(window.current)
    desk.fix(window, event_id, {"date": "1999"})
    desk.fix(window, event_id, {"date": "1999", "place": "Baku"})
    desk.go(window, event_id)
    desk.judge(window, event_id, "right")
    stands = desk.standing.word(event_id)
    desk.fix(window, event_id, {})

    assert stands is not None
    assert (stands.verdict, stands.values) == ("fixed", {"date": "1999", "place": "Baku"})
    assert desk.standing.word(event_id) is None


def test_proposals_are_told_apart_as_the_command_writes_them() -> None:
    line = {"id": "en.learned.visit.1", "type": "visit", "trigger": ["called on"]}
    counts = Counts(gold=2, found=2, type=1)
    example = Example("a.txt", "They called on: {nobody}.", "adds a right visit")
    proposal = Proposal("trigger", line, frozenset({0, 1}), {}, counts, examples=(example,))
    told = "\n".join(tell_offer(Offer(proposal, None)))
    text = f"en: 2 articles\n  tried in turn\n{told}\n{told}\n  refused: it would fall\nen: 0 accepted\n"

    assert sorted_out(text) == {
        "passed": [told],
        "refused": [f"{told}\n  refused: it would fall"],
        "rest": ["en: 2 articles\n  tried in turn", "en: 0 accepted"],
    }


def test_an_added_event_can_be_changed_taken_back_and_restored(desk: Desk) -> None:
    window = Window()
    desk.open(window, tab="one", choice={}, event=None)
    row = desk.standing.rows[str(window.current)]
    place = row["end"] + 1, row["end"] + 4
    desk.add(window, row["event_id"], *place, {"type": "meeting", "date": "1999"})
    (added,) = desk.standing.added
    desk.go(window, added)
    desk.fix(window, added, {"type": "award", "date": "1999"})
    changed = [(event["type"], event["date"]) for event in desk.standing.added.values()]
    (added,) = desk.standing.added
    desk.withdraw(window, added)
    gone = dict(desk.standing.added)
    desk.undo(window)

    assert changed == [("award", "1999")]
    assert gone == {}
    assert [event["type"] for event in desk.standing.added.values()] == ["award"]


def test_the_list_is_sent_by_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.review.desk.PAGE", 10)
    monkeypatch.setattr("dragoman.review.views.PAGE", 10)
    window = Window()
    desk.open(window, tab="one", choice={}, event=None)
    desk.turn(window, 1)
    desk.turn(window, 1)
    desk.turn(window, 1)
    shown = view(desk, window)

    assert (shown["first"], len(shown["queue"]), shown["place"], shown["listed"]) == (20, 4, 20, 24)
