"""From a word in a text to phrases of the pattern language that would find it and its other forms.

What forms a word has is taken from what people wrote: the classes of endings, and the families in their own
triggers, such as the light verbs of "decision (tak|mad)e" or the tail of "arriv(e|ed|es|ing)".
""" 

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from dragoman.events.knowledge import Knowledge
from dragoman.events.patterns import TOKEN, Expression, Vocabulary, bounded
from dragoman.folding import both_encodings, composed
from dragoman.records import Span

SHORTEST_STEM = 3
"""A stem that takes endings of a class has at least so many letters."""
SHORTEST_NEIGHBOUR = 4
"""A neighbour that may belong to a trigger has at least so many letters."""
SHORTEST_PREFIX = 5
"""A beginning that stands for any word has at least so many."""
LONGEST = 4
"""A trigger of more words than this is cut to its last ones."""
MOST_STEMS = 4
"""So many ways to part a word in stem and ending are tried, those seen in most forms."""
LIST_RANK = 15
"""A list of words as a trigger says the least of all."""
MOST_TAILS = 6
"""So many tails are tried on a word, those that people use most."""
WORD = re.compile(r"[^\s,;:.!?()\"\u0964]+")
TAILED = re.compile(r"(?P<stem>[^\s(){}<>*|?]{2,})(?P<tail>\([^\s(){}<>*?]+\)\??)")
FAMILY = re.compile(r"\([^\s(){}?]+\|[^\s(){}?]+\)(?:\*|<\w+>)?|[^\s(){}<>*|?]+\([^\s(){}?]+\)(?:\*|<\w+>)")


def shape_of(text: str) -> str:
    """Tell how a phrase generalises: as forms of a word, as its beginning, as several words; "" where it does not."""
    if " " in text:
        return "pairs of words"
    return "beginnings" if text.endswith("*") else "forms" if text[-1] in ">)?" else ""


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """A phrase of the pattern language; `rank` says how cautiously it generalises, 0 being the usual way."""

    rank: int
    text: str


@dataclass(frozen=True, slots=True)
class Families:
    """Words and endings that people treat alike in their triggers, the most used first.

    `words` are single words of the pattern language with alternatives, each with its expression; `tails` are what
    stands behind a stem, each with the endings that it allows; `lexicon` the words of the articles, sorted; `lists`
    the lists of words, each with its expression.
    """

    words: tuple[tuple[str, Expression], ...]
    tails: tuple[tuple[str, tuple[str, ...]], ...]
    lexicon: tuple[str, ...]
    lists: tuple[tuple[str, Expression], ...]

    @staticmethod
    def of(triggers: Iterable[str], texts: Iterable[str], vocabulary: Vocabulary) -> Families:
        """Collect the families that occur in triggers at least twice, and the words of folded texts."""
        words: Counter[str] = Counter()
        tails: Counter[str] = Counter()
        for trigger in triggers:
            for word in set(TOKEN.findall(trigger)):
                if FAMILY.fullmatch(word):
                    words[composed(word)] += 1
                elif match := TAILED.fullmatch(word):
                    tails[composed(match["tail"])] += 1
        return Families(
            tuple((word, Expression(bounded(word, vocabulary))) for word in _often(words)),
            tuple((tail, _endings(tail)) for tail in _often(tails)[:MOST_TAILS]),
            tuple(sorted({match[0] for text in texts for match in WORD.finditer(text)})),
            tuple((name, Expression(bounded(f"{{{name}}}", vocabulary))) for name in sorted(vocabulary.lists)),
        )

    def is_light(self, word: str) -> bool:
        """Tell whether a word is one of those that people use with many nouns: it says nothing alone."""
        return any(regex.fullmatch(word) for _, regex in self.words)

    def forms(self, stem: str, ending: re.Pattern[str]) -> int:
        """Count the words of the articles that are a stem with one of its endings."""
        count = 0
        for number in range(bisect_left(self.lexicon, stem), len(self.lexicon)):
            if not self.lexicon[number].startswith(stem):
                break
            count += ending.fullmatch(self.lexicon[number], len(stem)) is not None
        return count


