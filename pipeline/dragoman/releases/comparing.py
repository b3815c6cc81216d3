"""What differs between two states of the knowledge: rules by their ids, other files by their names, scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dragoman import provenance
from dragoman.events.rules import raw_rules
from dragoman.pack import languages, models_folder
from dragoman.releases.scores import f1, scores_of
from dragoman.releases.store import WORKING, Release, load, unpacked

LEARNED = "learned.jsonl"


@dataclass(frozen=True, slots=True)
class Difference:
    """`mark` is + where only the second has it, - where only the first has it, and ~ where it changed."""

    mark: str
    kind: str
    name: str


def differences(first: Path, second: Path) -> tuple[Difference, ...]:
    """Compare two models folders."""
    before, after = provenance.file_hashes(first), provenance.file_hashes(second)
    found: list[Difference] = []
    for language in sorted({*languages(first), *languages(second)}):
        ours = [f"{language}/rules/", f"{language}/{LEARNED}"]
        if any(before.get(path) != after.get(path) for path in {*before, *after} if path.startswith(tuple(ours))):
            found += _marked("rule", _rules(first / language), _rules(second / language))
        before = {path: sha256 for path, sha256 in before.items() if not path.startswith(tuple(ours))}
        after = {path: sha256 for path, sha256 in after.items() if not path.startswith(tuple(ours))}
    return (*found, *_marked("file", before, after))


def _rules(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {str(raw.get("id")): repr(raw) for _, _, raw in raw_rules(folder)}


def _marked(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            mark = "+" if name not in before else "-" if name not in after else "~"
            yield Difference(mark, kind, name)


@contextmanager
def laid_out(name: str) -> Iterator[Path]:
    """Give the folder of a release for a while; `working` is the working knowledge."""
    if name == WORKING:
        yield models_folder()
        return
    with unpacked(load(name)) as folder:
        yield folder


def score_changes(first: Release, second: Release) -> Iterator[str]:
    """Tell, figure by figure, what scored otherwise, with how many annotated items."""
    before, after = (scores_of(release).by_language() for release in (first, second))
    for language in sorted({*before, *after}):
        old, new = before.get(language, {}), after.get(language, {})
        for figure in sorted({*old, *new}):
            was, now = old.get(figure), new.get(figure)
            if was != now:
                yield f"{language} {figure}: F1 {_told(was)} -> {_told(now)}"


def _told(counts: tuple[int, int, int] | None) -> str:
    return "not scored" if counts is None else f"{f1(counts):.3f} (of {counts[0]})"
