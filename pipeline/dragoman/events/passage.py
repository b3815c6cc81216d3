"""The passage an event is read from: folded text, sentences, states and dates, each found by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.events.patterns import Expression, Scanner, Sights
from dragoman.records import Entity, Span, Timex

WORD = re.compile(r"\S+")
BREAK = re.compile(r"\n|==")


@dataclass(frozen=True)
class Passage:
    """One article, or one block of it in one language, with what the earlier steps found.

    `mentions` are the names that carry a state; `entities` all names; `title_states` the states of the title,
    `title_actor` whether it names a side that has no code; `actors` finds such sides, `sights` what may be looked for.
    """

    text: str
    folded: str
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Entity, ...]
    title_states: tuple[str, ...] = ()
    title_actor: bool = False
    actors: Scanner | None = None
    sights: Sights | None = None
    published: str | None = None
    _seen: dict[int, dict[str, list[int]]] = field(default_factory=dict, compare=False, repr=False)
    _words: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict, compare=False, repr=False)

    def lacks(
        self, expression: Expression, sentence: Span, start: int | None = None, end: int | None = None
    ) -> bool:
        """Tell cheaply that an expression has no match that begins in a sentence, or from start to end of it.

        False says nothing.
        """
        if self.sights is None or expression not in self.sights.expressions:
            return False
        seen = self._seen_in(sentence)
        anchors = expression.anchors or ()
        if start is None or end is None:
            return seen.keys().isdisjoint(anchors)
        return not any(start <= place < end for anchor in seen.keys() & anchors for place in seen[anchor])

    def search(self, expression: Expression, start: int, end: int, sentence: Span) -> re.Match[str] | None:
        """Find the first match of an expression in a stretch, most quickly where that lies in the sentence."""
        if self.sights is None or expression not in self.sights.expressions:
            return expression.search(self.folded, start, end)
        inside = sentence.start <= start and end <= sentence.end
        seen = self._seen_in(sentence) if inside else self.sights.within(self.folded, start, end)
        places = {place for anchor in seen.keys() & (expression.anchors or ()) for place in seen[anchor]}
        for place in sorted(places):
            if start <= place < end and (match := expression.match(self.folded, place, end)):
                return match
        return None

    def _seen_in(self, sentence: Span) -> dict[str, list[int]]:
        seen = self._seen.get(sentence.start)
        if seen is None:
            assert self.sights is not None
            seen = self._seen[sentence.start] = self.sights.within(self.folded, sentence.start, sentence.end)
        return seen

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _entity_starts(self) -> list[int]:
        return [entity.start for entity in self.entities]

    @cached_property
    def _timex_starts(self) -> list[int]:
        return [timex.start for timex in self.timexes]

    def sentence_at(self, offset: int) -> int | None:
        """Return the index of the sentence around an offset."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return index

    def mentions_in(self, span: Span) -> Sequence[Entity]:
        return self.mentions[
            bisect_left(self._mention_starts, span.start) : bisect_left(self._mention_starts, span.end)
        ]

    def entities_in(self, span: Span) -> Sequence[Entity]:
        return self.entities[
            bisect_left(self._entity_starts, span.start) : bisect_left(self._entity_starts, span.end)
        ]

    def actors_in(self, span: Span) -> Sequence[tuple[int, int]]:
        return self.actors.spans(self.folded, span.start, span.end) if self.actors else ()

    def timexes_in(self, span: Span) -> Sequence[Timex]:
        return self.timexes[
            bisect_left(self._timex_starts, span.start) : bisect_left(self._timex_starts, span.end)
        ]

    def new_paragraph(self, index: int) -> bool:
        """Tell whether a line break or a heading stands between a sentence and the one before it."""
        if index == 0:
            return True
        return bool(BREAK.search(self.text, self.sentences[index - 1].end, self.sentences[index].start + 2))

    def _words_of(self, offset: int) -> tuple[list[int], list[int]]:
        """The starts and ends of the words of the sentence around an offset, or of the one before it."""
        index = max(0, bisect_right(self._sentence_starts, offset) - 1)
        if index not in self._words:
            sentence = self.sentences[index]
            spans = [match.span() for match in WORD.finditer(self.folded, sentence.start, sentence.end)]
            self._words[index] = [start for start, _ in spans], [end for _, end in spans]
        return self._words[index]

    def words_before(self, offset: int, count: int, *, floor: int) -> int:
        """Return where the window of `count` words before an offset starts, not before `floor`.

        `floor` stands in the sentence of the offset, as `ceiling` does below.
        """
        starts, _ = self._words_of(offset)
        first = bisect_left(starts, offset) - count
        return max(floor, starts[first]) if first >= 0 else floor

    def words_after(self, offset: int, count: int, *, ceiling: int) -> int:
        """Return where the window of `count` words after an offset ends, not after `ceiling`.

        What is left of a word at the offset, or a mark, counts as a word.
        """
        starts, ends = self._words_of(offset)
        last = bisect_left(starts, offset) + count
        if offset < len(self.folded) and not self.folded[offset].isspace() and not _starts_at(starts, offset):
            last -= 1
        return min(ends[last], ceiling) if last < len(ends) else ceiling

    @cached_property
    def topic(self) -> tuple[str, ...]:
        """The pair of states the article is about: its title's, else the first sentences' if they dominate.

        To a title's only state belongs the one that is named most often, if there is such a one.
        """
        if len(self.title_states) == 2 or self.title_actor:
            return self.title_states
        counts = Counter(mention.country for mention in self.mentions if mention.country)
        common = [code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]]
        if len(self.title_states) == 1:
            others = sorted((-number, code) for code, number in counts.items() if code not in self.title_states)
            plain = bool(others) and others[0][0] < (others[1][0] if len(others) > 1 else 0)
            return (self.title_states[0], others[0][1]) if plain else self.title_states
        if len(common) < 2 or len(self.sentences) < 2:
            return tuple(common)
        total = sum(counts.values())
        opening = Span(0, self.sentences[min(1, len(self.sentences) - 1)].end)
        first = {mention.country for mention in self.mentions_in(opening)}
        share = (counts[common[0]] + counts[common[1]]) / total
        if set(common) <= first and share >= 0.6 and counts[common[1]] >= 2:
            return tuple(common)
        return ()

    @cached_property
    def hero(self) -> str | None:
        """The one state that the article is about, if a single one dominates it."""
        counts = Counter(mention.country for mention in self.mentions if mention.country)
        if len(self.sentences) < 4 or not counts or self.title_actor:
            return None
        (code, number), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        far_ahead = number >= 2 * max((count for _, count in others), default=0)
        return code if number >= 4 and (far_ahead or number >= 0.5 * sum(counts.values())) else None


def _starts_at(starts: list[int], offset: int) -> bool:
    place = bisect_left(starts, offset)
    return place < len(starts) and starts[place] == offset
