"""Bring the annotation of others closer to our guideline, by what the gazetteer knows for certain.

Other sets hold a title inside a person's name, call a government an organisation, leave peoples unmarked, or
miss names. What the gazetteer reads is laid over them before training; the text is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman import names
from dragoman.morphology import peel
from dragoman.names.samples import Sample
from dragoman.pack import load_pack

Piece = tuple[int, int, str]


TITLES = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "ambassador",
    "envoy",
    "speaker",
    "general",
    "other_titles",
    "honorifics",
)
KNOWN = frozenset({"PER", "ORG", "LOC", "GPE", "NORP"})
FIRM = frozenset({"state", "nationality"})


class Known(NamedTuple):
    """A name by the gazetteer; a firm one changes the label of an annotation with the same span."""

    start: int
    end: int
    label: str
    firm: bool


def harmoniser(language: str, mapping: Mapping[str, str | None]) -> Callable[[Sample], Sample]:
    """Make the function that harmonises the samples of a language; `mapping` gives the labels of training."""
    offices = Offices.of(language)

    def harmonised(sample: Sample) -> Sample:
        known = [
            Known(entity.start, entity.end, label, entity.kind in FIRM)
            for entity in names.find(sample.text, language=language)
            if entity.label in KNOWN and (label := mapping.get(entity.label))
        ]
        own = [trimmed for span in sample.spans if (trimmed := offices.trimmed(sample.text, span))]
        return Sample(sample.text, laid_over(own, known), sample.document, sample.id)

    return harmonised


@dataclass(frozen=True)
class Offices:
    """Words that are no names: titles, which stand before a person's, and general words for governments."""

    language: str
    titles: tuple[str, ...]
    generic: frozenset[str]

    @classmethod
    def of(cls, language: str) -> Offices:
        pack = load_pack(language)
        words = pack.read("words", "offices.toml")
        titles = {pack.fold(title) for kind in TITLES for title in words.get(kind, ())}
        generic = {pack.fold(word) for word in words.get("governments", ()) if " " not in word}
        return cls(language, tuple(sorted(titles, key=lambda title: -len(title))), frozenset(generic))

    def trimmed(self, text: str, span: Piece) -> Piece | None:
        """Take the titles off a person's span; None when nothing that is a name is left."""
        start, end, label = span
        if label == "ORG":
            return None if all(self._is_general(word) for word in text[start:end].split()) else span
        if label != "PER":
            return span
        folded = load_pack(self.language).fold(text[start:end])
        cut = 0
        while title := next((t for t in self.titles if folded.startswith(f"{t} ", cut)), None):
            cut += len(title) + 1
            cut += len(folded[cut:]) - len(folded[cut:].lstrip())
        rest = text[start + cut : end]
        if not rest or folded[cut:] in self.titles or (cut and rest[0].islower()):
            return None
        return start + cut, end, label

    def _is_general(self, word: str) -> bool:
        fold = load_pack(self.language).fold
        return fold(word) in self.generic or fold(peel(word, language=self.language).lemma) in self.generic


def laid_over(own: Sequence[Piece], known: Iterable[Known]) -> tuple[Piece, ...]:
    """Lay known names over annotated ones.

    A firm name takes the place of an annotation of the same span; a known organisation swallows what it
    holds; a person loses the words before a known person that ends with it; a name beside all others is
    added, unless it is a person, whom patterns find less surely.
    """
    rest = list(known)
    result: list[Piece] = []
    for span in own:
        touching = [piece for piece in rest if piece.start < span[1] and piece.end > span[0]]
        if any(_replaces(piece, span) for piece in touching):
            continue
        rest = [piece for piece in rest if piece not in touching]
        result.append(span)
    replacing = [piece for piece in rest if any(_replaces(piece, span) for span in own)]
    added = [piece for piece in rest if piece not in replacing and piece.label != "PER"]
    return _apart([(piece.start, piece.end, piece.label) for piece in [*replacing, *added]], result)


def _apart(new: Sequence[Piece], kept: Sequence[Piece]) -> tuple[Piece, ...]:
    free = [piece for piece in new if all(piece[1] <= start or piece[0] >= end for start, end, _ in kept)]
    return tuple(sorted([*kept, *free]))


def _replaces(piece: Known, span: Piece) -> bool:
    start, end, label = span
    if (piece.start, piece.end) == (start, end):
        return piece.firm and piece.label != label
    if piece.label == "ORG":
        return piece.start <= start and piece.end >= end
    return piece.label == "PER" == label and piece.end == end and piece.start > start
