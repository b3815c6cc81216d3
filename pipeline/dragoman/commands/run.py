"""dragoman run: articles in, tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.config import Settings

SOME_REJECTED = 1


def register(app: typer.Typer) -> None:
    @app.command()
    def run(
        inputs: Annotated[
            list[str], typer.Argument(metavar="INPUT...", help="Files, folders, or - for standard input.")
        ],
        output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the tables to.")],
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
        language: Annotated[str | None, typer.Option(help="Language of all articles, instead of detecting it.")] = None,
        entities: Annotated[
            str | None, typer.Option(help="Names to write: events (in their sentences) or all.")
        ] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier run.")] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    ) -> None:
        """Read articles and write the event tables.

        Reads .txt .md .html .htm .jsonl .csv (each also with .gz) and .parquet. Ends with 0,
        or with 1 if some records were rejected; the table rejects says why.
        """
        from dragoman.config import load_settings

        flags = {"language": language, "entities": entities}
        settings = load_settings(config, {key: value for key, value in flags.items() if value is not None})
        raise typer.Exit(_run(inputs, output, settings, overwrite=overwrite, quiet=quiet))


def _run(inputs: list[str], output: Path, settings: Settings, *, overwrite: bool, quiet: bool) -> int:
    import sys
    import time
    from dataclasses import asdict
    from datetime import UTC, datetime

    from dragoman import flow, reading
    from dragoman.records import Rejection
    from dragoman.reporting import Reporter, summary_lines
    from dragoman.writing import RunWriter

    started = time.monotonic()
    plan = reading.plan(inputs, leave_out=output)
    reporter = Reporter(plan.size, quiet=quiet, stream=sys.stderr, clock=time.monotonic)
    noted: dict[str, Any] = asdict(settings)
    with RunWriter(
        output, settings=noted, command=sys.argv, started=_now(datetime.now(UTC)), overwrite=overwrite
    ) as writer:
        with reporter:
            records = reading.read(plan, settings=settings, progress=reporter.read)
            for result in flow.process_all(records, settings=settings):
                if isinstance(result, Rejection):
                    writer.reject(result)
                else:
                    writer.add(result)
                reporter.processed(result)
        reporter.say("writing the tables")
        extracted = time.monotonic() - started
        summary = writer.close(timings={"extraction": round(extracted, 3)}, finished=_now(datetime.now(UTC)))
    if not quiet:
        for line in summary_lines(summary, seconds=time.monotonic() - started):
            typer.echo(line)
    return SOME_REJECTED if summary.rejected else 0


def _now(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))
