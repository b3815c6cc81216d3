"""The network of a names model, for reading only: the same names as spaCy's own layers find, several times faster.

What a word alone gives the network (features, hash tables, the first layer's product) is worked out once and kept,
as words come again; the layers run on whole arrays. Outside a name the next move depends on nothing but the place,
so all such moves are scored at once, and step by step goes only what lies inside a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy
from numpy.typing import NDArray
from spacy.attrs import intify_attr
from spacy.language import Language
from thinc.api import Model

from dragoman.names.network import FEATURES, tagger_of

Floats = NDArray[numpy.float32]
KEPT = 4096
"""So many words are kept, about 4 kB each."""
TINY = 1e-8
"""What thinc adds to a variance before it divides by its root."""


@dataclass(frozen=True)
class Layer:
    """A maxout layer with normalisation; `weights` is inputs by pieces times outputs, one piece after the other."""

    weights: Floats
    bias: Floats
    width: int
    scale: Floats
    shift: Floats

    def finish(self, sums: Floats) -> Floats:
        """Add the bias to products with the weights, take the largest piece, normalise."""
        sums += self.bias
        width = self.width
        best = sums[:, :width]
        for start in range(width, sums.shape[1], width):
            best = numpy.maximum(best, sums[:, start : start + width])
        best -= numpy.add.reduce(best, axis=1, keepdims=True) / numpy.float32(width)
        variance = numpy.add.reduce(best * best, axis=1, keepdims=True) / numpy.float32(width)
        best *= (variance + numpy.float32(TINY)) ** numpy.float32(-0.5)
        best *= self.scale
        best += self.shift
        return best


class Encoder:
    """Turns the words of sentences into the vectors the tagger decides by."""

    def __init__(self, network: Model[Any, Any], features: Callable[[str], Sequence[int]]) -> None:
        nodes = list(network.walk(order="dfs_pre"))
        maxouts = [node for node in nodes if node.name == "maxout"]
        norms = [node for node in nodes if node.name == "layernorm"]
        self._mix, self._first, *self._deep = (_layer(*pair) for pair in zip(maxouts, norms, strict=True))
        self._tables = [node for node in nodes if node.name == "hashembed"]
        (last,) = (node for node in nodes if node.name == "linear")
        self._last, self._last_bias = last.get_param("W").T, last.get_param("b")
        self._features = features
        self._pad = 1 + len(self._deep)
        self._width = width = self._mix.width
        weights = self._first.weights
        self._products = [weights[start : start + width] for start in range(0, 3 * width, width)]
        self._known: dict[str, int] = {}
        self._rows = numpy.zeros((0, width + 3 * weights.shape[1]), dtype="f")

    def vectors(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """Return a row for each word of the sentences, one sentence after the other."""
        pad = self._pad
        total = pad + sum(len(words) + pad for words in sentences)
        inside = numpy.zeros(total, dtype=bool)
        start = pad
        for words in sentences:
            inside[start : start + len(words)] = True
            start += len(words) + pad
        rows = numpy.zeros((total, self._rows.shape[1]), dtype="f")
        found = self._numbers([word for words in sentences for word in words])
        rows[inside] = self._rows[found]
        width, breadth = self._width, self._first.weights.shape[1]
        before, here, after = (rows[:, width + n * breadth : width + (n + 1) * breadth] for n in range(3))
        x = rows[1:-1, :width] + self._first.finish(before[:-2] + here[1:-1] + after[2:])
        for layer in self._deep:  # each row looks at its neighbours, so each layer leaves one row less at either end
            x = x[1:-1] + layer.finish(numpy.hstack([x[:-2], x[1:-1], x[2:]]) @ layer.weights)
        return x[inside[pad:-pad]] @ self._last + self._last_bias  # type: ignore[no-any-return]

    def _numbers(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the rows that are kept for words; new words are added."""
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if len(known) + len(new) > len(self._rows):
            known.clear()
            new = list(dict.fromkeys(words))
            self._rows = numpy.zeros((max(KEPT, len(new)), self._rows.shape[1]), dtype="f")
        if new:
            first = len(known)
            self._rows[first : first + len(new)] = self._worked_out(new)
            known.update((word, first + number) for number, word in enumerate(new))
        return [known[word] for word in words]

    def _worked_out(self, words: Sequence[str]) -> Floats:
        """Return the rows of words: their vectors, and the products of these with the first layer's weights."""
        ids = numpy.array([self._features(word) for word in words], dtype="uint64")
        parts = [table.predict(numpy.ascontiguousarray(ids[:, number])) for number, table in enumerate(self._tables)]
        own = self._mix.finish(numpy.hstack(parts) @ self._mix.weights)
        return numpy.hstack([own, *(own @ product for product in self._products)])


