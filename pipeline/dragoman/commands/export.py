"""dragoman export: a run in the columns of a known data set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def export(
        run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
        format: Annotated[str, typer.Option("--format", "-f", help="plover, cameo, colt or wti.")],
        output: Annotated[
            str, typer.Option("--output", "-o", help="File (.tsv or .txt: tabs, else commas), or - to print.")
        ] = "-",
    ) -> None:
        """Write a run in the columns and codes of a known data set, for joining.

        plover: POLECAT. cameo: ICEWS. colt: leader travel. wti: World Treaty Index.
        """
        from dragoman import exports

        done = exports.export(run, format=format, output=output)
        typer.echo(f"{done.lines} lines written", err=True)
        for reason, count in sorted(done.left_out.items()):
            typer.echo(f"{count} left out: {reason}", err=True)
