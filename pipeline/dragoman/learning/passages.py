"""Annotated articles made ready once: what does not depend on event rules is read a single time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman import dates
from dragoman.config import Settings
from dragoman.events import passage_of
from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.flow import heading
from dragoman.language import forced, transliteration
from dragoman.learning.gold import Annotated
from dragoman.learning.scoring import Scored, score
from dragoman.naming import names_of
from dragoman.sentences import split


@dataclass(frozen=True, slots=True)
class Prepared:
    """An annotated article and the passage that its events are read from."""

    document: Annotated
    passage: Passage

    def scored(self, knowledge: Knowledge) -> Scored:
        """Read the events of the article with some rules, and score them."""
        return score(self.document, read_events(self.passage, knowledge))


def prepare(documents: Iterable[Annotated], *, language: str, settings: Settings) -> Iterator[Prepared]:
    """Read sentences, names and dates of the articles of one language."""
    for document in documents:
        if document.language == language:
            yield Prepared(document, passage_of_article(document, document.title or heading(document.text), settings))


def passage_of_article(document: Annotated, title: str | None, settings: Settings) -> Passage:
    """Read sentences, names and dates of one article under a title."""
    language, text = document.language, document.text
    for _, file in forced(text, language).transliterated:
        table = transliteration(language, file)
        text = text.translate(table)
        title = title.translate(table) if title else None
    sentences = split(text, language=language)
    named = names_of(
        text,
        language=language,
        settings=settings.of(language),
        sentences=sentences,
        published=document.published,
        everywhere=True,
    )
    return passage_of(
        text,
        language=language,
        sentences=sentences,
        entities=named.entities,
        mentions=named.mentions,
        timexes=dates.find(text, language=language, published=document.published, fallback=settings.dates.dateparser),
        title=title,
        published=document.published,
    )
