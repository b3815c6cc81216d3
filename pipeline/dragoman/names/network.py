"""The small spaCy network that tags names, and the way words become its input.

The network sees five features of a word, made from its normal form: the form itself, its first three and
five letters, its last three, and the shape of the word as written, with a mark on ordinary words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
from spacy.lang.lex_attrs import word_shape
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.errors import EngineError
from dragoman.names.ordinary import Ordinary
from dragoman.names.words import Word, WordCutter

FEATURES = ("NORM", "PREFIX", "LOWER", "SUFFIX", "SHAPE")


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the network: `rows` of each feature's hash table, in the order of FEATURES."""

    width: int = 96
    depth: int = 4
    hidden: int = 64
    rows: tuple[int, ...] = (5000, 1500, 4000, 1500, 500)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "rows": list(self.rows)}


def shape_of(settings: Mapping[str, Any]) -> Shape:
    """Read a Shape from a recipe or a card."""
    unknown = sorted(set(settings) - set(asdict(Shape())))
    if unknown:
        raise EngineError(f"network: unknown keys {unknown}; known are {sorted(asdict(Shape()))}")
    rows = tuple(settings.get("rows", Shape().rows))
    if len(rows) != len(FEATURES):
        raise EngineError(
            f"network: rows needs {len(FEATURES)} numbers, one for each of {', '.join(FEATURES)}"
        )
    return Shape(**{**settings, "rows": rows})


def empty_pipeline(shape: Shape, cutter: WordCutter, known: Ordinary | None = None) -> Language:
    """Make a spaCy pipeline with nothing but an untrained `ner`; its lexemes are normalised by the cutter."""
    nlp = Language(vocab=Vocab(lex_attr_getters=_features(cutter, known or Ordinary())))
    nlp.add_pipe("ner", config={"model": _architecture(shape)})
    return nlp


def tagger_of(nlp: Language) -> Any:
    """Return the component that tags names; spaCy types it as a mere function."""
    return nlp.get_pipe("ner")


def _features(cutter: WordCutter, known: Ordinary) -> Any:
    return {
        NORM: lambda word: cutter.norm(word),
        PREFIX: lambda word: cutter.norm(word)[:3],
        LOWER: lambda word: cutter.norm(word)[:5],
        SUFFIX: lambda word: cutter.norm(word)[-3:],
        SHAPE: lambda word: word_shape(word) + known.mark(word, cutter.norm(word)),
    }


def _architecture(shape: Shape) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": shape.hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": shape.width,
                "attrs": list(FEATURES),
                "rows": list(shape.rows),
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": shape.width,
                "depth": shape.depth,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }


def doc_of(nlp: Language, words: Sequence[Word]) -> Doc:
    """Make the Doc the network reads: one token for each word, in its normal encoding."""
    return Doc(nlp.vocab, words=[word.form for word in words])
