"""Names learned from corrections: what an edited entities.csv says, and a model that may only get better."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sample_run
from tests_training import corpus_folder, model_folder

from dragoman import listing, results
from dragoman.learning.gold import text_hash
from dragoman.learning.nameedits import NameEdits, NameOriginals, read_name_edits
from dragoman.learning.namelearning import before_of, prepare, put_in_place, take_back, try_out
from dragoman.learning.namings import Naming, load_namings, merge_namings, store_namings
from dragoman.learning.sheet import is_of_names, read_sheet
from dragoman.names.cards import read_card
from dragoman.names.releasing import Order, train_names
from dragoman.names.tuning import Tuning
from dragoman.records import Article
from dragoman.tables import ENTITIES

Cells = dict[str, str]
Call = Callable[..., subprocess.CompletedProcess[str]]
TUNING = Tuning(rounds=4, learn_rate=0.005, words_a_batch=60)
NAMES = ("Zuzana Malik", "Janko Hrasko", "Ludmila Cervena", "Marek Dvorsky", "Petra Novotna", "Tomas Zelenka")
SENTENCES = ("Yesterday envoy {} complained loudly.", "Nobody but {} would say so.", "It rained.")


# ---- what a person wrote into entities.csv


def edits(folder: Path, change: Callable[[list[Cells]], None]) -> NameEdits:
    """Change the names of a sample run as in a spreadsheet, and read what they say."""
    run = folder / "run"
    sample_run.write(run)
    with (run / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    change(cells)
    path = folder / "edited.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in cells for key in row)))
        writer.writeheader()
        writer.writerows(cells)
    finished = results.read(run)
    originals = NameOriginals.of(listing.rows(finished, "entities"), listing.rows(finished, "articles"))
    return read_name_edits(read_sheet(path, ENTITIES), originals, by="Aytac", at="2026-01-01")


def at(cells: list[Cells], text: str) -> Cells:
    return next(row for row in cells if row["text"] == text)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"verdict": "wrong"}, ("wrong", "Romania", "GPE", 0)),
        ({"verdict": "right"}, ("right", "Romania", "GPE", 0)),
        ({"label": "ORG"}, ("fixed", "Romania", "ORG", 0)),
        ({"label": "org", "verdict": "fixed"}, ("fixed", "Romania", "ORG", 0)),
        ({"text": "mania"}, ("fixed", "mania", "GPE", 2)),
        ({"text": "=Romania and Azerbaijan", "label": "MISC"}, ("fixed", "=Romania and Azerbaijan", "MISC", -1)),
    ],
)
def test_a_changed_row_is_a_correction(tmp_path: Path, changes: Cells, expected: tuple[str, str, str, int]) -> None:
    found = edits(tmp_path, lambda cells: at(cells, "Romania").update(changes))
    (naming,) = found.namings

    assert found.problems == ()
    moved = (naming.start or 0) - naming.row["start"]
    assert (naming.verdict, naming.text, naming.label, moved) == expected
    assert naming.sha256 == text_hash(sample_run.TEXT)


def test_a_missing_name_needs_article_text_and_label(tmp_path: Path) -> None:
    def change(cells: list[Cells]) -> None:
        row = {key: "" for key in cells[0]} | {"doc_id": cells[0]["doc_id"], "verdict": "missing"}
        cells += [row | {"text": "Treaty of Friendship", "label": "MISC"}, row | {"text": "Friendship"}]

    found = edits(tmp_path, change)

    assert [(naming.text, naming.label, naming.start) for naming in found.namings] == [
        ("Treaty of Friendship", "MISC", None)
    ]
    assert [problem.message for problem in found.problems] == ["is not complete; write text and label of the name"]


def test_a_country_is_kept_where_the_program_gave_none(tmp_path: Path) -> None:
    def change(cells: list[Cells]) -> None:
        row = {key: "" for key in cells[0]} | {"doc_id": cells[0]["doc_id"], "verdict": "missing", "label": "ORG"}
        cells += [row | {"text": "Friendship", "country": "rou"}, row | {"text": "Treaty", "country": "XXY"}]

    found = edits(tmp_path, change)

    assert [(naming.text, naming.country) for naming in found.namings] == [("Friendship", "ROU")]
    assert [problem.message for problem in found.problems] == [
        "has the country 'XXY'; write its ISO 3166 code of three letters, or nothing"
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"label": "CITY"}, "has the label 'CITY'; write one of PER, ORG, LOC, GPE, NORP, MISC"),
        ({"text": "Bulgaria"}, "has 'Bulgaria' where 'Romania' stood"),
        ({"start": "999"}, "is no row of this run"),
        ({"verdict": "perhaps"}, "says 'perhaps'"),
        ({"verdict": "fixed"}, "says fixed, but neither"),
        ({"verdict": "right", "label": "ORG"}, "says right, but"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_row(tmp_path: Path, changes: Cells, message: str) -> None:
    found = edits(tmp_path, lambda cells: at(cells, "Romania").update(changes))

    assert found.namings == ()
    assert [problem.row >= 2 and message in problem.message for problem in found.problems] == [True]


def test_an_untouched_table_says_nothing(tmp_path: Path) -> None:
    found = edits(tmp_path, lambda cells: None)

    assert (found.namings, found.problems, found.notes) == ((), (), ())


def test_the_table_of_names_is_told_from_that_of_events(tmp_path: Path) -> None:
    sample_run.write(tmp_path / "run")

    assert is_of_names(tmp_path / "run" / "entities.csv")
    assert not is_of_names(tmp_path / "run" / "events.csv")


def test_corrections_are_stored_once_and_the_last_word_counts(tmp_path: Path) -> None:
    first = Naming("a.txt", "0" * 64, "fixed", "Baku", "ORG", 3, 7, "en", {"start": 3, "end": 7}, "Aytac")
    second = Naming("a.txt", "0" * 64, "wrong", "Baku", "GPE", 3, 7, "en", {"start": 3, "end": 7}, "Aytac")
    added = [store_namings(some, tmp_path, name="Aytac") for some in ([first], [first], [second], [second])]

    assert added == [1, 0, 1, 0]
    assert merge_namings(load_namings(tmp_path)).namings == (second,)


def test_people_who_disagree_are_told_and_not_learned_from() -> None:
    first = Naming("a.txt", "0" * 64, "wrong", "Baku", "GPE", 3, 7, "en", {"start": 3, "end": 7}, "Aytac")
    second = Naming("a.txt", "0" * 64, "right", "Baku", "GPE", 3, 7, "en", {"start": 3, "end": 7}, "Rima")
    merged = merge_namings([first, second])

    assert merged.namings == ()
    assert merged.contradictions == ("a.txt: Aytac: wrong 'Baku' GPE; Rima: right 'Baku' GPE",)


# ---- a model tuned on them


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny model and the data it was made of."""
    root = tmp_path_factory.mktemp("made")
    data, output = corpus_folder(root), model_folder(root)
    train_names(Order("en", data=(data,), output=output, work=root / "work"))
    return root


