"""dragoman release: freeze the knowledge with its scores, list, compare, go back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.releases.scores import Scores

GOLD = Path("corpus/gold/sample.jsonl")
SHOWN = ("events.type", "events.full", "dates.strict", "names.exact")


def register(app: typer.Typer) -> None:
    """Add `dragoman release` with its commands."""
    group = typer.Typer(invoke_without_command=True, no_args_is_help=False, rich_markup_mode=None)
    group.callback()(_release)
    group.command("list")(_list)
    group.command("diff")(_diff)
    group.command("use")(_use)
    app.add_typer(group, name="release")


def _release(
    context: typer.Context,
    id: Annotated[str | None, typer.Option("--id", help="Name of the release [default: the day].")] = None,
    note: Annotated[str, typer.Option(help="What is new, in a few words.")] = "",
    gold: Annotated[
        list[Path] | None,
        typer.Option(help="More annotated articles to score on, beside corpus/gold/sample.jsonl; repeatable."),
    ] = None,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Freeze it although figures fall under their floors.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="Settings file [default: config.toml, if there].")] = None,
) -> None:
    """Freeze rules, word lists and weights under models/releases/ID with their scores on the gold.

    Refused (exit 4) where F1 of a language, table or type falls under its floor, the best release so far on the same
    articles, by more than the noise: in 95 of 100 draws of the articles it is lower.
    """
    if context.invoked_subcommand is None:
        _freeze(id, note, gold or [], allow_regression, config)


def _freeze(id: str | None, note: str, gold: list[Path], allow: bool, config: Path | None) -> None:
    from datetime import UTC, datetime

    from dragoman import provenance
    from dragoman.config import load_settings
    from dragoman.errors import GateError, UsageError
    from dragoman.learning.gold import read_gold
    from dragoman.releases import gate, store
    from dragoman.releases.scores import Scores, measure, scores_of

    earlier = store.listed()
    now = datetime.now(UTC)
    name = store.checked_id(id or _free(now.date().isoformat(), {release.id for release in earlier}))
    if (store.releases_folder() / name).exists():
        raise UsageError(f"release {name}: is there already; choose another --id")
    documents = read_gold([*([GOLD] if GOLD.is_file() else []), *gold])
    if not documents:
        raise UsageError(f"no gold: {GOLD} is not in this folder; name annotated articles by --gold")
    sha256 = provenance.models_hashes()["all"]
    articles = measure(documents, settings=load_settings(config))
    judged = gate.judge(articles, {release.id: scores_of(release) for release in earlier})
    for one in judged:
        if one.after != one.before:
            typer.echo(one.told())
    fallen = [one for one in judged if one.fell]
    if fallen and not allow:
        figures = ", ".join(f"{one.language} {one.figure}" for one in fallen)
        raise GateError(f"release {name} refused: {figures} fell; mend the rules, or say --allow-regression")
    scores = Scores(articles, gate.floors_with(name, articles, judged))
    created = now.isoformat(timespec="seconds")
    release = store.freeze(name, sha256=sha256, created=created, note=note, scores=scores.as_json())
    _tell_scores(scores)
    added = release.own_size / 1e6
    typer.echo(f"{name}: {len(release.files)} files, {release.size / 1e6:.1f} MB, of which {added:.1f} MB new on disk")


def _free(day: str, taken: set[str]) -> str:
    return next(name for name in (day, *(f"{day}.{number}" for number in range(2, 1000))) if name not in taken)


def _tell_scores(scores: Scores) -> None:
    from dragoman.releases.scores import f1

    number = {language: 0 for language in scores.by_language()}
    for article in scores.articles.values():
        number[article.language] += 1
    for language, sums in scores.by_language().items():
        shown = ", ".join(f"{figure} {f1(sums[figure]):.3f}" for figure in SHOWN if figure in sums)
        typer.echo(f"{language}: {number[language]} articles, F1 {shown}")


def _list() -> None:
    """List the releases, the oldest first; * marks the one that the working models are."""
    from dragoman import provenance
    from dragoman.releases import store
    from dragoman.releases.scores import scores_of

    hashed = provenance.models_hashes()["all"]
    name = store.name_of(hashed)
    for release in store.listed():
        mark = "*" if release.id == name else " "
        size = f"{release.own_size / 1e6:.1f} of {release.size / 1e6:.1f} MB"
        typer.echo(f"{mark} {release.id}  {release.created[:10]}  {size}  {release.note}".rstrip())
        typer.echo("    " + "; ".join(_full(scores_of(release))))
    if name == store.WORKING:
        typer.echo(f"* {store.WORKING}  in no release")


def _full(scores: Scores) -> Iterable[str]:
    from dragoman.releases.scores import f1

    for language, sums in scores.by_language().items():
        if "events.full" in sums:
            yield f"{language} type {f1(sums['events.type']):.3f} full {f1(sums['events.full']):.3f}"


def _diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A release, or working.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A release, or working.")] = "working",
) -> None:
    """Show which rules and files differ between two releases, and what they scored."""
    from dragoman.releases import store
    from dragoman.releases.comparing import differences, laid_out, score_changes

    with laid_out(first) as before, laid_out(second) as after:
        found = differences(before, after)
    for difference in found:
        typer.echo(f"{difference.mark} {difference.kind} {difference.name}")
    if not found:
        typer.echo(f"{first} and {second} hold the same knowledge")
    if store.WORKING in (first, second):
        return
    for line in score_changes(store.load(first), store.load(second)):
        typer.echo(line)


def _use(
    id: Annotated[str, typer.Argument(metavar="ID", help="The release to go back to.")],
    discard: Annotated[
        bool, typer.Option("--discard", help="Even if what stands in the working models is in no release.")
    ] = False,
) -> None:
    """Make the working models those of a release again."""
    from dragoman.releases import store

    changed = store.use(store.load(id), discard=discard)
    for path in changed:
        typer.echo(path)
    typer.echo(f"the working models are release {id}; files changed: {len(changed)}")
