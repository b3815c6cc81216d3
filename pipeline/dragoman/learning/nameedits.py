"""From an edited table of names to corrections: a label changed, the words of a name changed, a row of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.cells import unguarded
from dragoman.codes import state_code
from dragoman.learning.cellvalues import CellError
from dragoman.learning.namings import VERDICTS, Naming
from dragoman.learning.sheet import VERDICT, Line, Problem, Sheet
from dragoman.tables import LABELS

Row = Mapping[str, Any]
UNREAD = ("canonical", "country")
"""Changes of these are not understood; a country is where the program gave none."""


@dataclass(frozen=True, slots=True)
class NameEdits:
    """What an edited table of names says, and what in it could not be understood."""

    namings: tuple[Naming, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameOriginals:
    """The run that was edited: its names by place, hash and language of its articles by doc_id."""

    rows: Mapping[tuple[str, str, str], Row]
    articles: Mapping[str, Row]

    @classmethod
    def of(cls, entities: Sequence[Row], articles: Sequence[Row]) -> NameOriginals:
        rows = {(row["doc_id"], str(row["start"]), str(row["end"])): row for row in entities}
        return cls(rows, {row["doc_id"]: row for row in articles if row["status"] == "ok"})


def read_name_edits(sheet: Sheet, originals: NameOriginals, *, by: str | None, at: str | None) -> NameEdits:
    """Compare an edited table with its run; every row is understood, or refused with its row."""
    namings: list[Naming] = []
    problems = list(sheet.problems)
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines:
        try:
            naming = _read_line(line, originals, by, at)
            if naming is not None and seen.setdefault(naming.place, line.row) != line.row:
                raise CellError(f"speaks of the same name as row {seen[naming.place]}; keep one of them")
        except CellError as error:
            problems.append(Problem(line.row, None, None, str(error)))
            continue
        if naming is not None:
            namings.append(naming)
    notes = list(sheet.notes)
    if any(_differs(line, originals) for line in sheet.lines):
        notes.append(f"changes of {' and '.join(UNREAD)} are not learned from: they belong into models/*/words")
    return NameEdits(tuple(namings), tuple(sorted(problems, key=lambda problem: problem.row)), tuple(notes))


def _original(cells: Mapping[str, str], originals: NameOriginals) -> Row | None:
    doc_id = cells.get("doc_id", "").strip()
    start, end = (cells.get(key, "").strip().removesuffix(".0") for key in ("start", "end"))
    return originals.rows.get((doc_id, start, end))


def _differs(line: Line, originals: NameOriginals) -> bool:
    row = _original(line.cells, originals)
    return row is not None and any(
        key in line.cells
        and unguarded(line.cells[key].strip()) != (row[key] or "")
        and (row[key] is not None or key != "country")
        for key in UNREAD
    )


def _read_line(line: Line, originals: NameOriginals, by: str | None, at: str | None) -> Naming | None:
    if line.pieces is not None:
        raise CellError("has more or fewer cells than the header; copy the row from entities.csv again")
    cells = {key: unguarded(cell.strip()) for key, cell in line.cells.items()}
    verdict = cells.get(VERDICT, "").casefold() or None
    if verdict is not None and verdict not in VERDICTS:
        raise CellError(f"says {cells[VERDICT]!r}; write one of {', '.join(VERDICTS)}, or nothing")
    label = cells.get("label", "").upper()
    if label and label not in LABELS:
        raise CellError(f"has the label {cells['label']!r}; write one of {', '.join(LABELS)}")
    if verdict == "missing":
        return _missing(cells, label, originals, by, at)
    row = _original(cells, originals)
    if row is None:
        raise CellError("is no row of this run; restore doc_id, start and end, or write missing if the name is new")
    return _judged(verdict, cells, label, row, originals, by, at)


def _missing(cells: Mapping[str, str], label: str, originals: NameOriginals, by: str | None, at: str | None) -> Naming:
    article = originals.articles.get(cells.get("doc_id", ""))
    if article is None:
        raise CellError("names no article of this run; copy the doc_id from another row")
    if not cells.get("text") or not label:
        raise CellError("is not complete; write text and label of the name")
    hashed, language = article["sha256"], article["language"]
    country = _country(cells)
    text = cells["text"]
    return Naming(article["doc_id"], hashed, "missing", text, label, language=language, by=by, at=at, country=country)


def _country(cells: Mapping[str, str]) -> str | None:
    country = cells.get("country", "").upper() or None
    if country is not None and state_code(country) is None:
        raise CellError(f"has the country {cells['country']!r}; write its ISO 3166 code of three letters, or nothing")
    return country


def _judged(
    verdict: str | None,
    cells: Mapping[str, str],
    label: str,
    row: Row,
    originals: NameOriginals,
    by: str | None,
    at: str | None,
) -> Naming | None:
    text = cells.get("text") or row["text"]
    start, end = _moved(row, text)
    country = None if row["country"] else _country(cells)
    changed = country is not None or (start, end, label or row["label"]) != (row["start"], row["end"], row["label"])
    if verdict == "right" and changed:
        raise CellError("says right, but text or label was changed; write fixed, or restore the cells")
    if verdict == "fixed" and not changed:
        raise CellError("says fixed, but neither text nor label was changed; change one, or write right or wrong")
    if verdict is None and not changed:
        return None
    article = originals.articles[row["doc_id"]]
    return Naming(
        doc_id=row["doc_id"],
        sha256=article["sha256"],
        verdict=verdict or "fixed",
        text=text,
        label=label or row["label"],
        start=start,
        end=end,
        language=article["language"],
        row={key: row[key] for key in ("start", "end", "text", "label", "engine")},
        by=by,
        at=at,
        country=country,
    )


def _moved(row: Row, text: str) -> tuple[int, int]:
    """Find the new place of a name whose words were changed: part of the old ones, or more around them."""
    old = row["text"]
    if text in old:
        start = row["start"] + old.index(text)
    elif old in text:
        start = row["start"] - text.index(old)
    else:
        raise CellError(f"has {text!r} where {old!r} stood; take a part of it or add the words around it")
    return start, start + len(text)
