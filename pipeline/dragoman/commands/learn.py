"""dragoman learn: propose rules from annotated articles and corrections, and keep those that help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.config import Settings
    from dragoman.learning.gold import Annotated as AnnotatedArticle
    from dragoman.learning.learner import Accept, Offer
    from dragoman.learning.namesamples import Marked
    from dragoman.learning.namings import Naming
    from dragoman.learning.rulebook import Rulebook
    from dragoman.records import Article

CORRECTIONS = Path("corpus/corrections")
ARTICLES = Path("corpus/articles")
GOLD = Path("corpus/gold")
SENTENCE = 160
BELOW: tuple[str, ...] = ("dragoman.commands.learning.names",)
"""Modules with a `register(group)` that adds a command below `learn`."""


def register(app: typer.Typer) -> None:
    """Add `dragoman learn`: rules by itself, and what else can be learned as commands of its own below it."""
    group = typer.Typer(invoke_without_command=True, no_args_is_help=False, rich_markup_mode=None)
    _register_rules(group)
    for module in BELOW:
        import_module(module).register(group)
    app.add_typer(group, name="learn")


def _register_rules(group: typer.Typer) -> None:
    @group.callback()
    def learn(
        context: typer.Context,
        language: Annotated[str | None, typer.Option(help="Only this language.")] = None,
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept every proposal that passes the gate.")] = False,
        gold: Annotated[
            list[Path] | None, typer.Option(help="Annotated articles; repeatable [default: corpus/gold/*.jsonl].")
        ] = None,
        corrections: Annotated[Path, typer.Option(help="Folder of corrections.")] = CORRECTIONS,
        articles: Annotated[
            list[Path] | None,
            typer.Option(help="The articles that corrections are about; repeatable [default: corpus/articles]."),
        ] = None,
        models: Annotated[Path | None, typer.Option(help="Work on this copy of models/.")] = None,
        least: Annotated[int, typer.Option(help="So many articles must speak for a proposal.", min=1)] = 1,
        date: Annotated[
            str | None, typer.Option(help="Day to note with what is accepted [default: that of the last correction].")
        ] = None,
        config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
    ) -> None:
        """Propose event rules and names for the gazetteer from annotated articles and corrections.

        Each proposal shows its examples, the rows it adds, changes and removes, and F1 before and after on articles
        held out. The gate refuses what would lower type or full F1 there, what is of a kind that does not raise one of
        them there, and what would break an example of another rule.
        Accepted lines go to models/LANGUAGE/learned.jsonl; without --yes, each is asked about on a terminal, and
        elsewhere none is accepted.
        """
        from dragoman import pack
        from dragoman.config import load_settings
        from dragoman.errors import UsageError
        from dragoman.learning.namesamples import marked_articles
        from dragoman.learning.rulebook import Rulebook

        if context.invoked_subcommand is not None:
            return
        known = pack.languages(models)
        if language is not None and language not in known:
            raise UsageError(f"--language {language}: no such language; known: {', '.join(known)}")
        settings = load_settings(config)
        documents, day = _documents(gold, corrections, articles, config)
        namings, named = _namings(corrections, articles, settings, documents)
        told = {document.language for document in documents} | {naming.language or "" for naming in namings}
        day = date or day or max((naming.at for naming in namings if naming.at), default=None) or _today()
        for code in [language] if language else sorted(told & set(known)):
            marked = marked_articles(documents, namings, named, language=code)
            book = Rulebook(code, models=models)
            with _names_learned(book, marked, settings, yes=yes, least=least, created=day):
                _learn(book, documents, settings, yes=yes, least=least, created=day)


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


def _documents(
    gold: list[Path] | None, folder: Path, articles: list[Path] | None, config: Path | None
) -> tuple[tuple[AnnotatedArticle, ...], str | None]:
    """Read gold and corrections, and the last day of these; what contradicts or is stale is told and left out."""
    from dragoman import reading
    from dragoman.config import load_settings
    from dragoman.learning.corrections import load, merge
    from dragoman.learning.gold import read_gold, with_corrections
    from dragoman.records import Article

    documents = read_gold(gold or sorted(GOLD.glob("*.jsonl")))
    merged = merge(load(folder))
    for dispute in merged.contradictions:
        typer.echo(f"contradiction, not learned from: {dispute.told()}", err=True)
    if not merged.corrections:
        return documents, None
    inputs = articles or ([ARTICLES] if ARTICLES.is_dir() else [])
    plan = reading.plan([str(path) for path in inputs]) if inputs else None
    found = reading.read(plan, settings=load_settings(config)) if plan else iter(())
    read = (record for record in found if isinstance(record, Article))
    documents, stale = with_corrections(documents, merged.corrections, read)
    for lost in stale:
        typer.echo(f"stale, not learned from: {lost.told()}", err=True)
    used = len(merged.corrections) - len(stale)
    typer.echo(f"{used} corrections used, {len(stale)} stale, {len(merged.contradictions)} contradictions", err=True)
    return documents, max((correction.at for correction in merged.corrections if correction.at), default=None)


def _namings(
    folder: Path, articles: list[Path] | None, settings: Settings, documents: tuple[AnnotatedArticle, ...]
) -> tuple[tuple[Naming, ...], tuple[Article, ...]]:
    """Read corrected names and their articles; contradictions are told and left out."""
    from dragoman import reading
    from dragoman.learning.gold import text_hash
    from dragoman.learning.namings import load_namings, merge_namings
    from dragoman.records import Article

    merged = merge_namings(load_namings(folder))
    for dispute in merged.contradictions:
        typer.echo(f"contradiction, not learned from: {dispute}", err=True)
    inputs = [str(path) for path in articles or ([ARTICLES] if ARTICLES.is_dir() else [])]
    if not merged.namings:
        return (), ()
    wanted = {naming.sha256 for naming in merged.namings}
    read = reading.read(reading.plan(inputs), settings=settings) if inputs else iter(())
    found = tuple(one for one in read if isinstance(one, Article) and text_hash(one.text) in wanted)
    texts = [document.text for document in documents] + [article.text for article in found]
    lost = wanted - {text_hash(text) for text in texts}
    stale = sum(naming.sha256 in lost for naming in merged.namings)
    typer.echo(f"{len(merged.namings) - stale} corrections of names used, {stale} stale", err=True)
    return merged.namings, found


@contextmanager
def _names_learned(
    book: Rulebook, marked: list[Marked], settings: Settings, *, yes: bool, least: int, created: str
) -> Iterator[None]:
    """Offer names, write those that are accepted, and read with them what follows."""
    from dragoman.learning.gazetteer import Gazetteer, learn_names, names_held_out
    from dragoman.names.finding import trying

    if not any(one.names for one in marked):
        yield
        return
    found = names_held_out(book, marked, settings)
    if found.right or found.wrong:
        typer.echo(f"{book.language}: names learned from two thirds and tried on the last, in turn: {found.told()}")
    with _kept(book.path) as kept:
        accept = _asked(yes=yes, kept=kept)
        offers = learn_names(
            book, marked, settings, accept=accept, created=created, least=least, held_out=found
        )
    if offers:
        typer.echo(f"{book.language}: names accepted: {len(offers)}; written to {book.path}")
    with trying(Gazetteer(book).scanner([offer.line for offer in offers])):
        yield


@contextmanager
def _kept(path: Path) -> Iterator[list[Offer]]:
    """Write the offers that are put into the list, also where somebody breaks off at a question."""
    from dragoman.learning.writing import append

    kept: list[Offer] = []
    try:
        yield kept
    except typer.Abort as broken:
        append(path, [offer.line for offer in kept])
        typer.echo(f"\nbroken off; accepted before: {len(kept)}" + (f"; written to {path}" if kept else ""), err=True)
        raise KeyboardInterrupt from broken
    append(path, [offer.line for offer in kept])


def _asked(*, yes: bool, kept: list[Offer]) -> Accept:
    """Show each offer, ask about it where the gate lets it pass, and keep what is accepted."""
    import sys

    asks = not yes and sys.stdin.isatty()

    def accept(offer: Offer) -> bool:
        for line in _told(offer):
            typer.echo(line)
        if offer.refusal is not None:
            typer.echo(f"  refused: {offer.refusal}")
            return False
        taken = yes or (asks and typer.confirm("  accept?", default=False))
        kept.extend([offer] * taken)
        return taken

    return accept


def _learn(
    book: Rulebook,
    documents: tuple[AnnotatedArticle, ...],
    settings: Settings,
    *,
    yes: bool,
    least: int,
    created: str,
) -> None:
    from dragoman.learning.guards import Guards
    from dragoman.learning.learner import learn, what_helps
    from dragoman.learning.passages import prepare
    from dragoman.learning.trials import Trial

    language = book.language
    trial = Trial(book, list(prepare(documents, language=language, settings=settings)))
    before = trial.counts
    typer.echo(
        f"{language}: {len(trial.prepared)} articles, {before.gold} events; F1 type {before.f1('type'):.3f}, "
        f"full {before.f1('full'):.3f}"
    )
    guards = Guards(book)
    trust = what_helps(trial, guards)
    for kind, known in trust.items():
        typer.echo(f"  {kind}, learned from two thirds and tried on the last, in turn: {known.told()}")
    with _kept(book.path) as kept:
        offers = learn(trial, guards, accept=_asked(yes=yes, kept=kept), trust=trust, created=created, least=least)
    after = trial.counts
    typer.echo(
        f"{language}: {len(offers)} accepted; F1 type {before.f1('type'):.3f} -> {after.f1('type'):.3f}, "
        f"full {before.f1('full'):.3f} -> {after.f1('full'):.3f} on the articles learned from"
        + (f"; written to {book.path}" if offers else "")
    )


def _told(offer: Offer) -> list[str]:
    """Tell a proposal: what it is, what it rests on, what it does."""
    import json

    from dragoman.learning.proposals import NAME

    proposal = offer.proposal
    keys = (
        *("name", "label", "country", "type", "trigger", "like", "needs", "states"),
        *("amends", "unless", "retires", "prefers"),
    )
    shown = {key: offer.line[key] for key in keys if key in offer.line}
    before, held, after = proposal.before, proposal.held_out, proposal.after
    f1 = (
        f"F1 type {before.f1('type'):.4f} -> {held.f1('type'):.4f}, "
        f"full {before.f1('full'):.4f} -> {held.f1('full'):.4f}"
    )
    rows = f"rows: {proposal.added} added, {proposal.changed} changed, {proposal.removed} removed"
    lines = [f"{proposal.kind} {offer.line['id']}: {json.dumps(shown, ensure_ascii=False)}"]
    if proposal.kind == NAME:
        lines.append(f"  stands in {proposal.support} articles; {rows}; events there: {f1}")
    else:
        known = f"names {proposal.known} events that are found already"
        lines += [
            f"  helps in {proposal.support} articles, {known}; {rows}",
            f"  type P {before.precision('type'):.3f} -> {after.precision('type'):.3f}, "
            f"R {before.recall('type'):.3f} -> {after.recall('type'):.3f}; held out: {f1}",
        ]
    for example in proposal.examples:
        text = " ".join(example.sentence.split())
        lines.append(f"  {example.what} in {example.document}: {text[:SENTENCE]}")
    return lines