def _layer(maxout: Any, norm: Any) -> Layer:
    weights = maxout.get_param("W")  # outputs, pieces, inputs
    width = weights.shape[0]
    flat = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    bias = maxout.get_param("b").T.reshape(-1)
    return Layer(numpy.ascontiguousarray(flat.T), bias, width, norm.get_param("G"), norm.get_param("b"))


class Tagger:
    """Reads the names of sentences by the moves of spaCy's `ner`: begin, in, last, unit, out."""

    def __init__(self, nlp: Language) -> None:
        tagger, vocabulary = tagger_of(nlp), cast(Any, nlp.vocab)
        network, strings, made = tagger.model, vocabulary.strings, vocabulary.lex_attr_getters
        getters = [made[intify_attr(name)] for name in FEATURES]
        self._encoder = Encoder(network.get_ref("tok2vec"), lambda word: [strings[get(word)] for get in getters])
        lower, upper = network.get_ref("lower"), network.get_ref("upper")
        weights = lower.get_param("W")  # features, outputs, pieces, inputs
        self._features = _by_piece(weights).reshape(-1, weights.shape[-1]).T
        self._none = _by_piece(lower.get_param("pad")[0][..., None])[..., 0]
        self._bias = lower.get_param("b").T.reshape(-1)
        self._scores, self._score_bias = upper.get_param("W"), upper.get_param("b")
        moves = [tagger.moves.get_class_name(number) for number in range(tagger.moves.n_moves)]
        self._number = {move: number for number, move in enumerate(moves)}
        self._moves = [move for move in moves if move == "O" or (move[0] in "BU" and len(move) > 2)]
        self._free = [self._number[move] for move in self._moves]
        self._begins = numpy.array([move[0] == "B" for move in self._moves])

    def names(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[tuple[int, int, str]]]:
        """Yield the names of each sentence: first word, past-the-last word, label."""
        vectors = self._encoder.vectors(sentences)
        here, opened, before = numpy.split(vectors @ self._features, 3, axis=1)
        hidden = self._hidden(here + self._none[1] + self._none[2])
        scores = hidden @ self._scores[self._free].T + self._score_bias[self._free]
        ends = numpy.cumsum([len(words) for words in sentences])
        scores[numpy.ix_(ends - 1, self._begins)] = -numpy.inf  # no name begins with the last word to go on after it
        best = scores.argmax(axis=1)
        out = self._moves.index("O")
        start = 0
        for end in ends.tolist():
            found: list[tuple[int, int, str]] = []
            past = start
            for place in (numpy.flatnonzero(best[start:end] != out) + start).tolist():
                if place < past:
                    continue
                move, _, label = self._moves[best[place]].partition("-")
                past = place + 1
                if move == "B":
                    past = self._past(place, end, label, here, opened[place], before)
                found.append((place - start, past - start, label))
            yield found
            start = end

    def _past(self, first: int, end: int, label: str, here: Floats, opened: Floats, before: Floats) -> int:
        """Return where a name ends that begins with a word, past its last."""
        pair = [self._number[f"I-{label}"], self._number[f"L-{label}"]]
        weights, bias = self._scores[pair], self._score_bias[pair]
        for place in range(first + 1, end - 1):
            go_on, stop = weights @ self._hidden(here[place] + opened + before[place - 1]) + bias
            if stop > go_on or (stop == go_on and pair[1] < pair[0]):
                return place + 1
        return end

    def _hidden(self, sums: Floats) -> Floats:
        sums = sums + self._bias
        half = sums.shape[-1] // 2
        return numpy.maximum(sums[..., :half], sums[..., half:])


def _by_piece(weights: Floats) -> Floats:
    """Bring features, outputs, pieces, inputs into the order features, pieces and outputs as one, inputs."""
    return weights.transpose(0, 2, 1, 3).reshape(weights.shape[0], -1, weights.shape[3])
