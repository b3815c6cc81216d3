"""The scorer: what counts as found, as right, as wrong, and as neither."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Settings
from dragoman.flow import process
from dragoman.learning.evaluation import by_language, evaluate
from dragoman.learning.gold import Annotated, GoldDate, GoldEvent, read_gold
from dragoman.learning.scoring import Counts, DateCounts, NameCounts, score, score_dates, score_names, total
from dragoman.records import Article, Entity, Event, Extraction, Timex

TEXT = "Chile and Peru signed a treaty in 1998. They met."
NOTHING = (None, None, None, False, "r")
GOLD = GoldEvent("treaty_signed", 15, 21, "1998", ("CHL", "PER"))
FOUND = Event("treaty_signed", 15, 21, "signed", 0, 39, TEXT[:39], "r", date="1998", participants=("CHL", "PER"))
SAMPLE = Path(__file__).parents[2] / "corpus" / "gold" / "sample.jsonl"
SCORER = Path(__file__).parents[3] / "shared" / "score" / "score.py"


def counts(gold: tuple[GoldEvent, ...], *found: Event, **options: object) -> Counts:
    return score(Annotated("a", "en", TEXT, None, None, gold, **options), found).counts  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (FOUND, Counts(1, 1, 1, 1, 1, 1)),
        (replace(FOUND, start=24, end=30), Counts(1, 1, 1, 1, 1, 1)),
        (replace(FOUND, date="1998-05"), Counts(1, 1, 1, 0, 1, 0)),
        (replace(FOUND, date="1998?"), Counts(1, 1, 1, 1, 1, 1)),
        (replace(FOUND, participants=("CHL",)), Counts(1, 1, 1, 1, 0, 0)),
        (replace(FOUND, polarity="negated"), Counts(1, 1, 1, 1, 1, 0)),
        (replace(FOUND, type="meeting"), Counts(1, 1, 0, 0, 0, 0)),
        (replace(FOUND, start=45, end=48, sentence_start=40, sentence_end=49), Counts(1, 1, 0, 0, 0, 0)),
        (replace(FOUND, type="statement"), Counts(1, 0, 0, 0, 0, 0)),
    ],
)
def test_a_row_counts_by_type_date_sides_and_all_of_it(found: Event, expected: Counts) -> None:
    assert counts((GOLD,), found) == expected


def test_an_optional_event_counts_neither_for_nor_against() -> None:
    gold = (replace(GOLD, optional=True),)

    assert (counts(gold), counts(gold, FOUND)) == (Counts(), Counts())


def test_in_an_article_known_by_corrections_only_judged_rows_count() -> None:
    open_ = counts((), FOUND, complete=False)
    judged = counts((), FOUND, complete=False, wrong=(("treaty_signed", 15, 21),))

    assert (open_, judged) == (Counts(), Counts(found=1))


def test_the_figures_are_those_of_the_scorer_of_the_gold(tmp_path: Path) -> None:
    if not SCORER.is_file():
        pytest.skip("the scorer of the annotated articles is not there")
    documents = [document for document in read_gold([SAMPLE]) if document.language == "az"]
    rows, scored = [], []
    for document in documents:
        settings = Settings(language="az")
        found = process(Article(document.id, document.id, document.text, document.title), settings=settings)
        assert isinstance(found, Extraction)
        scored.append(score(document, found.events))
        keys = ("type", "start", "end", "date", "modality", "polarity", "trigger", "rule")
        rows += [
            {"doc_id": document.id, "participants": ";".join(e.participants), **{k: getattr(e, k) for k in keys}}
            for e in found.events
        ]
    with (tmp_path / "events.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    for table in ("dates", "entities"):
        (tmp_path / f"{table}.csv").write_text("doc_id\n", "utf-8")
    command = [sys.executable, "-B", str(SCORER), str(SAMPLE), str(tmp_path), "--language", "az", "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["az"]["events"]
    ours = total(scored)

    assert {figure: round(ours.f1(figure), 4) for figure in ("type", "dated", "who", "full")} == {
        figure: theirs[figure]["f1"] for figure in ("type", "dated", "who", "full")
    }


def test_dates_and_names_are_scored_as_the_scorer_of_the_gold_does() -> None:
    dates = (GoldDate(35, 39, "1998"), GoldDate(0, 5, "", optional=True))
    document = replace(Annotated("a", "en", TEXT, None, None, ()), dates=dates, names=((0, 5, "GPE"), (10, 14, "ORG")))
    timexes = [Timex(32, 39, "in 1998", "DATE", "1998", *NOTHING), Timex(41, 45, "They", "DATE", None, *NOTHING)]
    entities = [Entity(0, 5, "Chile", "LOC", "Chile", "state"), Entity(10, 14, "Peru", "GPE", "Peru", "state")]

    assert score_dates(document, timexes) == DateCounts(gold=1, found=2, span=1, strict=0, value=1)
    assert score_names(document, entities) == NameCounts(gold=2, found=2, exact=1, overlap=1)


def test_scores_are_added_up_by_language_table_and_type() -> None:
    scores = evaluate(read_gold([SAMPLE]), settings=Settings())
    summed = by_language(scores)

    assert sorted(summed) == sorted({document.language for document in read_gold([SAMPLE])})
    for language, score_ in summed.items():
        assert score_.tables["events"] == sum((s.events for s in scores if s.language == language), Counts())
        assert sum(score_.types.values(), Counts()) == score_.tables["events"]
        assert score_.tables["dates"].gold > 0