def _often(counts: Counter[str]) -> list[str]:
    return [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count > 1]


def _endings(tail: str) -> tuple[str, ...]:
    inside = tail.removesuffix("?").strip("()").split("|")
    return tuple(sorted({*inside, *([""] if tail.endswith("?") else [])}, key=lambda ending: (-len(ending), ending)))


def phrases_at(
    start: int,
    end: int,
    *,
    folded: str,
    sentence: Span,
    named: Sequence[Span],
    knowledge: Knowledge,
    families: Families,
) -> tuple[Phrase, ...]:
    """Propose phrases for a trigger folded[start:end], best generalisation first.

    A trigger of one word is also taken with its neighbour: the noun that a light verb needs, the particle after it;
    not with a word of grammar, a name or a date (`named`), which belong to this one sentence.
    """
    words = [match.span() for match in WORD.finditer(folded[sentence.start : sentence.end])]
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
        for phrase in _of_words(group, number, knowledge, families):
            found.setdefault(phrase.text, phrase)
    for name, expression in families.lists:
        if any(match.end() > start for match in expression.finditer(folded, sentence.start, end)):
            found.setdefault(f"{{{name}}}", Phrase(LIST_RANK, f"{{{name}}}"))
    return tuple(sorted(found.values()))


def _says_something(word: tuple[int, int], named: Sequence[Span]) -> bool:
    start, end = word
    return end - start >= SHORTEST_NEIGHBOUR and not any(name.start < end and name.end > start for name in named)


def _of_words(words: list[str], penalty: int, knowledge: Knowledge, families: Families) -> Iterator[Phrase]:
    """Generalise the last word of a group, and the first too where there are several."""
    plain = re.compile(f"[{knowledge.vocabulary.letters}'-]+")
    if not all(plain.fullmatch(word) for word in words):
        return
    last = list(_forms(words[-1], knowledge, families, light=len(words) > 1))
    if len(words) == 1:
        if penalty and families.is_light(words[0]):
            return
        for rank, form in last:
            yield Phrase(rank + 20 * penalty, form)
        return
    forms = _forms(words[0], knowledge, families, light=False)
    first = [(0, words[0]), *(form for form in forms if form[1] != words[0])][:2]
    for (a, begin), (b, finish) in product(first, last):
        yield Phrase(a + b + 20 * penalty, " ".join([begin, *words[1:-1], finish]))


def _forms(word: str, knowledge: Knowledge, families: Families, *, light: bool) -> Iterator[tuple[int, str]]:
    """Write a word as one of its family, with an ending of each class it may carry, as a beginning, and as it is."""
    rank = 0 if light else 12
    yield from ((rank, family) for family, regex in families.words if regex.fullmatch(word))
    for number, (tail, endings) in enumerate(families.tails):
        stem = next((word.removesuffix(ending) for ending in endings if ending and word.endswith(ending)), "")
        if len(stem) >= SHORTEST_STEM:
            yield 5 + number, stem + tail
    stems: list[tuple[int, int, str, str]] = []
    for name, written in sorted(knowledge.vocabulary.endings.items()):
        ending = _ending(written)
        for cut in range(SHORTEST_STEM, len(word) + 1):
            if ending.fullmatch(word, cut):
                stems.append((-families.forms(word[:cut], ending), -cut, word[:cut], name))
    best = sorted(stems)[:MOST_STEMS]
    yield from ((1 + number, f"{stem}<{name}>") for number, (_, _, stem, name) in enumerate(best))
    prefix = min((stem for _, _, stem, _ in best if len(stem) >= SHORTEST_PREFIX), key=len, default=None)
    if prefix is not None:
        yield 13, f"{prefix}*"
    yield 12, word
    if len(word) >= SHORTEST_PREFIX:
        yield 12, f"{word}*"


@lru_cache(maxsize=64)
def _ending(expression: str) -> re.Pattern[str]:
    return re.compile(both_encodings(expression))
