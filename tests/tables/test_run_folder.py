"""A run's folder: what stands in it, that it is the same every time, and how it gets into place."""

from __future__ import annotations

import csv
import hashlib
import json
from itertools import permutations
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from sample_run import REJECTIONS, bengali, english, package, write

from dragoman.cells import split, unguarded
from dragoman.errors import DragomanError, UsageError
from dragoman.records import Article, Extraction
from dragoman.releases.store import name_of
from dragoman.tables import BOOLEAN, BY_NAME, INTEGER, LIST, NUMBER, TABLES
from dragoman.writing import RunWriter

CONTRACT = {
    "articles": """
        doc_id path language language_confidence title published characters sentences status reason sha256
    """,
    "entities": "doc_id start end text label canonical country engine score",
    "dates": "doc_id start end text timex_type edtf date_start date_end precision relative rule",
    "events": """
        event_id doc_id language type subtype trigger start end sentence_start sentence_end evidence
        date date_start date_end date_precision date_basis date_text participants source target actors persons
        organisations place instruments subjects count_min count_max modality polarity aspect cameo plover
        confidence rule
    """,
    "treaties": """
        treaty_id event_id doc_id start end text kind title subjects parties signed ratified in_force
        terminated count_min count_max place
    """,
    "timeline": """
        timeline_id type date date_start date_end participants persons instruments count_min count_max
        mentions documents languages event_ids conflicts confidence
    """,
    "rejects": "path record reason message",
}


def cells(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs") / "run"
    write(place)
    return place


def test_a_run_holds_every_table_twice_and_two_notes(folder: Path) -> None:
    files = {path.name for path in folder.iterdir()}

    assert files == {f"{name}.{form}" for name in CONTRACT for form in ("csv", "parquet")} | {
        "datapackage.json",
        "run.json",
    }


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract_and_more_only_at_the_right(folder: Path, name: str) -> None:
    columns = CONTRACT[name].split()
    header = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig").split("\r\n")[0].split(",")

    assert header[: len(columns)] == columns
    assert header == pq.read_schema(folder / f"{name}.parquet").names


@pytest.mark.parametrize("name", CONTRACT)
def test_every_table_of_the_sample_has_rows(folder: Path, name: str) -> None:
    assert cells(folder, name) != []


def test_csv_begins_with_a_mark_for_spreadsheets(folder: Path) -> None:
    assert (folder / "events.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")


@pytest.mark.parametrize("name", CONTRACT)
def test_csv_and_parquet_hold_the_same(folder: Path, name: str) -> None:
    kinds = {column.name: column.kind for column in BY_NAME[name].columns}
    read = {
        LIST: split,
        INTEGER: lambda cell: int(cell) if cell else None,
        NUMBER: lambda cell: float(cell) if cell else None,
        BOOLEAN: lambda cell: {"true": True, "false": False}[cell],
    }
    from_csv = [
        {key: read.get(kinds[key], lambda text: text or None)(unguarded(cell)) for key, cell in row.items()}
        for row in cells(folder, name)
    ]

    assert from_csv == pq.ParquetFile(folder / f"{name}.parquet").read().to_pylist()


@pytest.mark.parametrize("name", CONTRACT)
def test_pandas_reads_the_csv_cell_for_cell(folder: Path, name: str) -> None:
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)

    assert frame.to_dict("records") == cells(folder, name)


def test_a_heading_like_a_formula_is_harmless_in_csv_and_raw_in_parquet(folder: Path) -> None:
    titles = [row["title"] for row in cells(folder, "articles")]
    raw = pq.ParquetFile(folder / "articles.parquet").read().column("title").to_pylist()

    assert "'=Romania and Azerbaijan" in titles
    assert "=Romania and Azerbaijan" in raw


def test_every_record_ends_in_articles_or_rejects(folder: Path) -> None:
    articles = [(row["doc_id"], row["status"], row["reason"]) for row in cells(folder, "articles")]
    rejects = [(row["path"], row["record"], row["reason"]) for row in cells(folder, "rejects")]

    assert articles == [
        ("many.jsonl#four", "rejected", "empty"),
        ("news/bn.txt", "ok", ""),
        ("news/en.txt", "ok", ""),
    ]
    assert rejects == [
        ("broken.bin", "", "not-text"),
        ("many.jsonl", "3", "invalid-json"),
        ("many.jsonl", "4", "empty"),
    ]


def test_offsets_point_at_the_text(folder: Path) -> None:
    text = english().article.text
    rows = [row for row in cells(folder, "entities") if row["doc_id"] == "news/en.txt"]

    assert [text[int(row["start"]) : int(row["end"])] for row in rows] == [row["text"] for row in rows]


