"""dragoman dates: the dates in a text."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def dates(
        text: Annotated[str, typer.Argument(metavar="TEXT_OR_FILE", help="A text, a file, or - for standard input.")],
        language: Annotated[str | None, typer.Option(help="Language of the text, instead of detecting it.")] = None,
        published: Annotated[str | None, typer.Option(help="Day of writing, YYYY-MM-DD, for words like today.")] = None,
        json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    ) -> None:
        """Print the dates in a text: what was written, its value in EDTF, its first and last day."""
        import json as notation
        from dataclasses import asdict

        from dragoman import dates as grammar
        from dragoman.language import settled

        day = _day(published)
        content = _content(text)
        found = grammar.find(content, language=settled(content, language), published=day)
        for timex in found:
            if json:
                typer.echo(notation.dumps(asdict(timex), ensure_ascii=False))
            else:
                cells = (
                    timex.text,
                    timex.edtf,
                    timex.date_start,
                    timex.date_end,
                    timex.timex_type,
                    timex.rule,
                )
                typer.echo("\t".join(" ".join((cell or "").split()) for cell in cells))


def _day(published: str | None) -> str | None:
    from dragoman.errors import UsageError
    from dragoman.reading.fields import published_day

    if published is not None and published_day(published) is None:
        raise UsageError(f"--published {published}: not a day; write YYYY-MM-DD")
    return published_day(published)


def _content(text: str) -> str:
    from pathlib import Path

    from dragoman.errors import UsageError
    from dragoman.reading.encodings import Undecodable, decode

    try:
        if text == "-":
            return decode(sys.stdin.buffer.read())
        path = Path(text)
        return decode(path.read_bytes()) if len(text.encode()) < 256 and path.is_file() else text
    except Undecodable as error:
        raise UsageError(f"{text}: {error}") from error
    except OSError as error:
        raise UsageError(f"{text}: cannot be read: {error.strerror}; check the permissions") from error
