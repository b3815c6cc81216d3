"""dragoman check: are the configuration and the models in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def check(
        context: typer.Context,
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
        rules: Annotated[bool, typer.Option("--rules", help="Lint the event rules too.")] = False,
        texts: Annotated[
            Path, typer.Option(help="With --rules: articles on which every rule ought to fire somewhere.")
        ] = Path("corpus/articles"),
    ) -> None:
        """Check the configuration and the models; print one line per language."""
        from dragoman.checking import check_languages, incomplete
        from dragoman.config import load_settings
        from dragoman.releases.store import opened

        settings = load_settings(config)
        context.with_resource(opened(settings.models.release))
        typer.echo(f"configuration ok: {config or 'config.toml, or the defaults'}")
        failed = False
        for line in check_languages(settings):
            typer.echo(line.text)
            failed = failed or not line.ok
        for text in incomplete():
            typer.echo(text)
        if rules and not failed:
            from dragoman.checking import check_rules

            for line in check_rules(texts, settings):
                typer.echo(line.text)
                failed = failed or not line.ok
        if failed:
            raise typer.Exit(3)