def test_a_recognition_told_twice_is_one_line_of_the_timeline(folder: Path) -> None:
    rows = [row for row in cells(folder, "timeline") if row["type"] == "recognition"]

    assert [(row["date"], row["languages"], row["mentions"]) for row in rows] == [("1991-12-11", "bn;en", "2")]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_tables_are_the_same_bytes_whatever_the_order(order: tuple[int, ...], folder: Path, tmp_path: Path) -> None:
    records = [english(), bengali(), *REJECTIONS[1:]]
    write(tmp_path / "plain", records=records)
    write(tmp_path / "shuffled", records=[records[index] for index in order])
    names = [f"{name}.{form}" for name in CONTRACT for form in ("csv", "parquet")] + ["datapackage.json"]

    plain = [(tmp_path / "plain" / name).read_bytes() for name in names]
    assert [(tmp_path / "shuffled" / name).read_bytes() for name in names] == plain


def test_the_data_package_describes_the_files_as_they_are(folder: Path) -> None:
    for resource in package(folder)["resources"]:  # type: ignore[attr-defined]
        for file in (resource, resource["parquet"]):
            content = (folder / file["path"]).read_bytes()
            assert file["bytes"] == len(content)
            assert file["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_data_package_names_types_keys_and_references(folder: Path) -> None:
    resources = {resource["name"]: resource for resource in package(folder)["resources"]}  # type: ignore[attr-defined]
    schema = resources["treaties"]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}

    assert [field["name"] for field in schema["fields"]] == list(BY_NAME["treaties"].names)
    assert schema["primaryKey"] == "treaty_id"
    assert {"fields": "event_id", "reference": {"resource": "events", "fields": "event_id"}} in schema["foreignKeys"]
    assert fields["start"]["type"] == "integer"
    assert fields["treaty_id"]["constraints"] == {"required": True, "unique": True}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_unique_and_references_hold(folder: Path, table: object) -> None:
    described = BY_NAME[table.name]  # type: ignore[attr-defined]
    rows = cells(folder, described.name)
    if described.key:
        keys = [row[described.key] for row in rows]
        assert len(set(keys)) == len(keys)
    for column, other in described.refers:
        assert {row[column] for row in rows} <= {row[column] for row in cells(folder, other)}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_needed_cells_are_filled_with_what_is_allowed(folder: Path, table: object) -> None:
    described = BY_NAME[table.name]  # type: ignore[attr-defined]
    for row in cells(folder, described.name):
        for column in described.columns:
            assert row[column.name] or not column.required, column.name
            assert not column.values or not row[column.name] or row[column.name] in column.values


def test_the_note_tells_what_the_run_was_made_with(folder: Path) -> None:
    note = json.loads((folder / "run.json").read_text("utf-8"))

    assert note["release"] == name_of(note["models"]["all"])
    assert note["command"] == ["test"]
    assert note["settings"] == {"entities": "all"}
    assert note["counts"]["articles"] == {"ok": 2, "rejected": 3}
    assert set(note["models"]) >= {"all", "az", "bn", "en", "ontology.toml"}
    assert "python" in note["versions"] and "pyarrow" in note["versions"]


def test_a_run_is_replaced_only_when_told_so(tmp_path: Path) -> None:
    write(tmp_path / "run")
    with pytest.raises(UsageError, match="--overwrite"):
        write(tmp_path / "run")
    summary = write(tmp_path / "run", records=[bengali()], overwrite=True)

    assert summary.tables["articles"] == 1
    assert len(cells(tmp_path / "run", "articles")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(UsageError, match="other things"):
        write(tmp_path / "thesis", overwrite=True)

    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()

    assert write(tmp_path / "run").tables["rejects"] == 3


def test_a_file_in_the_way_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        write(tmp_path / "run")


def test_a_failure_leaves_the_old_run_and_nothing_half_done(tmp_path: Path) -> None:
    write(tmp_path / "run")
    before = (tmp_path / "run" / "run.json").read_bytes()
    with (
        pytest.raises(KeyboardInterrupt),
        RunWriter(tmp_path / "run", settings={}, command=[], overwrite=True) as writer,
    ):
        writer.add(bengali())
        raise KeyboardInterrupt

    assert (tmp_path / "run" / "run.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_closed_run_takes_nothing_more(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", settings={}, command=[]) as writer:
        writer.add(bengali())
    with pytest.raises(DragomanError, match="closed"):
        writer.add(english())


def test_a_second_record_of_the_same_name_is_rejected_and_not_lost(tmp_path: Path) -> None:
    write(tmp_path / "run", records=[english(), english()])
    articles = [(row["doc_id"], row["status"], row["reason"]) for row in cells(tmp_path / "run", "articles")]

    assert articles == [("news/en.txt", "ok", ""), ("news/en.txt~2", "rejected", "duplicate-id")]
    assert [row["reason"] for row in cells(tmp_path / "run", "rejects")] == ["duplicate-id"]


def test_lone_surrogates_and_nul_do_no_harm(tmp_path: Path) -> None:
    nasty = Extraction(Article("a\ud800.txt", "a\ud800.txt", "x", title="nul \x00\r\nline"), "en", 1.0)
    write(tmp_path / "run", records=[nasty])
    (row,) = cells(tmp_path / "run", "articles")

    assert (row["doc_id"], row["title"]) == ("a\ufffd.txt", "nul \ufffd\r\nline")


def test_a_run_without_records_is_a_run(tmp_path: Path) -> None:
    summary = write(tmp_path / "run", records=[])

    assert set(summary.tables.values()) == {0}
