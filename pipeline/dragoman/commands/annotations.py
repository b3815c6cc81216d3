"""dragoman annotations: to annotation tools and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FORMATS = "doccano, label-studio, inception, brat or spacy."


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Exchange annotations with other tools.", no_args_is_help=True, rich_markup_mode=None)
    group.command("export")(export)
    group.command("import")(import_)
    app.add_typer(group, name="annotations")


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=FORMATS)],
    source: Annotated[Path, typer.Argument(metavar="RUN_OR_GOLD", help="Folder of a run, or a gold file (.jsonl).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File, or folder for inception and brat.")],
    articles: Annotated[
        list[Path] | None, typer.Option(help="Where the run's articles are now, if they moved. May be repeated.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
) -> None:
    """Write names, dates and events for an annotation tool."""
    from dragoman.annotations import export as write

    count = write(source, output, format=format, articles=articles, overwrite=overwrite)
    typer.echo(f"{count} articles written to {output}", err=True)


def import_(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=FORMATS)],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file or folder that the tool exported.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Gold file to write (.jsonl).")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
) -> None:
    """Read what an annotation tool exported, and write it as gold records."""
    from dragoman.annotations import bring_in

    count = bring_in(path, output, format=format, overwrite=overwrite)
    typer.echo(f"{count} articles written to {output}", err=True)
