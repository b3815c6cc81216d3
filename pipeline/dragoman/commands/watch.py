"""dragoman watch: follow a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.batch.watching import Watch


def register(app: typer.Typer) -> None:
    @app.command()
    def watch(
        context: typer.Context,
        folder: Annotated[Path, typer.Argument(help="Folder to which articles come.")],
        output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the tables to.")],
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
        every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
        once: Annotated[bool, typer.Option("--once", help="Read what is there and end.")] = False,
        fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was read and read it again.")] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    ) -> None:
        """Read new articles of a folder as they come and keep the tables up to date.

        A file is read once it has not changed between two looks, and again if it changes later. The tables
        are those of `dragoman run` over all files read. Ends with Ctrl-C; begins again where it was.
        """
        import sys
        import time

        from dragoman.batch import place
        from dragoman.batch.watching import Watch
        from dragoman.config import load_settings
        from dragoman.errors import UsageError
        from dragoman.releases.store import opened
        from dragoman.reporting import Reporter

        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder; name the one to which articles come")
        output = output.resolve()
        reporter = Reporter(0, quiet=quiet, stream=sys.stderr, clock=time.monotonic)
        settings = load_settings(config, {})
        context.with_resource(opened(settings.models.release))
        watched = Watch(folder, output, settings, reporter)
        with place.locked(output):
            watched.begin(fresh=fresh)
            _step(watched, at_once=once)
            try:
                while not once:
                    time.sleep(every)
                    _step(watched)
            except KeyboardInterrupt:
                reporter.say("stopped")


def _step(watched: Watch, *, at_once: bool = False) -> None:
    """Look once, and write the tables if they lack something."""
    import os
    import sys
    from datetime import UTC, datetime

    watched.look(at_once=at_once)
    if not watched.behind():
        return
    note: dict[str, Any] = {
        "command": sys.argv,
        "inputs": [str(watched.folder)],
        "working_folder": os.getcwd(),
    }
    summary = watched.write(note, lambda: {"finished": datetime.now(UTC).isoformat(timespec="seconds")})
    rows = summary.tables
    watched.listener.say(f"{summary.ok} articles read, {summary.rejected} rejected, {rows['events']} events")
