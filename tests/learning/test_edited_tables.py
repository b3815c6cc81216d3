"""What people and spreadsheets do to events.csv: understood, or refused cell by cell."""

from __future__ import annotations

from pathlib import Path

import edited
import pytest
from edited import Cells

from dragoman.errors import UsageError
from dragoman.learning.cellvalues import CellError, read_cell


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edited.make_run(tmp_path_factory.mktemp("learning") / "run")


def set_cells(row: int, **cells: str) -> edited.Change:
    return lambda rows: rows[row].update(cells)


def said(edits: edited.Edits) -> list[tuple[str, dict[str, object]]]:
    return [(correction.verdict, dict(correction.values)) for correction in edits.corrections]


def refused(edits: edited.Edits) -> list[tuple[int, str | None]]:
    return [(problem.row, problem.column) for problem in edits.problems]


def test_an_untouched_table_says_nothing(run: Path) -> None:
    edits = edited.edited(run, lambda rows: None)

    assert (said(edits), refused(edits)) == ([], [])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"verdict": "right"}, ("right", {})),
        ({"verdict": "Wrong "}, ("wrong", {})),
        ({"verdict": "fixed", "date": "1991-12"}, ("fixed", {"date": "1991-12"})),
        ({"date": "1991-12"}, ("fixed", {"date": "1991-12"})),
        ({"participants": "aze, ROU;TUR"}, ("fixed", {"participants": ["AZE", "ROU", "TUR"]})),
        ({"verdict": "fixed", "date": ""}, ("fixed", {"date": None})),
        ({"type": "Relations established"}, ("fixed", {"type": "relations_established"})),
        ({"count_min": "3.0"}, ("fixed", {"count_min": 3})),
        ({"modality": "Planned"}, ("fixed", {"modality": "planned"})),
    ],
)
def test_a_verdict_and_changed_cells_become_a_correction(
    run: Path, cells: Cells, expected: tuple[str, dict[str, object]]
) -> None:
    edits = edited.edited(run, set_cells(1, **cells))

    assert (said(edits), refused(edits)) == ([expected], [])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"verdict": "perhaps"}, (3, "verdict")),
        ({"date": "spring"}, (3, "date")),
        ({"date": "03/05/1992"}, (3, "date")),
        ({"date": "1992-13"}, (3, "date")),
        ({"participants": "AZE;Romania"}, (3, "participants")),
        ({"type": "party"}, (3, "type")),
        ({"count_min": "many"}, (3, "count_min")),
        ({"polarity": "no"}, (3, "polarity")),
        ({"verdict": "right", "date": "1995"}, (3, None)),
        ({"verdict": "fixed"}, (3, None)),
        ({"date": ""}, (3, None)),
        ({"event_id": "", "doc_id": "", "evidence": ""}, (3, None)),
    ],
)
def test_what_is_not_understood_is_named_by_row_and_column_and_the_rest_is_read(
    run: Path, cells: Cells, expected: tuple[int, str | None]
) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0]["verdict"] = "right"
        rows[1].update(cells)

    edits = edited.edited(run, change)

    assert (said(edits), refused(edits)) == ([("right", {})], [expected])


@pytest.mark.parametrize(
    ("cell", "before", "value"),
    [
        ("11.12.1991 00:00", "1991-12-11", "1991-12-11"),
        ("12.05.1992 00:00", "1991-12-11", "1992-05-12"),
        ("1992-05-12 00:00:00", "1991-12-11", "1992-05-12"),
        ("11/12/1991", "1991-12-11", "1991-12-11"),
        ("12/11/1991", "1991-12-11", "1991-12-11"),
        ("25/12/1991", "1991-12-11", "1991-12-25"),
        ("Mar-96", "1996-03", "1996-03"),
        ("01.03.1996", "1996-03", "1996-03"),
        ("01.03.1996 0:00", "1996-03", "1996-03"),
        ("1996-03-01", "1996-03", "1996-03-01"),
        ("33583", "1991-12-11", "1991-12-11"),
        ("1997.0", "1997", "1997"),
        ("199X", "1997", "199X"),
        ("2017-10-04/2017-10-05", None, "2017-10-04/2017-10-05"),
        ("1997?", "1997", "1997?"),
    ],
)
def test_a_date_that_a_spreadsheet_rewrote_is_read_as_what_it_was(cell: str, before: str | None, value: str) -> None:
    assert read_cell("date", cell, before).value == value


@pytest.mark.parametrize("cell", ["May-92", "1 1992", "03/05/1992", "31.02.1992", "#####"])
def test_a_date_that_could_be_several_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        read_cell("date", cell, "1991-12-11")


