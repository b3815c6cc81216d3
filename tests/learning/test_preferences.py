"""Preferences: weights change a choice only where they are clear, and load from a line without any library."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from small_models import article, ready, small_models

from dragoman.events import load_knowledge
from dragoman.events.preferences import Option, Preference, read_preferences
from dragoman.learning.gold import Annotated
from dragoman.learning.guards import Guards
from dragoman.learning.learner import learn, what_helps
from dragoman.learning.preferences import collected, fitted
from dragoman.learning.rulebook import Rulebook
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial
from dragoman.learning.trust import Trust

SIGNED = "In 1998 Chile signed a treaty with Peru that Oman admires."


def as_written(line: dict[str, object], folder: Path) -> tuple[str, ...]:
    """Return the sides of the one event in a sentence, with a line of the learner in the models."""
    models = small_models(folder)
    (models / "en" / "learned.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    load_knowledge.cache_clear()
    trial = Trial(Rulebook("en", models=models), ready([article(1, SIGNED, "signed")]))
    return trial.readings[0].events[0].participants


@pytest.mark.parametrize(
    ("weights", "margin", "expected"),
    [
        ({"any": -2.0, "first": 5.0, "side=before": 1.0}, 0.5, ("CHL", "OMN", "PER")),
        ({"others": -3.0, "any": 1.0}, 1.0, ("CHL", "PER")),
        ({"others": -3.0, "any": 1.0}, 9.0, ("CHL", "OMN", "PER")),
        ({}, 0.0, ("CHL", "OMN", "PER")),
    ],
)
def test_a_state_goes_where_the_weights_are_clear_and_the_rule_has_sides_enough(
    weights: dict[str, float], margin: float, expected: tuple[str, ...], tmp_path: Path
) -> None:
    line = {"id": "en.learned.participants.x", "prefers": "participants", "margin": margin, "weights": weights}

    assert as_written(line, tmp_path) == expected


def test_the_score_adds_the_weights_of_the_features_that_an_option_has() -> None:
    option = Option("CHL", True, {"first": 1.0, "distance": 0.5, "unknown": 1.0})

    assert Preference({"any": 0.25, "first": 1.0, "distance": -2.0}, 0.0).score(option) == 0.25


def test_the_last_line_of_a_slot_holds_and_rules_are_none() -> None:
    lines = [
        {"id": "a", "prefers": "date", "margin": 1.0, "weights": {"inside=True": 1.0}},
        {"id": "b", "type": "visit", "trigger": ["toured"]},
        {"id": "c", "prefers": "date", "margin": 2.0, "weights": {"inside=True": 3}},
    ]

    assert dict(read_preferences(lines).by_slot) == {"date": Preference({"inside=True": 3.0}, 2.0)}


def many(count: int) -> list[Annotated]:
    """Annotate articles in which the last state only looks on."""
    return [replace(article(n, f"{SIGNED} That was day {n}.", "signed"), id=f"a{n:03}") for n in range(count)]


def test_weights_are_learned_from_what_the_rules_chose_wrongly(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    trial = Trial(Rulebook("en", models=small_models(tmp_path)), ready(many(20)))
    labelled, sources = collected(trial, "participants")
    known = Preference(fitted(labelled), 0.0)

    assert (len(labelled), len(sources)) == (60, 20)
    assert [known.score(one.option) > 0 for one in labelled] == [one.right for one in labelled]


def test_too_few_examples_give_no_weights(tmp_path: Path) -> None:
    trial = Trial(Rulebook("en", models=small_models(tmp_path)), ready(many(3)))

    assert fitted(collected(trial, "participants")[0]) == {}


def test_a_preference_that_helps_on_held_out_articles_is_learned(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    book = Rulebook("en", models=small_models(tmp_path))
    trial, guards = Trial(book, ready(many(30))), Guards(book)
    trust = what_helps(trial, guards)
    accepted = learn(trial, guards, accept=lambda offer: offer.refusal is None, trust=trust)

    assert [offer.line.get("prefers") for offer in accepted] == ["participants"]
    assert (trust["preferences for the participants"].before.full, trial.counts.full) == (0, 30)


def test_learned_weights_load_where_the_library_is_not(tmp_path: Path) -> None:
    models = small_models(tmp_path)
    line = {"id": "x", "prefers": "date", "margin": 1.0, "weights": {"any": 1.0}}
    (models / "en" / "learned.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    code = (
        "import sys, pathlib; sys.modules['sklearn'] = None; from dragoman.events import load_knowledge;"
        f"print(sorted(load_knowledge('en', pathlib.Path({str(models)!r})).preferences.by_slot))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "['date']"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Counts(10, 8, 8, 8, 8, 6), Counts(10, 9, 9, 9, 9, 7), True),
        (Counts(10, 8, 8, 8, 8, 6), Counts(10, 8, 8, 8, 8, 6), False),
        (Counts(10, 8, 8, 8, 8, 6), Counts(10, 9, 9, 9, 8, 6), False),
        (Counts(10, 8, 8, 8, 8, 6, 2), Counts(10, 8, 8, 8, 8, 6, 3), True),
        (Counts(10, 8, 8, 8, 8, 6, 2), Counts(10, 9, 9, 9, 9, 7, 1), False),
    ],
)
def test_a_kind_is_trusted_if_a_figure_rises_and_none_falls(before: Counts, after: Counts, expected: bool) -> None:
    assert Trust(before, after).earned is expected
