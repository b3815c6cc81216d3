"""dragoman learn names: tune the model that finds names on what people corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.config import Settings

CORRECTIONS = Path("corpus/corrections")
ARTICLES = Path("corpus/articles")
DATA = Path("corpus/gold/names")


def register(group: typer.Typer) -> None:
    @group.command()
    def names(
        language: Annotated[str, typer.Argument(help="Code of a language whose model is to learn.")],
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the new model if it passes the gate.")] = False,
        undo: Annotated[
            bool, typer.Option("--undo", help="Put the model back that the last learning replaced.")
        ] = False,
        corrections: Annotated[Path, typer.Option(help="Folder of corrections.")] = CORRECTIONS,
        articles: Annotated[
            list[Path] | None,
            typer.Option(help="The articles that corrections are about; repeatable [default: corpus/articles]."),
        ] = None,
        data: Annotated[
            list[Path] | None,
            typer.Option(
                help="Folder of the data that the model was made of; repeatable [default: corpus/gold/names]."
            ),
        ] = None,
        texts: Annotated[Path | None, typer.Option(help="Folder of the texts that such data points into.")] = None,
        model: Annotated[
            Path | None, typer.Option(help="Folder of the model [default: the one in use].")
        ] = None,
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
    ) -> None:
        """Tune the model that finds names on corrected names.

        Old data is rehearsed, so that it does not forget. Scored on corrected articles held out and on old data kept
        apart; taken only if it is better there and not worse here. The old model is kept beside the new one.
        """
        from dragoman.config import load_settings
        from dragoman.errors import UsageError
        from dragoman.learning.namelearning import take_back
        from dragoman.pack import languages, models_folder

        if language not in languages():
            raise UsageError(f"{language}: no such language; known: {', '.join(languages())}")
        settings = load_settings(config)
        chosen = settings.of(language).names_model
        folder = model or (Path(chosen) if chosen else models_folder() / language / "names")
        if undo:
            take_back(folder)
            typer.echo(f"{folder}: the model before is back")
            return
        _learn(language, folder, corrections, articles, data, texts, settings, yes)


def _learn(
    language: str,
    folder: Path,
    corrections: Path,
    articles: list[Path] | None,
    data: list[Path] | None,
    texts: Path | None,
    settings: Settings,
    yes: bool,
) -> None:
    import sys

    from dragoman import reading
    from dragoman.errors import GateError, UsageError
    from dragoman.learning.namelearning import prepare, put_in_place, try_out
    from dragoman.learning.namings import load_namings, merge_namings
    from dragoman.names.tuning import Tuning
    from dragoman.records import Article

    merged = merge_namings(load_namings(corrections))
    for line in merged.contradictions:
        typer.echo(f"contradiction, not learned from: {line}", err=True)
    namings = [naming for naming in merged.namings if naming.language in (language, None)]
    if not namings:
        raise UsageError(f"{corrections / 'names'}: no corrections of {language}; dragoman correct RUN/entities.csv")
    inputs = [str(path) for path in articles or ([ARTICLES] if ARTICLES.is_dir() else [])]
    read = reading.read(reading.plan(inputs), settings=settings) if inputs else iter(())
    found = (record for record in read if isinstance(record, Article))
    known = data or ([DATA] if DATA.is_dir() else [])
    prepared = prepare(namings, found, language=language, folder=folder, data=known, texts=texts)
    for line in prepared.notes:
        typer.echo(line, err=True)
    material = prepared.material
    typer.echo(
        f"{language}: {len(material.reviewed)} corrected sentences, {len(material.old)} old ones to rehearse, "
        f"{len(material.kept)} kept apart"
    )
    verdict = try_out(prepared, tuning=Tuning())
    typer.echo(
        f"F1 on corrected articles held out {verdict.before:.3f} -> {verdict.after:.3f}; "
        f"on what is kept apart {verdict.kept_before:.3f} -> {verdict.kept_after:.3f}"
    )
    if verdict.refusal is not None:
        raise GateError(f"refused: {verdict.refusal}; the model stays as it is")
    if yes or (sys.stdin.isatty() and typer.confirm("take it?", default=False)):
        put_in_place(prepared, verdict, tuning=Tuning(), say=typer.echo)
    else:
        typer.echo("not taken; say --yes")
