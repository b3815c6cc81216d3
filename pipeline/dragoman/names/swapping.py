"""Swap names for others of the same label while training, so that the context is learned, not the names."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from dragoman.names.mixing import Corpus
from dragoman.names.recipe import Recipe
from dragoman.names.samples import Sample
from dragoman.names.words import WordCutter


class Swapper:
    """Exchanges a share of the names (`recipe.swapped`) for names with the same label and the same ending."""

    def __init__(self, recipe: Recipe, corpus: Corpus, cutter: WordCutter) -> None:
        self._share = recipe.swapped
        self._seed = recipe.seed
        self._norm = cutter.norm
        self._names: dict[tuple[str, str], list[str]] = defaultdict(list)
        if not self._share:
            return
        for samples in corpus.train.values():
            for sample in samples:
                for start, end, label in sample.spans:
                    name = sample.text[start:end]
                    self._names[label, self._ending(name)].append(name)

    def _ending(self, name: str) -> str:
        """Give the last letters, which hold the case ending."""
        return self._norm(name)[-2:]

    def swapped(self, samples: Sequence[Sample], number: int) -> Sequence[Sample]:
        """Return the samples of a round with some names exchanged; the same for the same round."""
        if not self._share:
            return samples
        chance = random.Random(f"swap/{self._seed}/{number}")
        return [self._one(sample, chance) for sample in samples]

    def _one(self, sample: Sample, chance: random.Random) -> Sample:
        text, spans, position, pieces = sample.text, [], 0, []
        length = 0
        for start, end, label in sample.spans:
            name = text[start:end]
            if chance.random() < self._share:
                name = chance.choice(self._names.get((label, self._ending(name)), [name]))
            pieces += [text[position:start], name]
            length += start - position
            spans.append((length, length + len(name), label))
            length += len(name)
            position = end
        return Sample("".join((*pieces, text[position:])), tuple(spans), sample.document, sample.id)
