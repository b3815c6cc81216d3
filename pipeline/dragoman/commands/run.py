"""dragoman run: articles in, tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.batch.job import Job
    from dragoman.config import Settings

SOME_REJECTED = 1
FORMATS = ("tables", "jsonl")


def register(app: typer.Typer) -> None:
    @app.command()
    def run(
        context: typer.Context,
        inputs: Annotated[
            list[str], typer.Argument(metavar="INPUT...", help="Files, folders, addresses, or - for standard input.")
        ],
        output: Annotated[
            str | None, typer.Option("--output", "-o", help="Folder, or address, to write the tables to.")
        ] = None,
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
        language: Annotated[str | None, typer.Option(help="Language of all articles, instead of detecting it.")] = None,
        entities: Annotated[
            str | None, typer.Option(help="Names to write: events (in their sentences) or all.")
        ] = None,
        release: Annotated[
            str | None, typer.Option(help="Read with this release of the models, not the working ones.")
        ] = None,
        form: Annotated[
            str, typer.Option("--format", help="tables in a folder, or jsonl: events on standard output as they come.")
        ] = "tables",
        to: Annotated[
            str | None, typer.Option(help="Also into a store: sqlite:FILE, duckdb:FILE or postgresql://...")
        ] = None,
        workers: Annotated[int, typer.Option(min=1, help="Processes that read articles at the same time.")] = 1,
        cluster: Annotated[
            str | None, typer.Option(help="Dask cluster that reads them instead: tcp://HOST:PORT, or local:N.")
        ] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier run.")] = False,
        fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew where a run was left unfinished.")] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    ) -> None:
        """Read articles and write the event tables.

        Reads .txt .md .html .htm .jsonl .csv (each also with .gz) and .parquet. Ends with 0,
        or with 1 if some records were rejected; the table rejects says why. A run that was
        cut off goes on where it was when the same command is given again.
        """
        import sys
        from datetime import UTC, datetime

        from dragoman import reading
        from dragoman.batch.job import Job
        from dragoman.config import load_settings
        from dragoman.releases.store import opened

        flags = {"language": language, "entities": entities, "models": {"release": release} if release else None}
        settings = load_settings(config, {key: value for key, value in flags.items() if value is not None})
        context.with_resource(opened(settings.models.release))
        if _wants_stream(form, output, workers > 1 or bool(cluster or to)):
            raise typer.Exit(_stream(inputs, settings))
        assert output is not None
        folder, address = _place(output)
        _check_cluster(cluster, workers)
        job = Job(
            plan=reading.plan(inputs, leave_out=folder),
            output=folder,
            address=address,
            cluster=cluster,
            settings=settings,
            workers=workers,
            overwrite=overwrite,
            fresh=fresh,
            store=to,
            command=sys.argv,
            started=_now(datetime.now(UTC)),
        )
        raise typer.Exit(_run(job, inputs, quiet=quiet))


def _place(output: str) -> tuple[Path, str | None]:
    """Return the folder to build a run in, and the address that it goes to afterwards if it was given one."""
    from dragoman.batch import publishing
    from dragoman.reading.remote import is_address

    return (publishing.stand_in(output), output) if is_address(output) else (Path(output), None)


def _check_cluster(cluster: str | None, workers: int) -> None:
    from dragoman.errors import UsageError

    if cluster is None:
        return
    if workers > 1:
        raise UsageError("--cluster has workers of its own; leave out --workers")
    from dragoman.batch import cluster as clusters

    clusters.check(cluster)


def _wants_stream(form: str, output: str | None, tables_only: bool) -> bool:
    """Tell whether events are to go to standard output; raises UsageError where the options do not fit together.

    `tables_only` says that something else was asked for which only a run into tables can do.
    """
    from dragoman.errors import UsageError

    if form not in FORMATS:
        raise UsageError(f"--format {form}: it must be one of {', '.join(FORMATS)}")
    if form == "tables" and output is None:
        raise UsageError("no --output: name the folder to write the tables to, or say --format jsonl")
    if form == "jsonl" and (output is not None or tables_only):
        options = "--output, --workers, --cluster and --to"
        raise UsageError(f"--format jsonl writes to standard output alone; leave out {options}")
    return form == "jsonl"


def _stream(inputs: list[str], settings: Settings) -> int:
    import sys

    from dragoman import reading
    from dragoman.batch.stream import stream

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    records = reading.read(inputs, settings=settings)
    return SOME_REJECTED if stream(records, settings=settings, events=sys.stdout, talk=sys.stderr) else 0


def _run(job: Job, inputs: list[str], *, quiet: bool) -> int:
    import os
    import sys
    import time
    from datetime import UTC, datetime

    from dragoman.batch.job import run
    from dragoman.reporting import Reporter, summary_lines

    started = time.monotonic()

    def ending() -> dict[str, Any]:
        timings = {"extraction": round(time.monotonic() - started, 3)}
        return {"timings": timings, "finished": _now(datetime.now(UTC))}

    with Reporter(job.plan.size, quiet=quiet, stream=sys.stderr, clock=time.monotonic) as reporter:
        summary = run(job, listener=reporter, note={"inputs": inputs, "working_folder": os.getcwd()}, ending=ending)
    if not quiet:
        for line in summary_lines(summary, seconds=time.monotonic() - started):
            typer.echo(line)
    return SOME_REJECTED if summary.rejected else 0


def _now(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))
