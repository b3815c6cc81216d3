"""Corrected names as sentences to train on: what the program reads in an article, with the corrections laid over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.config import LanguageSettings
from dragoman.learning.gold import text_hash
from dragoman.learning.namings import Naming
from dragoman.names.samples import Sample
from dragoman.naming import names_of
from dragoman.records import Article, Span
from dragoman.sentences import split

Piece = tuple[int, int, str]
LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Corrected:
    """Sentences of corrected articles: those that somebody looked at, and those beside, as the program reads them.

    `stale` tells the corrections that could not be placed.
    """

    reviewed: tuple[Sample, ...]
    beside: tuple[Sample, ...]
    stale: tuple[str, ...]


def corrected_samples(
    namings: Sequence[Naming],
    articles: Iterable[Article],
    *,
    language: str,
    settings: LanguageSettings,
    mapping: Mapping[str, str | None],
) -> Corrected:
    """Lay corrections over the names of their articles; `mapping` gives the labels of training."""
    waiting: dict[str, list[Naming]] = {}
    for naming in namings:
        waiting.setdefault(naming.sha256, []).append(naming)
    reviewed: list[Sample] = []
    beside: list[Sample] = []
    stale: list[str] = []
    for article in articles:
        said = waiting.pop(text_hash(article.text), None)
        if said:
            seen, others = _read(article, said, language, settings, mapping, stale)
            reviewed += seen
            beside += others
    for lost in waiting.values():
        stale += [f"{naming.doc_id}: {naming.text!r}: the article is not there or has changed" for naming in lost]
    return Corrected(tuple(reviewed), tuple(beside), tuple(stale))


def _read(
    article: Article,
    said: Sequence[Naming],
    language: str,
    settings: LanguageSettings,
    mapping: Mapping[str, str | None],
    stale: list[str],
) -> tuple[list[Sample], list[Sample]]:
    text = article.text
    sentences = split(text, language=language)
    found = names_of(text, language=language, settings=settings, sentences=sentences, everywhere=True)
    names: list[Piece] = [(entity.start, entity.end, entity.label) for entity in found.entities]
    looked_at: set[int] = set()
    for naming in said:
        places = list(_places(naming, text))
        if not places and naming.verdict != "wrong":
            stale.append(f"{naming.doc_id}: {naming.text!r} does not stand where it was corrected")
            continue
        touched = [(naming.row["start"], naming.row["end"]), *places] if naming.row else places
        names = [name for name in names if not any(name[0] < end and name[1] > start for start, end in touched)]
        if naming.verdict != "wrong":
            names += [(start, end, naming.label) for start, end in places]
        looked_at.update(start for start, _ in touched)
    samples = [(span, _sample(article, span, names, mapping)) for span in sentences]
    seen = [sample for span, sample in samples if any(span.start <= place < span.end for place in looked_at)]
    return seen, [sample for _, sample in samples if sample not in seen]


def _places(naming: Naming, text: str) -> Iterator[tuple[int, int]]:
    """Find where a corrected name stands; the words of a missing one are looked for as whole words."""
    if naming.verdict == "wrong":
        return
    if naming.start is not None and naming.end is not None:
        if text[naming.start : naming.end] == naming.text:
            yield naming.start, naming.end
        return
    for match in re.finditer(re.escape(naming.text), text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if not LETTER.match(before) and not LETTER.match(after):
            yield match.span()


def _sample(article: Article, span: Span, names: Sequence[Piece], mapping: Mapping[str, str | None]) -> Sample:
    spans = tuple(
        sorted(
            (start - span.start, end - span.start, ours)
            for start, end, label in names
            if start >= span.start and end <= span.end and (ours := mapping.get(label))
        )
    )
    return Sample(span.of(article.text), spans, article.doc_id, f"{article.doc_id}@{span.start}")
