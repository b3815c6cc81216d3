"""dragoman train: make the models that ship, or your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.names.training import Round


def register(app: typer.Typer) -> None:
    train = typer.Typer(help="Train models.", no_args_is_help=True, rich_markup_mode=None)
    train.callback()(_keep_subcommands)
    train.command("names")(names)
    app.add_typer(train, name="train")


def _keep_subcommands() -> None:
    """Train models."""


def names(
    language: Annotated[str, typer.Argument(help="Code of a language under models/.")],
    data: Annotated[list[Path], typer.Option(help="Folder of annotated *.jsonl files; may be repeated.")],
    output: Annotated[Path, typer.Option(help="Folder of the model; its recipe.toml is followed, if any.")],
    texts: Annotated[
        Path | None, typer.Option(help="Folder of the texts that standoff annotations point into.")
    ] = None,
    engine: Annotated[str, typer.Option(help="spacy or stanza.")] = "spacy",
    recipe: Annotated[Path | None, typer.Option(help="A recipe other than OUTPUT/recipe.toml.")] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder of checkpoints; a training found there goes on.")
    ] = None,
) -> None:
    """Train a model that finds names, score it on held-out documents, write it with its card.

    A training that was interrupted goes on from its last round when the command is given again.
    """
    from dragoman.names.releasing import Order, train_names

    order = Order(
        language,
        engine=engine,
        data=tuple(data),
        output=output,
        texts=texts,
        recipe=recipe,
        work=work or output.parent / f"{output.name}.part",
    )
    card = train_names(order, report=_say)
    together = card.scores.get("all", {}).get("all", {})
    typer.echo(f"{output / card.weights}: {card.size:,} bytes, F1 {together.get('f1')} on held-out documents")


def _say(now: Round) -> None:
    scores = "  ".join(f"{label} {score.f1 or 0:.3f}" for label, score in now.dev.items())
    mark = " *" if now.best else ""
    typer.echo(f"round {now.number}/{now.rounds}  loss {now.loss:.3f}  dev {scores}{mark}", err=True)
