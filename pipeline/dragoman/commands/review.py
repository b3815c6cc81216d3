"""dragoman review: correct the events of a run in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def review(
        run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
        by: Annotated[str | None, typer.Option(help="Who makes the corrections.")] = None,
        articles: Annotated[
            list[Path] | None,
            typer.Option(help="Where the articles are now, if they moved: as given to run. May be repeated."),
        ] = None,
        corrections: Annotated[Path, typer.Option(help="Folder to keep corrections in.")] = Path("corpus/corrections"),
        port: Annotated[
            int, typer.Option(help="Port on 127.0.0.1 [default: any that is free].", show_default=False)
        ] = 0,
        browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    ) -> None:
        """Judge, mend and add events in a browser, by single keys; needs the extra review.

        The page is served to this machine only, at an address that is new each time. Each correction is on disk,
        for dragoman learn, before the page goes on. Ctrl-C ends it.
        """
        _review(run, by, articles, corrections, port, browser)


def _review(
    run: Path, by: str | None, articles: list[Path] | None, corrections: Path, port: int, browser: bool
) -> None:
    import webbrowser
    from datetime import UTC, datetime

    from dragoman import originals, results
    from dragoman.errors import UsageError
    from dragoman.review.desk import Desk
    from dragoman.review.journal import Journal
    from dragoman.review.material import Material
    from dragoman.review.preview import Preview
    from dragoman.review.standing import Standing

    try:
        from dragoman.review.serving import serve
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'dragoman[review]'") from error
    finished = results.read(run)
    material = Material(finished, inputs=articles)
    journal = Journal(corrections, by=by)
    desk = Desk(Standing(material, journal), today=lambda: datetime.now(UTC).date().isoformat())
    gone = len(material.articles) - len(material.texts)
    if gone:
        typer.echo(f"{gone} articles are gone or changed, only their sentences are shown; say --articles", err=True)
    inputs = [str(path) for path in articles] if articles else originals.found_inputs(finished)

    def ready(address: str) -> None:
        typer.echo(f"{len(material.events)} events, at {address}\nCtrl-C ends; corrections go to {corrections}")
        if browser:
            webbrowser.open(address)

    try:
        serve(
            desk,
            name=finished.folder.resolve().name,
            preview=Preview(corrections=corrections, inputs=inputs),
            port=port,
            ready=ready,
        )
    except KeyboardInterrupt:
        typer.echo(f"\n{journal.written} corrections written to {corrections}")
