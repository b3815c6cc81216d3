"""dragoman query: SQL over the tables of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

FORMATS = ("table", "csv", "json")


def register(app: typer.Typer) -> None:
    @app.command()
    def query(
        run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
        sql: Annotated[
            str, typer.Argument(metavar="SQL", help="For example: select type, count(*) from events group by 1")
        ],
        format: Annotated[
            str | None, typer.Option(help="table, csv or json (lines) [default: table on a terminal, else csv].")
        ] = None,
    ) -> None:
        """Ask the tables of a run in SQL (DuckDB; needs the extra query).

        The tables: articles, entities, dates, events, treaties, timeline, rejects.
        """
        import sys

        from dragoman.errors import UsageError
        from dragoman.querying import query as ask
        from dragoman.results import read

        chosen = format or ("table" if sys.stdout.isatty() else "csv")
        if chosen not in FORMATS:
            raise UsageError(f"--format {chosen}: not known; write one of {', '.join(FORMATS)}")
        names, found = ask(read(run), sql)
        WRITERS[chosen](names, found)


def _table(names: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from dragoman.commands.terminal import console
    from dragoman.visible import visible

    table = Table(*names)
    for row in found:
        table.add_row(*(Text(visible(_cell(value))) for value in row))
    console(None).print(table)


def _csv(names: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    import csv
    import sys

    from dragoman.cells import guarded

    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(names)
    sheet.writerows([guarded(_cell(value)) for value in row] for row in found)


def _json(names: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    import json

    for row in found:
        typer.echo(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(_cell, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


WRITERS = {"table": _table, "csv": _csv, "json": _json}