def test_a_guard_apostrophe_is_no_change_whether_kept_or_lost() -> None:
    kept, lost = read_cell("place", "'=Bakı", "=Bakı"), read_cell("place", "=Bakı", "=Bakı")

    assert (kept.changed, lost.changed) == (False, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_other_encodings_and_separators_are_understood(run: Path, encoding: str, separator: str) -> None:
    edits = edited.edited(run, set_cells(0, verdict="wrong"), encoding=encoding, separator=separator)

    assert (said(edits), refused(edits)) == ([("wrong", {})], [])


def test_an_edited_header_is_understood_by_name_or_by_place(run: Path) -> None:
    text = edited.written([{**row, "verdict": "right", "date": "1995"} for row in edited.rows(run)])
    header, rest = text.split("\n", 1)
    path = run.parent / "header.csv"
    path.write_text(header.replace("verdict", "Verdikt").replace(",date,", ",tarix,") + "\n" + rest, "utf-8")
    edits = edited.of_file(run, path)

    assert edits.notes == ("column 'tarix' is read as date", "column 'Verdikt' is read as verdict")
    assert len(edits.problems) == len(edited.rows(run))


def test_a_column_that_is_not_ours_is_named_and_not_read(run: Path) -> None:
    edits = edited.edited(run, lambda rows: [row.update({"colour": "red", "note": "x"}) for row in rows] and None)

    assert [problem.told() for problem in edits.problems] == ["row 1: 'colour': no such column; it is not read"]


def test_a_lost_column_is_told_and_changes_nothing(run: Path) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0]["verdict"] = "right"
        for row in rows:
            del row["participants"]

    edits = edited.edited(run, change)

    assert said(edits) == [("right", {})]
    assert edits.notes == ("columns that are gone were not compared: participants",)


def test_without_its_id_a_row_is_found_by_its_place(run: Path) -> None:
    def change(rows: list[Cells]) -> None:
        for row in rows:
            row["event_id"] = "1.2E+15"
        rows[2]["verdict"] = "wrong"

    edits = edited.edited(run, change)

    assert [correction.event_id for correction in edits.corrections] == [edited.rows(run)[2]["event_id"]]


def test_merged_cells_are_not_taken_for_emptied_slots(run: Path) -> None:
    edits = edited.edited(run, set_cells(2, participants="", doc_id=""))

    assert (said(edits), refused(edits)) == ([], [(4, None)])


def test_rows_that_lost_their_quotes_are_put_together_again(run: Path) -> None:
    text = edited.written([{**row, "verdict": "right"} for row in edited.rows(run)])
    path = run.parent / "bare.csv"
    path.write_text(text.replace('"', ""), "utf-8")
    edits = edited.of_file(run, path)
    whole = [row for row in edited.rows(run) if "\n" not in row["evidence"]]

    assert {correction.event_id for correction in edits.corrections} >= {row["event_id"] for row in whole}
    assert all("quotes were lost" in problem.message for problem in edits.problems if problem.row > 1)


def test_an_event_that_was_missed_is_placed_by_its_sentence(run: Path) -> None:
    def change(rows: list[Cells]) -> None:
        sentence = "The Treaty of Friendship, signed in March 1996, entered into force in 1997."
        rows.append({"doc_id": "news/en.txt", "evidence": sentence, "trigger": "Treaty", "type": "treaty_signed",
                     "date": "1996", "verdict": "missing"})  # fmt: skip

    (found,) = edited.edited(run, change).corrections

    assert (found.start, found.values["date"]) == (edited.sample_run.TEXT.index("Treaty"), "1996")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"trigger": ""}, "trigger"),
        ({"trigger": "nowhere"}, "trigger"),
        ({"evidence": ""}, "evidence"),
        ({"doc_id": "other.txt"}, "doc_id"),
        ({"type": ""}, "type"),
        ({"type": "party"}, "type"),
    ],
)
def test_a_missed_event_needs_its_article_sentence_word_and_type(run: Path, cells: Cells, column: str) -> None:
    whole = {"doc_id": "news/bn.txt", "evidence": "b a c", "trigger": "a", "type": "visit", "verdict": "missing"}
    edits = edited.edited(run, lambda rows: rows.append({**whole, **cells}))

    assert [problem.column for problem in edits.problems] == [column]


@pytest.mark.parametrize(
    ("content", "said_"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "save it from the spreadsheet as CSV"),
        (b"a,b\n1,2\n", "neither event_id nor doc_id"),
    ],
)
def test_what_is_no_table_is_refused_whole(run: Path, tmp_path: Path, content: bytes, said_: str) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)

    with pytest.raises(UsageError, match=said_):
        edited.of_file(run, path)
