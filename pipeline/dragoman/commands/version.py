"""dragoman version"""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def version() -> None:
        """Print the version."""
        from dragoman.provenance import dragoman_version

        typer.echo(dragoman_version())
