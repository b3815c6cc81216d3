"""dragoman report: a run to look at in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def report(
        run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
        output: Annotated[Path | None, typer.Option("--output", "-o", help="File [default: RUN/report.html].")] = None,
        articles: Annotated[
            list[Path] | None,
            typer.Option(help="Where the articles are now, if they moved: as given to run. May be repeated."),
        ] = None,
    ) -> None:
        """Write one page with the events, their timeline, the states, treaties, conflicts and rejects.

        The page opens from disk and sends nothing anywhere. An article that is gone or was changed
        since the run is shown by the sentences that the tables hold.
        """
        from dragoman.report import write_report

        written = write_report(run, output, articles=articles)
        typer.echo(f"{written.path}: {written.events} events, {written.size / 1e6:.1f} MB")
        if written.gone:
            typer.echo(
                f"{written.gone} articles are gone or changed, only their sentences with events are shown; "
                "say where they are with --articles",
                err=True,
            )
        if written.cut:
            message = "articles are shown by their sentences with events, to keep the page small"
            typer.echo(f"{written.cut} {message}", err=True)
