"""dragoman explain: why an event was read from a sentence, and why none was."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def explain(
        text: Annotated[
            str, typer.Argument(metavar="FILE_OR_TEXT", help="A text, a file, or - for standard input.")
        ],
        type: Annotated[str | None, typer.Option("--type", help="Only this type of event.")] = None,
        language: Annotated[
            str | None, typer.Option(help="Language of the text, instead of detecting it.")
        ] = None,
        published: Annotated[
            str | None, typer.Option(help="Day of writing, YYYY-MM-DD, for words like today.")
        ] = None,
    ) -> None:
        """Show, sentence by sentence, which rule fired with which date and sides, or which condition failed."""
        from dragoman.commands.dates import _content, _day
        from dragoman.errors import UsageError
        from dragoman.events import explain as explaining
        from dragoman.events import load_knowledge
        from dragoman.flow import heading
        from dragoman.language import settled

        content = _content(text)
        settled_language = settled(content, language)
        knowledge = load_knowledge(settled_language)
        if type is not None and type not in knowledge.types:
            raise UsageError(f"--type {type}: no such type; the types are {', '.join(knowledge.types)}")
        explained = explaining.explain(
            content, language=settled_language, title=heading(content), published=_day(published), type=type
        )
        places = {rule.name: rule.place for rule in knowledge.rules}
        for line in explaining.lines(explained, content, places=places):
            typer.echo(line)
        if not explained:
            typer.echo("no trigger in this text", err=True)
