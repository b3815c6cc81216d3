"""Which sentences a round trains on: reproducible from the seed and the round's number alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.folding import composed
from dragoman.names.recipe import Recipe, Source
from dragoman.names.samples import Sample, part_of, read_samples


@dataclass(frozen=True)
class Corpus:
    """The samples of a recipe: for training by file, and those kept apart by file."""

    train: Mapping[str, Sequence[Sample]]
    dev: Mapping[str, Sequence[Sample]]
    test: Mapping[str, Sequence[Sample]]
    harmonised: Sequence[Sample] = ()
    """The samples for the test once more, those of harmonised files by our guideline."""

    def size(self, part: str) -> int:
        return sum(len(samples) for samples in getattr(self, part).values())


def load_corpus(
    recipe: Recipe,
    folders: Sequence[Path],
    *,
    mapping: Mapping[str, str | None],
    texts: Mapping[str, str] | None,
    harmonise: Callable[[Sample], Sample] | None = None,
) -> Corpus:
    """Read and split the files of a recipe; a sentence that several files hold is taken from the first.

    A file `x.test.jsonl` beside `x.jsonl` is its test; else documents are drawn by a hash of their name.
    `harmonise` changes the samples for training and development of the files whose source says so; what is
    kept for the test stays as it was annotated.
    """
    parts: dict[str, dict[str, list[Sample]]] = {"train": {}, "dev": {}, "test": {}}
    seen: set[str] = set()
    for source in recipe.sources:
        path = _found(source, folders)
        samples = _unseen(read_samples(path, mapping=mapping, texts=texts), seen)
        test_path = path.with_name(path.name.removesuffix(".jsonl") + ".test.jsonl")
        own_test = read_samples(test_path, mapping=mapping, texts=texts) if test_path.is_file() else []
        test = 0 if own_test else recipe.test
        for part in parts:
            parts[part][source.file] = []
        for sample in samples:
            part = part_of(sample, dev=recipe.dev, test=test) if source.held_out else "train"
            changed = source.harmonised and harmonise and part != "test"
            parts[part][source.file].append(harmonise(sample) if harmonise and changed else sample)
        parts["test"][source.file] += own_test
    if not any(parts["train"].values()):
        raise UsageError("no sentence to train on; give more data or fewer held-out documents")
    again = [
        harmonise(sample) if harmonise and source.harmonised else sample
        for source in recipe.sources
        for sample in parts["test"][source.file]
    ]
    return Corpus(parts["train"], parts["dev"], parts["test"], again if harmonise else ())


def _unseen(samples: Sequence[Sample], seen: set[str]) -> list[Sample]:
    """Leave out the sentences already read, whatever their punctuation."""
    new = []
    for sample in samples:
        letters = "".join(char for char in composed(sample.text) if char.isalnum())
        if letters not in seen:
            seen.add(letters)
            new.append(sample)
    return new


def _found(source: Source, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (folder / source.file).is_file():
            return folder / source.file
    listed = ", ".join(str(folder) for folder in folders)
    raise UsageError(
        f"{source.file}: in none of {listed}; name its folder by --data, or take it out of the recipe"
    )


def round_of(recipe: Recipe, corpus: Corpus, number: int) -> list[Sample]:
    """Draw the samples of one round: each file goes on where it stopped, reshuffled at each pass."""
    drawn: list[Sample] = []
    for source in recipe.sources:
        samples = corpus.train[source.file]
        if not samples:
            continue
        start = sum(_count(recipe, earlier, source.file) for earlier in range(number))
        for position in range(start, start + _count(recipe, number, source.file)):
            turn, index = divmod(position, len(samples))
            drawn.append(samples[_order(recipe.seed, source.file, turn, len(samples))[index]])
    random.Random(f"{recipe.seed}/{number}").shuffle(drawn)
    return drawn


def _count(recipe: Recipe, number: int, file: str) -> int:
    shares = recipe.phase_of(number).shares
    return round(recipe.sentences_a_round * shares.get(file, 0.0) / sum(shares.values()))


@lru_cache(maxsize=16)
def _order(seed: int, file: str, turn: int, size: int) -> tuple[int, ...]:
    order = list(range(size))
    random.Random(f"{seed}/{file}/{turn}").shuffle(order)
    return tuple(order)
