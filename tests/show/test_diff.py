"""What changed between two runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_run import BENGALI, bengali, english, event, write
from typer.testing import CliRunner

from dragoman.cli import application
from dragoman.differing import compare, lines
from dragoman.records import Extraction
from dragoman.results import read


def runs(tmp_path: Path, *after: Extraction) -> list[str]:
    """Compare the sample run with another; return the lines without the counts of what stayed."""
    write(tmp_path / "a", records=[english(), bengali()])
    write(tmp_path / "b", records=after)
    difference = compare(read(tmp_path / "a"), read(tmp_path / "b"))
    return [f"{sign} {line}" for sign, line in lines(difference)]


def test_the_same_run_has_no_difference(tmp_path: Path) -> None:
    assert runs(tmp_path, english(), bengali()) == ["= 0 came, 0 went, 0 changed, 4 stayed the same"]


def test_a_changed_date_is_a_change_of_one_event(tmp_path: Path) -> None:
    told = bengali()
    later = replace(told, events=(replace(told.events[0], date="1991-12", date_precision="month"),))

    assert runs(tmp_path, english(), later) == [
        "~ news/bn.txt:58  recognition  1991-12  ROU → AZE  স্বীকৃতি",
        "~     date: 1991-12-11 → 1991-12",
        "= 0 came, 0 went, 1 changed, 3 stayed the same",
    ]


def test_sides_are_compared_as_lists(tmp_path: Path) -> None:
    told = bengali()
    later = replace(told, events=(replace(told.events[0], source=("AZE",), target=("ROU",), persons=()),))

    assert runs(tmp_path, english(), later)[1:4] == [
        "~     source: ROU → AZE",
        "~     target: AZE → ROU",
        "~     persons: ক;খ;গ\\ঘ → -",
    ]


def test_a_longer_trigger_and_another_type_are_changes(tmp_path: Path) -> None:
    told = english()
    first, second, third = told.events
    longer = replace(first, end=first.end + 3, trigger="recognised Az")
    later = replace(told, events=(longer, replace(second, type="treaty_ratified"), third))

    assert [line for line in runs(tmp_path, later, bengali()) if line.startswith("~     ")] == [
        "~     trigger: recognised → recognised Az",
        "~     type: treaty_signed → treaty_ratified",
    ]


def test_events_come_and_go(tmp_path: Path) -> None:
    told = bengali()
    other = event(BENGALI, "আজারবাইজানের", type="visit")

    assert runs(tmp_path, english(), replace(told, events=(other,))) == [
        "- news/bn.txt:58  recognition  1991-12-11  ROU → AZE  স্বীকৃতি",
        "+ news/bn.txt:33  visit  -  -  আজারবাইজানের",
        "= 1 came, 1 went, 0 changed, 3 stayed the same",
    ]


def test_articles_that_are_new_gone_or_altered_are_named(tmp_path: Path) -> None:
    told = english()
    altered = replace(told, article=replace(told.article, text=told.article.text + " More."))

    assert [line for line in runs(tmp_path, altered, bengali("news/other.txt")) if line.startswith("!")] == [
        "! article only in the second run: news/other.txt",
        "! article only in the first run: news/bn.txt",
        "! article with another text: news/en.txt",
    ]


@pytest.mark.parametrize(("options", "count"), [([], 0), (["--all"], 1)])
def test_confidence_counts_only_when_asked_for(options: list[str], count: int, tmp_path: Path) -> None:
    told = bengali()
    write(tmp_path / "a", records=[told])
    write(tmp_path / "b", records=[replace(told, events=(replace(told.events[0], confidence=0.5),))])
    done = CliRunner().invoke(application(), ["diff", str(tmp_path / "a"), str(tmp_path / "b"), *options])

    assert f"{count} changed" in done.stdout
    assert "\x1b" not in done.stdout