@pytest.fixture
def model(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "model", tmp_path / "model"))


def articles() -> list[Article]:
    """Six articles with a person in sentences of a kind that the model never saw."""
    return [
        Article(f"{number}.txt", f"{number}.txt", " ".join(sentence.format(name) for sentence in SENTENCES))
        for number, name in enumerate(NAMES)
    ]


def missing() -> list[Naming]:
    return [
        Naming(article.doc_id, text_hash(article.text), "missing", name, "PER", language="en")
        for article, name in zip(articles(), NAMES, strict=True)
    ]


def test_a_model_learns_names_of_a_new_kind_and_can_be_taken_back(made: Path, model: Path) -> None:
    before = (model / "weights.bin").read_bytes()
    prepared = prepare(missing(), articles(), language="en", folder=model, data=[made / "data"])
    verdict = try_out(prepared, tuning=TUNING)
    put_in_place(prepared, verdict, tuning=TUNING, say=lambda line: None)
    card = read_card(model)
    after = (model / "weights.bin").read_bytes()

    assert verdict.refusal is None
    assert verdict.after > verdict.before
    assert [one.sentences for one in card.tuned] == [12]
    assert after != before
    assert (before_of(model) / "weights.bin").read_bytes() == before
    take_back(model)
    assert (model / "weights.bin").read_bytes() == before
    take_back(model)
    assert (model / "weights.bin").read_bytes() == after


