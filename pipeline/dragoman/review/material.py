"""What is reviewed: the events of a run with their articles, and the orders in which one may go through them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dragoman import originals
from dragoman.cells import harmless
from dragoman.listing import Row, by_document, rows
from dragoman.results import Run
from dragoman.showing import Context
from dragoman.tables import EVENTS, LIST

MOST_CHARACTERS = 200_000_000
"""So many code points of articles are kept in memory; of the rest only the sentences with events are shown."""

AROUND = 1_500
"""Code points that are shown on each side of a sentence at most, in its paragraph."""

EMPTY: Row = {column.name: [] if column.kind == LIST else None for column in EVENTS.columns}
BLANK: Row = {
    **EMPTY,
    "modality": "actual",
    "polarity": "positive",
    "aspect": "single",
    "date_basis": "none",
    "rule": "",
    "trigger": "",
    "evidence": "",
    "start": 0,
    "end": 0,
    "sentence_start": 0,
    "sentence_end": 0,
}
"""An event of which nothing is known."""

ORDERS = ("doubtful", "useful", "text")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of an article that begins at the code point `start`."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Material:
    """A run opened for review; `texts` are those of its articles that are at hand and unchanged."""

    def __init__(self, run: Run, *, inputs: Sequence[str | Path] | None = None) -> None:
        self.run = run
        self.articles = {row["doc_id"]: row for row in rows(run, "articles") if row["status"] == "ok"}
        self.events = {row["event_id"]: row for row in rows(run, "events") if row["doc_id"] in self.articles}
        self.by_article = by_document(self.events.values())
        self.context = Context.of(run)
        wanted = list(_as_many_as_fit(self.articles.values(), self.by_article))
        self.texts = {doc_id: harmless(text) for doc_id, text in originals.texts(run, wanted, inputs=inputs)}

    @cached_property
    def bare(self) -> dict[str, Row]:
        """The articles in which no event was found, each as an event of which nothing is known."""
        return {
            f"article-{doc_id}": {
                **BLANK,
                "event_id": f"article-{doc_id}",
                "doc_id": doc_id,
                "language": row["language"],
            }
            for doc_id, row in self.articles.items()
            if doc_id in self.texts and doc_id not in self.by_article
        }

    @cached_property
    def orders(self) -> Mapping[str, list[str]]:
        """The ids of all events in each order."""
        text = list(self.events)
        doubtful = sorted(text, key=self._confidence)
        return {"doubtful": doubtful, "useful": self._in_rounds(doubtful), "text": text}

    def _confidence(self, event_id: str) -> float:
        confidence = self.events[event_id]["confidence"]
        return 0.0 if confidence is None else float(confidence)

    def _in_rounds(self, doubtful: Iterable[str]) -> list[str]:
        """Take one event of each rule in turn, of the rules that fire most often first: each verdict teaches more."""
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for event_id in doubtful:
            event = self.events[event_id]
            groups[event["language"], event["rule"]].append(event_id)
        keyed = [
            (turn, -len(group), rule, event_id) for rule, group in groups.items() for turn, event_id in enumerate(group)
        ]
        return [event_id for *_, event_id in sorted(keyed, key=lambda key: key[:3])]

    def counts(self, column: str) -> dict[str, int]:
        """Count the events by language, type or rule, the most frequent first."""
        return dict(Counter(event[column] for event in self.events.values()).most_common())

    def stretch(self, doc_id: str, start: int, end: int, *, around: int) -> Stretch:
        """Return the lines in which text[start:end] stands, at most `around` code points more on each side.

        Where the text is not at hand, the sentences of the article's events serve.
        """
        text = self.texts.get(doc_id)
        if text is None:
            return self._sentence(doc_id, start)
        begin = max(text.rfind("\n", 0, start) + 1, start - around)
        newline = text.find("\n", end)
        stop = min(len(text) if newline < 0 else newline, end + around)
        return Stretch(begin, text[begin:stop])

    def whole(self, doc_id: str, start: int, *, around: int) -> Stretch:
        """Return the article, or as much of it as lies around a place."""
        text = self.texts.get(doc_id)
        if text is None:
            return self._sentence(doc_id, start)
        begin = max(0, start - around)
        return Stretch(begin, text[begin : start + around])

    def _sentence(self, doc_id: str, start: int) -> Stretch:
        found = self.by_article.get(doc_id, [])
        near = min(found, key=lambda event: abs(event["start"] - start), default=None)
        return Stretch(near["sentence_start"], harmless(near["evidence"])) if near else Stretch(0, "")

    def language(self, doc_id: str, start: int) -> str:
        """Return the language at a place of an article: that of the nearest event, else the article's."""
        near = min(self.by_article.get(doc_id, ()), key=lambda event: abs(event["start"] - start), default=None)
        return str((near or self.articles[doc_id])["language"])

    def within(self, table: Mapping[str, Sequence[Row]], doc_id: str, start: int, end: int) -> list[Row]:
        """Return the names or dates of an article that stand in text[start:end]."""
        found = table.get(doc_id, [])
        first = bisect_left(found, start, key=lambda row: row["start"])
        last = bisect_left(found, end, key=lambda row: row["start"])
        return [row for row in found[first:last] if row["end"] <= end]


def _as_many_as_fit(articles: Iterable[Row], by_article: Mapping[str, list[Row]]) -> Iterator[Row]:
    left = MOST_CHARACTERS
    for row in sorted(articles, key=lambda row: (-len(by_article.get(row["doc_id"], ())), row["doc_id"])):
        left -= row["characters"] or 0
        if left < 0:
            return
        yield row
