"""Corrected names as sentences to train on: what the program reads in an article, with the corrections laid over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.config import LanguageSettings
from dragoman.learning.gold import Annotated, text_hash
from dragoman.learning.namings import Naming
from dragoman.learning.scoring import CLASSES
from dragoman.names.samples import Sample
from dragoman.naming import names_of
from dragoman.pack import Pack
from dragoman.records import Article, Entity, Span
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


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A name as somebody marked it: text[start:end], and its state where somebody wrote it."""

    start: int
    end: int
    label: str
    country: str | None = None

    def touches(self, start: int, end: int) -> bool:
        return self.start < end and self.end > start


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the names that people marked, and the places where they said that there is none.

    Where all names are annotated (`document.names`), every other place holds none.
    """

    document: Annotated
    names: tuple[MarkedName, ...]
    wrong: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        return self.document.text

    def has(self, found: Entity) -> bool:
        """Tell whether somebody marked a found name, as a name of its class."""
        near = [name for name in self.names if name.touches(found.start, found.end)]
        return any(CLASSES.get(name.label, name.label) == CLASSES.get(found.label, found.label) for name in near)

    def denies(self, found: Entity) -> bool:
        """Tell whether a found name is known to be none, or one of another class."""
        return not self.has(found) and self._judged(found.start, found.end)

    def _judged(self, start: int, end: int) -> bool:
        near = any(name.touches(start, end) for name in self.names)
        return near or self.document.names is not None or any(a < end and b > start for a, b in self.wrong)

    def ordinary(self, name: str, pack: Pack) -> Iterator[tuple[int, int]]:
        """Find where a name stands as a word that is no name."""
        for match in re.finditer(rf"(?<!\w){re.escape(pack.fold(name))}(?!\w)", pack.fold(self.text)):
            start, end = match.span()
            small = name[0].isupper() and self.text[start].islower()
            marked = any(one.touches(start, end) for one in self.names)
            if not marked and (small or self._judged(start, end)):
                yield start, end


def marked_articles(
    documents: Iterable[Annotated], namings: Sequence[Naming], articles: Iterable[Article], *, language: str
) -> list[Marked]:
    """Put together the annotated and the corrected names of the articles of one language."""
    said: dict[str, list[Naming]] = {}
    for naming in namings:
        said.setdefault(naming.sha256, []).append(naming)
    known = {text_hash(document.text): document for document in documents if document.language == language}
    for article in articles:
        sha256 = text_hash(article.text)
        if any(naming.language == language for naming in said.get(sha256, ())):
            title, day = article.title, article.published
            fresh = Annotated(article.doc_id, language, article.text, title, day, (), complete=False)
            known.setdefault(sha256, fresh)
    return [_marked(document, said.get(sha256, ())) for sha256, document in known.items()]


def _marked(document: Annotated, said: Sequence[Naming]) -> Marked:
    names = [MarkedName(*name) for name in document.names or ()]
    wrong: list[tuple[int, int]] = []
    for naming in said:
        row = (naming.row["start"], naming.row["end"]) if naming.row else None
        if row is not None and naming.verdict in ("wrong", "fixed"):
            names = [name for name in names if not name.touches(*row)]
        if row is not None and naming.verdict == "wrong":
            wrong.append(row)
        places = list(_places(naming, document.text))
        names = [name for name in names if not any(name.touches(*place) for place in places)]
        names += [MarkedName(start, end, naming.label, naming.country) for start, end in places]
    return Marked(document, tuple(names), tuple(wrong))


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
