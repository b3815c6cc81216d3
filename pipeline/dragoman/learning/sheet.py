"""Read a table that went through a spreadsheet: encoding, separator, edited header, rows that lost their quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.reading.encodings import Undecodable, decode
from dragoman.tables import EVENTS, Table

VERDICT = "verdict"
IGNORED = ("note", "notes", "comment", "comments", "remark", "remarks", "by")
SEPARATORS = (",", ";", "\t", "|")
DECLARED = re.compile(r"\s*\"?sep=(?P<mark>.)\"?\s*\Z", re.IGNORECASE)
NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Problem:
    """A row or cell that was not imported. `row` counts as the spreadsheet does, the header being row 1."""

    row: int
    column: str | None
    cell: str | None
    message: str

    def told(self) -> str:
        where = f"row {self.row}" + (f", {self.column}" if self.column else "")
        return f"{where}: " + (f"{self.cell!r}: " if self.cell is not None else "") + self.message


@dataclass(frozen=True, slots=True)
class Line:
    """One row as written: its cells by column, or `pieces` where their number does not fit the header."""

    row: int
    cells: Mapping[str, str]
    pieces: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An edited table. `columns` are the known names in the order of the file (None: not ours)."""

    columns: tuple[str | None, ...]
    separator: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_sheet(path: Path, table: Table = EVENTS) -> Sheet:
    """Read an edited table; UsageError where it is no table at all."""
    rows, separator = _rows(path)
    if not rows:
        raise UsageError(f"{path}: is empty; give the {table.name}.csv that you edited")
    columns, problems, notes = _columns(rows[0], table.names)
    keys = [key for key in ("event_id", "doc_id") if key in table.names]
    if not set(keys) & {column for column in columns if column}:
        lacks = f"neither {' nor '.join(keys)}" if len(keys) > 1 else f"no {keys[0]}"
        raise UsageError(f"{path}: has {lacks} in its first row; keep the header of {table.name}.csv")
    lines = [_line(number, cells, columns) for number, cells in enumerate(rows[1:], 2) if any(map(str.strip, cells))]
    return Sheet(columns, separator, tuple(lines), tuple(problems), tuple(notes))


def is_of_names(path: Path) -> bool:
    """Tell whether an edited table is one of names, by its first row."""
    rows, _ = _rows(path)
    header = {_normal(cell) for cell in rows[0]} if rows else set()
    return {"label", "text"} <= header and "event_id" not in header


def _rows(path: Path) -> tuple[list[list[str]], str]:
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except Undecodable as error:
        raise UsageError(f"{path}: {error}; save it from the spreadsheet as CSV in UTF-8") from error
    first, _, rest = text.partition("\n")
    declared = DECLARED.match(first)
    if declared:
        text, first = rest, rest.partition("\n")[0]
    separator = declared["mark"] if declared else max(SEPARATORS, key=first.count)
    csv.field_size_limit(1 << 30)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), separator


def _line(number: int, cells: Sequence[str], columns: Sequence[str | None]) -> Line:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(columns):
        return Line(number, {}, tuple(cells))
    return Line(number, {column: cell for column, cell in zip(columns, cells, strict=True) if column})


def _columns(header: Sequence[str], order: Sequence[str]) -> tuple[tuple[str | None, ...], list[Problem], list[str]]:
    """Tell which column is which: by name, by nearly the name, or by its place between its neighbours."""
    known = (*order, VERDICT)
    names: list[str | None] = [_normal(cell) if _normal(cell) in known else None for cell in header]
    problems: list[Problem] = []
    notes: list[str] = []
    for place, name in enumerate(names):
        if name and name in names[:place]:
            problems.append(Problem(1, name, header[place], "this column is there twice; the second is not read"))
            names[place] = None
    for place, cell in enumerate(header):
        written = _normal(cell)
        if names[place] or not written or written in IGNORED or written in known:
            continue
        missing = [name for name in known if name not in names]
        near = next(iter(get_close_matches(written, missing, 1, NEAR)), None)
        guess = _by_place(place, names, missing, order) or near
        if guess:
            names[place] = guess
            notes.append(f"column {cell.strip()!r} is read as {guess}")
        else:
            problems.append(Problem(1, None, cell, "no such column; it is not read"))
    return tuple(names), problems, notes


def _normal(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip().strip("\ufeff'\"").casefold())


def _by_place(
    place: int, names: Sequence[str | None], missing: Sequence[str], order: Sequence[str]
) -> str | None:
    before = names[place - 1] if place else None
    after = names[place + 1] if place + 1 < len(names) else None
    for name in missing:
        if name == VERDICT:
            continue
        index = order.index(name)
        fits_before = (index == 0 and place == 0) or (before is not None and index > 0 and order[index - 1] == before)
        fits_after = after is not None and index + 1 < len(order) and order[index + 1] == after
        if fits_before and fits_after:
            return name
    return None


def realigned(line: Line, sheet: Sheet, expected: Mapping[str, str]) -> dict[str, str] | None:
    """Put the pieces of a row that lost its quotes back into cells, by what stood there; None if that fails.

    `expected` holds the original cells as text; a cell that was edited must not hold the separator.
    """
    if line.pieces is None:
        return dict(line.cells)
    position = 0
    cells: dict[str, str] = {}
    for column in sheet.columns:
        was = expected.get(column or "", "")
        width = was.count(sheet.separator) + 1
        piece = sheet.separator.join(line.pieces[position : position + width])
        if width > 1 and piece.strip().strip('"') == was.strip().strip('"'):
            position += width
        elif position < len(line.pieces):
            piece = line.pieces[position]
            position += 1
        else:
            piece = was if column != VERDICT else ""
        if column:
            cells[column] = piece
    return cells if position == len(line.pieces) else None
