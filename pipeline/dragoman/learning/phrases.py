"""From a word in a text to phrases of the pattern language that would find it and its other forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from dragoman.events.knowledge import Knowledge
from dragoman.folding import both_encodings
from dragoman.records import Span

SHORTEST_STEM = 3
"""A stem that takes endings of a class has at least so many letters."""
SHORTEST_NEIGHBOUR = 4
"""A neighbour that may belong to a trigger has at least so many letters."""
SHORTEST_PREFIX = 5
"""A beginning that stands for any word has at least so many."""
LONGEST = 4
"""A trigger of more words than this is cut to its last ones."""


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """A phrase of the pattern language; `rank` says how cautiously it generalises, 0 being the usual way."""

    rank: int
    text: str


def phrases_at(
    start: int, end: int, *, folded: str, sentence: Span, named: Sequence[Span], knowledge: Knowledge
) -> tuple[Phrase, ...]:
    """Propose phrases for a trigger folded[start:end], best generalisation first.

    A trigger of one word is also taken with its neighbour: the noun that a light verb needs, the particle after it;
    not with a word of grammar, a name or a date (`named`), which belong to this one sentence.
    """
    words = [match.span() for match in re.finditer(r"[^\s,;:.!?()\"\u0964]+", folded[sentence.start : sentence.end])]
    spans = [(low + sentence.start, high + sentence.start) for low, high in words]
    inside = [number for number, (low, high) in enumerate(spans) if low < end and high > start]
    if not inside:
        return ()
    own = [folded[low:high] for low, high in (spans[number] for number in inside)][-LONGEST:]
    groups = [own] if len(own) == 1 else [own, own[-1:], own[:1]]
    if len(own) == 1:
        first, last = spans[inside[0]], spans[inside[-1]]
        before = spans[inside[0] - 1] if inside[0] else None
        after = spans[inside[-1] + 1] if inside[-1] + 1 < len(spans) else None
        if before and folded[before[1] : first[0]].isspace() and _says_something(before, named):
            groups.append([folded[slice(*before)], *own])
        if after and folded[last[1] : after[0]].isspace() and _says_something(after, named):
            groups.append([*own, folded[slice(*after)]])
    found: dict[str, Phrase] = {}
    for number, group in enumerate(groups):
        for phrase in _of_words(group, number, knowledge):
            found.setdefault(phrase.text, phrase)
    return tuple(sorted(found.values()))


def _says_something(word: tuple[int, int], named: Sequence[Span]) -> bool:
    start, end = word
    return end - start >= SHORTEST_NEIGHBOUR and not any(name.start < end and name.end > start for name in named)


def _of_words(words: list[str], penalty: int, knowledge: Knowledge) -> Iterator[Phrase]:
    """Generalise the last word of a group, and the first too where there are several."""
    plain = re.compile(f"[{knowledge.vocabulary.letters}'-]+")
    if not all(plain.fullmatch(word) for word in words):
        return
    last = list(_forms(words[-1], knowledge))
    if len(words) == 1:
        for rank, form in last:
            yield Phrase(rank + 10 * penalty, form)
        return
    first = [(0, words[0]), *(form for form in _forms(words[0], knowledge) if form[1] != words[0])]
    for (a, begin), (b, finish) in product(first[:2], last):
        yield Phrase(a + b + 10 * penalty, " ".join([begin, *words[1:-1], finish]))


def _forms(word: str, knowledge: Knowledge) -> Iterator[tuple[int, str]]:
    """Write a word with an ending of each class it may carry, as a beginning, and as it is."""
    seen: set[str] = set()
    for name, expression in sorted(knowledge.vocabulary.endings.items()):
        ending = _ending(expression)
        stems = [word[:cut] for cut in range(SHORTEST_STEM, len(word)) if ending.fullmatch(word, cut)]
        for rank, stem in enumerate(stems[:2]):
            seen.add(stem)
            yield rank, f"{stem}<{name}>"
    for stem in sorted(seen, key=len):
        if len(stem) >= SHORTEST_PREFIX:
            yield 3, f"{stem}*"
            break
    yield 2, word
    if len(word) >= SHORTEST_PREFIX:
        yield 2, f"{word}*"


@lru_cache(maxsize=64)
def _ending(expression: str) -> re.Pattern[str]:
    return re.compile(both_encodings(expression))