def test_the_same_corrections_give_the_same_weights(made: Path, model: Path) -> None:
    from dragoman.names.tuning import tuned, weights_of_tuned

    prepared = prepare(missing(), articles(), language="en", folder=model, data=[made / "data"])
    weights = {
        weights_of_tuned(
            tuned(
                model, prepared.card, prepared.cutter, prepared.material.reviewed, prepared.material.old, tuning=TUNING
            ),
            prepared.card,
        )[1].sha256
        for _ in range(2)
    }

    assert len(weights) == 1


def test_a_model_that_forgets_is_refused(made: Path, model: Path) -> None:
    text = "Ada Lovelace arrived in {0} on Monday. In {0} the talks with Alan Turing went on."
    told = [Article(f"{town}.txt", f"{town}.txt", text.format(town)) for town in ("Lisbon", "Vienna", "Oslo", "Quito")]
    wrong = [
        Naming(one.doc_id, text_hash(one.text), "wrong", name, "PER", start, end, "en", {"start": start, "end": end})
        for one in told
        for name in ("Ada Lovelace", "Alan Turing")
        for start, end in [(one.text.index(name), one.text.index(name) + len(name))]
    ]
    prepared = prepare(wrong, told, language="en", folder=model, data=[made / "data"])
    strong = Tuning(rounds=6, learn_rate=0.02, words_a_batch=30)
    without = try_out(replace(prepared, material=replace(prepared.material, old=())), tuning=strong)

    assert without.after > without.before
    assert without.kept_after < without.kept_before
    assert without.refusal is not None and "forgets" in without.refusal


def test_what_is_stale_or_not_there_is_told(made: Path, model: Path) -> None:
    lost = Naming("gone.txt", "0" * 64, "missing", "Baku", "LOC", language="en")
    moved = [Naming("0.txt", text_hash(articles()[0].text), "missing", "Nobody Here", "PER", language="en")]
    prepared = prepare([lost, *moved, *missing()], articles(), language="en", folder=model, data=[])

    assert prepared.notes == (
        "stale, not learned from: 0.txt: 'Nobody Here' does not stand where it was corrected",
        "stale, not learned from: gone.txt: 'Baku': the article is not there or has changed",
        "not rehearsed, as it is not there: made.jsonl",
    )
    assert len(prepared.material.old) > 0


def test_the_command_learns_from_an_edited_table(made: Path, model: Path, tmp_path: Path) -> None:
    def dragoman(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    (tmp_path / "in").mkdir()
    for article in articles():
        (tmp_path / "in" / article.path).write_text(article.text, "utf-8")
    (tmp_path / "config.toml").write_text(f'[languages.en]\nnames_model = "{model}"\n', "utf-8")
    dragoman("run", "in", "--output", "run", "--language", "en", "--entities", "all")
    table = "doc_id,start,end,text,label,verdict\n" + "".join(
        f"{number}.txt,,,{name},PER,missing\n" for number, name in enumerate(NAMES)
    )
    (tmp_path / "run" / "entities.csv").write_text(table, "utf-8")
    corrected = dragoman("correct", "run/entities.csv", "--by", "Aytac", "--corrections", "said")
    options = ("--corrections", "said", "--articles", "in", "--data", made / "data")
    weights = (model / "weights.bin").read_bytes()
    taken = dragoman("learn", "names", "en", *options, "--yes")

    assert corrected.stdout == "names: 6 missing; 6 new in said/names; not understood: 0\n"
    assert taken.returncode == 0
    assert taken.stdout.splitlines()[0].startswith("en: 12 corrected sentences, ")
    assert (before_of(model) / "weights.bin").read_bytes() == weights
