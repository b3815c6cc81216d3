"""From an edited events table to corrections: what changed against the run's Parquet file, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.cells import joined, unguarded
from dragoman.learning.cellvalues import SLOTS, CellError, read_cell
from dragoman.learning.corrections import VERDICTS, Correction
from dragoman.learning.sheet import VERDICT, Line, Problem, Sheet, realigned

Row = Mapping[str, Any]
KEPT = ("type", "trigger", "rule", *SLOTS[1:])
"""What of the program's own row is stored with a correction."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What an edited table says, and what in it could not be understood."""

    corrections: tuple[Correction, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Originals:
    """The run that was edited: its events by id, by place, and the hashes of its articles by doc_id."""

    by_id: Mapping[str, Row]
    by_place: Mapping[tuple[str, str, str], list[Row]]
    hashes: Mapping[str, str]

    @classmethod
    def of(cls, events: Sequence[Row], articles: Sequence[Row]) -> Originals:
        by_place: dict[tuple[str, str, str], list[Row]] = {}
        for event in events:
            for key in _places(event):
                by_place.setdefault(key, []).append(event)
        hashes = {article["doc_id"]: article["sha256"] for article in articles if article["status"] == "ok"}
        return cls({event["event_id"]: event for event in events}, by_place, hashes)

    def find(self, cells: Mapping[str, str]) -> Row | None:
        """Find the row that an edited one came from: by its id, else by its place."""
        found = self.by_id.get(cells.get("event_id", "").strip())
        if found is not None:
            return found
        for key in _places(cells):
            rows = self.by_place.get(key, [])
            if len(rows) == 1:
                return rows[0]
        return None


def _places(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The keys by which a row may be found when its id is lost: with the type, and without."""
    doc_id = str(row.get("doc_id") or "").strip()
    start, end = (str(row.get(key) or "").strip().removesuffix(".0") for key in ("start", "end"))
    kind = str(row.get("type") or "").strip()
    evidence = unguarded(str(row.get("evidence") or "").strip())
    places = [(doc_id, f"{start}-{end}", kind), (doc_id, f"{start}-{end}", "")] if end else []
    return [*places, ("", evidence, f"{kind} {start}")] if evidence else places


def read_edits(sheet: Sheet, originals: Originals, *, by: str | None, at: str | None) -> Edits:
    """Compare an edited table with its run; every row is understood, or refused with its row and column."""
    corrections: list[Correction] = []
    problems = list(sheet.problems)
    seen: dict[str, int] = {}
    for line in sheet.lines:
        try:
            found = _read_line(line, sheet, originals, seen, problems)
        except CellError as error:
            problems.append(Problem(line.row, None, None, str(error)))
            continue
        if found is not None:
            corrections.append(_signed(found, by=by, at=at))
    lost = [column for column in ("event_id", *SLOTS) if column not in sheet.columns]
    notes = list(sheet.notes)
    if VERDICT not in sheet.columns:
        notes.append("there is no column verdict: only changed cells are read")
    if lost:
        notes.append(f"columns that are gone were not compared: {', '.join(lost)}")
    return Edits(tuple(corrections), tuple(sorted(problems, key=lambda p: p.row)), tuple(notes))


def _signed(correction: Correction, *, by: str | None, at: str | None) -> Correction:
    return replace(correction, by=by, at=at)


def _read_line(
    line: Line, sheet: Sheet, originals: Originals, seen: dict[str, int], problems: list[Problem]
) -> Correction | None:
    cells, original = _cells(line, sheet, originals)
    verdict = cells.get(VERDICT, "").strip().casefold() or None
    if verdict is not None and verdict not in VERDICTS:
        problems.append(
            Problem(line.row, VERDICT, cells[VERDICT], f"write one of {', '.join(VERDICTS)}, or nothing")
        )
        return None
    if verdict == "missing":
        return _missing(line.row, cells, originals, problems)
    if original is None:
        raise CellError("is no row of this run; restore event_id, or write missing if the event is new")
    earlier = seen.setdefault(original["event_id"], line.row)
    if earlier != line.row:
        raise CellError(f"is the same event as row {earlier}; write missing if it is a second event")
    return _judged(line.row, verdict, cells, original, originals, problems)


def _cells(line: Line, sheet: Sheet, originals: Originals) -> tuple[dict[str, str], Row | None]:
    if line.pieces is None:
        cells = dict(line.cells)
        return cells, originals.find(cells)
    original = next((originals.by_id[piece] for piece in line.pieces[:2] if piece in originals.by_id), None)
    aligned = realigned(line, sheet, _as_text(original)) if original else None
    if aligned is None:
        raise CellError(
            f"has {len(line.pieces)} cells where the header has {len(sheet.columns)}: quotes were lost or cells "
            "merged; copy the row from events.csv again"
        )
    return aligned, original


def _as_text(row: Row) -> dict[str, str]:
    def text(value: Any) -> str:
        if value is None:
            return ""
        return (joined(value) or "") if isinstance(value, list) else str(value)

    return {key: text(value) for key, value in row.items()}


def _judged(
    row: int,
    verdict: str | None,
    cells: Mapping[str, str],
    original: Row,
    originals: Originals,
    problems: list[Problem],
) -> Correction | None:
    changes, refused = _changes(row, cells, original, problems if verdict != "wrong" else [])
    emptied = bool(changes) and not any(changes.values())
    if verdict is None:
        if not changes:
            return None
        if emptied:
            names = ", ".join(changes)
            raise CellError(f"{names} became empty (merged cells?); write fixed in verdict if that is meant")
        verdict = "fixed"
    if verdict == "right" and changes:
        raise CellError(f"says right, but {', '.join(changes)} was changed; write fixed, or restore the cells")
    if verdict == "fixed" and not changes:
        if not refused:
            raise CellError("says fixed, but no cell was changed; change one, or write right or wrong")
        return None
    return Correction(
        doc_id=original["doc_id"],
        sha256=originals.hashes[original["doc_id"]],
        verdict=verdict,
        start=original["start"],
        end=original["end"],
        evidence=original["evidence"],
        language=original["language"],
        event_id=original["event_id"],
        row={key: original[key] for key in KEPT if original[key] not in (None, [])},
        values=changes if verdict == "fixed" else {},
    )


def _changes(
    row: int, cells: Mapping[str, str], original: Row | None, problems: list[Problem]
) -> tuple[dict[str, Any], bool]:
    """Read the cells that differ from the run's; also say whether one of them was refused."""
    changes: dict[str, Any] = {}
    refused = False
    for column in SLOTS:
        if column not in cells:
            continue
        try:
            reading = read_cell(column, cells[column], original[column] if original else None)
        except CellError as error:
            problems.append(Problem(row, column, cells[column], str(error)))
            refused = True
            continue
        if reading.changed:
            changes[column] = reading.value
    return changes, refused


def _missing(
    row: int, cells: Mapping[str, str], originals: Originals, problems: list[Problem]
) -> Correction | None:
    """Read a row that a person added: an event that the program did not find."""
    doc_id = cells.get("doc_id", "").strip()
    if doc_id not in originals.hashes:
        problems.append(Problem(row, "doc_id", doc_id, "no article of this run; copy the doc_id from another row"))
        return None
    trigger = unguarded(cells.get("trigger", "").strip())
    evidence = unguarded(cells.get("evidence", "").strip())
    for column, cell, message in (
        ("trigger", trigger, "write the word of the sentence that tells the event"),
        ("evidence", evidence, "copy the sentence from the article"),
    ):
        if not cell:
            problems.append(Problem(row, column, cell, message))
            return None
    if trigger not in evidence:
        problems.append(Problem(row, "trigger", trigger, "does not stand in evidence; copy it as it is written there"))
        return None
    values, refused = _changes(row, cells, None, problems)
    if "type" not in values:
        if not refused:
            problems.append(Problem(row, "type", "", "write the type of the event"))
        return None
    known = next((event for event in originals.by_id.values() if _same_sentence(event, doc_id, evidence)), None)
    offset = known["evidence"].find(evidence) + evidence.find(trigger) if known else 0
    start = known["sentence_start"] + offset if known else None
    return Correction(
        doc_id=doc_id,
        sha256=originals.hashes[doc_id],
        verdict="missing",
        start=start,
        end=start + len(trigger) if start is not None else None,
        evidence=evidence,
        language=cells.get("language", "").strip() or (known["language"] if known else None),
        values={**values, "trigger": trigger},
    )


def _same_sentence(event: Row, doc_id: str, evidence: str) -> bool:
    return bool(event["doc_id"] == doc_id and evidence in event["evidence"])
