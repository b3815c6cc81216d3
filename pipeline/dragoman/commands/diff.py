"""dragoman diff: what changed from one run to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STYLES = {"+": "green", "-": "red", "~": "yellow", "!": "magenta", "=": "bold"}


def register(app: typer.Typer) -> None:
    @app.command()
    def diff(
        before: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of the earlier run.")],
        after: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of the later run.")],
        all: Annotated[bool, typer.Option("--all", help="Changes of confidence and rule too.")] = False,
        color: Annotated[
            bool | None, typer.Option("--color/--no-color", help="Colours [default: on a terminal].")
        ] = None,
    ) -> None:
        """Print which events came (+), went (-) and changed (~) between two runs, slot by slot."""
        from rich.text import Text

        from dragoman.commands.terminal import console
        from dragoman.differing import compare, lines
        from dragoman.results import read
        from dragoman.visible import visible

        out = console(color)
        for sign, line in lines(compare(read(before), read(after), further=all)):
            whole = line if sign == "=" else f"{sign} {visible(' '.join(line.splitlines()))}"
            out.print(Text(whole, style=STYLES[sign]), soft_wrap=True, highlight=False)
