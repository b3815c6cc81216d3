"""dragoman show: the events of a run in the terminal, with their evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def show(
        run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
        article: Annotated[list[str] | None, typer.Option(help="Only this article (doc_id). May be repeated.")] = None,
        type: Annotated[list[str] | None, typer.Option("--type", help="Only this type. May be repeated.")] = None,
        since: Annotated[str | None, typer.Option(help="From this year, month or day on: 1991, 1991-12.")] = None,
        until: Annotated[str | None, typer.Option(help="Until this year, month or day.")] = None,
        state: Annotated[
            list[str] | None, typer.Option(help="Only with this state, such as ROU; all, if more.")
        ] = None,
        language: Annotated[list[str] | None, typer.Option(help="Only this language. May be repeated.")] = None,
        color: Annotated[
            bool | None, typer.Option("--color/--no-color", help="Colours [default: on a terminal].")
        ] = None,
    ) -> None:
        """Print events with their sentences; trigger, date, sides and names are in colour on a terminal."""
        from dragoman import showing
        from dragoman.commands.terminal import console
        from dragoman.listing import rows
        from dragoman.results import read
        from dragoman.selecting import select

        opened = read(run)
        chosen = select(
            rows(opened, "events"),
            articles=article or (),
            types=type or (),
            states=state or (),
            languages=language or (),
            since=since,
            until=until,
        )
        out = console(color)
        for line in showing.lines(chosen, showing.Context.of(opened)):
            out.print(line, soft_wrap=True, highlight=False)
        typer.echo(f"{len(chosen)} events", err=True)
