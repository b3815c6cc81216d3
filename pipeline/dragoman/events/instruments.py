"""Instruments: which treaties, agreements, protocols a clause names, how many, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.folding import composed
from dragoman.records import Instrument, Span

COUNT_WINDOW = 60
TITLE_WINDOW = 40
QUOTED = re.compile(r'"([^"\n]{6,300})"')


def instruments_in(span: Span, sentence: Span, passage: Passage, knowledge: Knowledge) -> tuple[Instrument, ...]:
    """Find the instruments named in a stretch of a sentence, in order."""
    found: list[Instrument] = []
    taken: list[tuple[int, int]] = []
    places = sorted(
        (match.start(), -match.end(), kind.name, match)
        for kind in knowledge.kinds
        if not passage.lacks(kind.regex, sentence)
        for match in kind.regex.finditer(passage.folded, span.start, span.end)
    )
    quotes = list(QUOTED.finditer(passage.folded, span.start, span.end))
    for _, _, kind, match in places:
        if any(match.start() < end and match.end() > start for start, end in taken):
            continue
        floor = max((end for _, end in taken), default=span.start)
        taken.append(match.span())
        if any(quote.start() < match.start() and match.end() < quote.end() for quote in quotes):
            continue
        low, high = count_before(match.start(), floor, passage, knowledge)
        found.append(
            Instrument(
                start=match.start(),
                end=match.end(),
                text=passage.text[match.start() : match.end()],
                kind=kind,
                title=_title(match, quotes, passage),
                subjects=subjects_in(_around(match, span, knowledge), sentence, passage, knowledge),
                count_min=low,
                count_max=high,
            )
        )
    return tuple(found)


def _title(match: re.Match[str], quotes: Sequence[re.Match[str]], passage: Passage) -> str | None:
    """Return the quoted title that stands next to an instrument."""
    near = [
        quote
        for quote in quotes
        if 0 <= match.start() - quote.end() <= TITLE_WINDOW or 0 <= quote.start() - match.end() <= TITLE_WINDOW
    ]
    if not near:
        return None
    quote = min(near, key=lambda q: min(abs(match.start() - q.end()), abs(q.start() - match.end())))
    return passage.text[quote.start(1) : quote.end(1)].strip()


def _around(match: re.Match[str], span: Span, knowledge: Knowledge) -> Span:
    """Return where the subject of an instrument is told: before it where heads come last, else after it."""
    if knowledge.head_final:
        return Span(max(span.start, match.start() - 160), match.end())
    return Span(max(span.start, match.start() - 60), min(span.end, match.end() + 160))


def subjects_in(span: Span, sentence: Span, passage: Passage, knowledge: Knowledge) -> tuple[str, ...]:
    """List the topics of models/topics.toml that a stretch of a sentence speaks of, sorted."""
    return tuple(
        sorted(
            name
            for name, regex in knowledge.topics.items()
            if passage.search(regex, span.start, span.end, sentence)
        )
    )


def count_before(
    offset: int, floor: int, passage: Passage, knowledge: Knowledge
) -> tuple[int | None, int | None]:
    """Read the number that counts the thing at an offset, as bounds: "more than 50" is (51, None).

    Before `floor` another thing is counted.
    """
    low = max(floor, offset - COUNT_WINDOW)
    match = _last_number(passage.folded[low:offset], knowledge)
    if match is None:
        return None, None
    place = low + match.start("n")
    between = passage.folded[low + match.end("n") : offset]
    if knowledge.counts.unless and knowledge.counts.unless.search(between):
        return None, None
    if any(timex.start <= place < timex.end for timex in passage.timexes_in(Span(low, offset))):
        return None, None
    raw = match["n"]
    number = int(raw) if raw.isdigit() else _word_value(raw, knowledge)
    if number is None:
        return None, None
    if match["more"] or match["more_after"]:
        return number + 1, None
    return number, number


def _last_number(text: str, knowledge: Knowledge) -> re.Match[str] | None:
    """Return the last number that reaches the end of a text: "three agreements and two memoranda" counts two."""
    last = match = knowledge.counts.regex.search(text)
    while match:
        last, match = match, knowledge.counts.regex.search(text, match.start("n") + 1)
    return last


def _word_value(raw: str, knowledge: Knowledge) -> int | None:
    return knowledge.counts.words.get(composed(raw))
