"""dragoman new-language: the folder of a language that is not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command("new-language")
    def new_language(
        code: Annotated[str, typer.Argument(help="ISO 639 code, such as tr.")],
        models: Annotated[Path | None, typer.Option(help="Make it in this copy of models/.")] = None,
    ) -> None:
        """Make models/CODE with what CLDR knows of a language and stubs for the rest; then say what is to do.

        Never overwrites: in a folder that is there only missing files are made.
        """
        from dragoman.newlanguage.checklist import lacking
        from dragoman.newlanguage.folder import make_language
        from dragoman.pack import models_folder

        folder = (models or models_folder()) / code
        written = make_language(code, models=models)
        for name in written:
            typer.echo(f"made {folder / name}")
        if not written:
            typer.echo(f"{folder}: nothing was missing")
        for line in lacking(code, models=models):
            typer.echo(f"to do  {line}")
        typer.echo(f"{folder / 'README.md'} says in which order")
