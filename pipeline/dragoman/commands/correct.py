"""dragoman correct: take in the corrections that somebody made in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.learning.sheet import Problem

SOME_REFUSED = 1


def register(app: typer.Typer) -> None:
    @app.command()
    def correct(
        table: Annotated[
            Path, typer.Argument(metavar="TABLE_CSV", help="The events.csv or entities.csv of a run, edited.")
        ],
        by: Annotated[str | None, typer.Option(help="Who made the corrections.")] = None,
        run: Annotated[
            Path | None, typer.Option(help="Folder of the run [default: the folder of the table].")
        ] = None,
        corrections: Annotated[Path, typer.Option(help="Folder to keep corrections in.")] = Path("corpus/corrections"),
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be stored.")] = False,
    ) -> None:
        """Store the corrections made in a spreadsheet, for dragoman learn.

        Add a column verdict to events.csv: right, wrong, fixed (and change the cells), or missing (a row of your
        own with doc_id, evidence, trigger, type and what else is known). Save as CSV. Ends with 0, or with 1 if
        some rows or cells were not understood; the others are stored.

        In entities.csv change label, or text to a part of the name or to more words; a missing row needs doc_id,
        text and label. These are for dragoman learn names.
        """
        from dragoman.learning.sheet import is_of_names

        take = _correct_names if is_of_names(table) else _correct
        raise typer.Exit(take(table, by, run or table.parent, corrections, dry_run))


def _correct(table: Path, by: str | None, run: Path, folder: Path, dry_run: bool) -> int:
    from dragoman import listing, results
    from dragoman.learning.corrections import store
    from dragoman.learning.edits import Originals, read_edits
    from dragoman.learning.sheet import read_sheet

    finished = results.read(run)
    originals = Originals.of(listing.rows(finished, "events"), listing.rows(finished, "articles"))
    edits = read_edits(read_sheet(table), originals, by=by, at=_today())
    stored = 0 if dry_run else store(edits.corrections, folder, name=by or "corrections")
    verdicts = [correction.verdict for correction in edits.corrections]
    return _tell("corrections", verdicts, f"{stored} new in {folder}", edits.problems, edits.notes)


def _correct_names(table: Path, by: str | None, run: Path, folder: Path, dry_run: bool) -> int:
    from dragoman import listing, results
    from dragoman.learning.nameedits import NameOriginals, read_name_edits
    from dragoman.learning.namings import FOLDER, store_namings
    from dragoman.learning.sheet import read_sheet
    from dragoman.tables import ENTITIES

    finished = results.read(run)
    originals = NameOriginals.of(listing.rows(finished, "entities"), listing.rows(finished, "articles"))
    edits = read_name_edits(read_sheet(table, ENTITIES), originals, by=by, at=_today())
    stored = 0 if dry_run else store_namings(edits.namings, folder, name=by or "corrections")
    verdicts = [naming.verdict for naming in edits.namings]
    return _tell("names", verdicts, f"{stored} new in {folder / FOLDER}", edits.problems, edits.notes)


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


def _tell(
    what: str, verdicts: Sequence[str], stored: str, problems: Sequence[Problem], notes: Sequence[str]
) -> int:
    """Print what was taken in and what was not understood; return the exit code."""
    from collections import Counter

    for note in notes:
        typer.echo(f"note: {note}", err=True)
    for problem in problems:
        typer.echo(f"not read: {problem.told()}", err=True)
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(Counter(verdicts).items())) or "none"
    typer.echo(f"{what}: {told}; {stored}; not understood: {len(problems)}")
    return SOME_REFUSED if problems else 0
