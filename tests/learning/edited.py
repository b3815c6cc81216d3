"""A run and an edited copy of its events, for tests of corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sample_run

from dragoman import listing, results
from dragoman.learning.edits import Edits, Originals, read_edits
from dragoman.learning.sheet import read_sheet

Cells = dict[str, str]
Change = Callable[[list[Cells]], None]


def make_run(folder: Path) -> Path:
    sample_run.write(folder)
    return folder


def rows(run: Path) -> list[Cells]:
    with (run / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(cells: list[Cells], *, columns: list[str] | None = None, separator: str = ",") -> str:
    text = io.StringIO()
    names = columns or list(dict.fromkeys(key for row in cells for key in row))
    sheet = csv.DictWriter(text, names, delimiter=separator, extrasaction="ignore")
    sheet.writeheader()
    sheet.writerows(cells)
    return text.getvalue()


def edited(run: Path, change: Change, *, encoding: str = "utf-8-sig", **options: Any) -> Edits:
    """Change the rows of a run as in a spreadsheet, save them, and read what they say."""
    cells = rows(run)
    change(cells)
    path = run.parent / "edited.csv"
    path.write_bytes(written(cells, **options).encode(encoding))
    return of_file(run, path)


def of_file(run: Path, path: Path) -> Edits:
    finished = results.read(run)
    originals = Originals.of(listing.rows(finished, "events"), listing.rows(finished, "articles"))
    return read_edits(read_sheet(path), originals, by="Aytac", at="2026-01-01")
