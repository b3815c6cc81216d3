"""Where sentences end: a plain scan over the raw text, without spaCy.

One pass finds the places where a sentence could end (stops, dandas, line breaks, wiki marks, footnote marks);
each is judged by its neighbours. The words it knows stand in `models/<language>/abbreviations.toml` and
`sentences.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dragoman.lines import BULLET, breaks_line, wrapped_newlines
from dragoman.pack import Pack, load_pack
from dragoman.records import Span

LONGEST = 5000
"""A sentence longer than this, in code points, is cut at a space: it is a table or has no punctuation."""

FOOTNOTE = r"\[(?:\w{1,3}|[^\W\d_]{2,12} \d{1,3})\]"
CANDIDATE = re.compile(r"[.!?\u2026\u0964\u0965\u09f7\n=\[]")
STOPS = re.compile(r"[.!?\u2026\u0964\u0965\u09f7]+")
BREAK = re.compile(r"\n[ \t\r\f\v]*(?:\n\s*)?")
WIKI = re.compile(r"={2,6}[^=\n]{1,120}={2,6}")
FOOTNOTES = re.compile(rf"(?:{FOOTNOTE})+")
CLOSERS = re.compile(rf"(?:[\"'\u2019\u201d\u00bb\u203a)\]]|{FOOTNOTE})*")
OPENERS = " \t\u00a0\"'\u2018\u201c\u201e\u00ab\u2039([-\u2013\u2014*\u2022"
ITEM_NUMBER = re.compile(r"\d{1,3}(?:[.-]\d{1,3})*")
DOMAIN = re.compile(r"[\w-]+\.[a-z]")
ROMAN = re.compile(r"[IVXLC]+\b")
WRAPPING = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb([{<"
WORD_AFTER = re.compile(r"[^\W\d_][\w\u0980-\u09ff'\u2019-]*")
ANYTHING = re.compile(r"\w")
WINDOW = 40
"""How far, in code points, the words around a candidate are looked at."""


@dataclass(frozen=True)
class Habits:
    """What a language says about its full stops; words are folded and stand without the stop.

    After a word of `before_roman` one capital is a number, no initial: "World War I."
    """

    pack: Pack
    open: frozenset[str]
    number: frozenset[str]
    inner: frozenset[str]
    starters: frozenset[str]
    shortest_last_word: int
    before_roman: frozenset[str] = frozenset()


@lru_cache(maxsize=32)
def load_habits(language: str) -> Habits:
    """Read the abbreviations and sentence starters of a language."""
    pack = load_pack(language)
    short = pack.read("abbreviations.toml")
    usual = pack.read("sentences.toml")

    def words(raw: object) -> frozenset[str]:
        return frozenset(pack.fold(word) for word in raw) if isinstance(raw, list) else frozenset()

    return Habits(
        pack,
        open=words(short.get("open")),
        number=words(short.get("number")),
        inner=words(short.get("inner")),
        starters=words(usual.get("starters")),
        shortest_last_word=int(usual.get("shortest_last_word", 1)),
        before_roman=words(usual.get("before_roman")),
    )


def split(text: str, *, language: str) -> tuple[Span, ...]:
    """Divide a text into sentences, trimmed of space around; headings and list lines are sentences too."""
    habits = load_habits(language)
    spans: list[Span] = []
    start = 0
    for end in _ends(text, habits):
        if end > start:
            spans.extend(_trim(text, start, end))
            start = end
    spans.extend(_trim(text, start, len(text)))
    return tuple(spans)


def _ends(text: str, habits: Habits) -> Iterator[int]:
    """Yield the offsets at which a sentence ends, in ascending order."""
    wrapped = wrapped_newlines(text)
    position = 0
    while found := CANDIDATE.search(text, position):
        start = found.start()
        char = text[start]
        pattern = BREAK if char == "\n" else WIKI if char == "=" else FOOTNOTES if char == "[" else STOPS
        mark = pattern.match(text, start)
        if mark is None:
            position = start + 1
            continue
        position = mark.end()
        if char == "\n":
            if text.count("\n", start, position) > 1 or (start not in wrapped and breaks_line(text, start, position)):
                yield position
        elif char == "=":
            yield start
            yield position
        elif char == "[":
            if _capital_glued(text, start, position):
                yield position
        elif (end := _stop_end(text, start, position, habits)) is not None:
            yield end


def _capital_glued(text: str, start: int, end: int) -> bool:
    """Tell whether footnote marks stand between a word and a capital without any space."""
    return start > 0 and text[start - 1].isalnum() and text[end : end + 1].isupper()


def _stop_end(text: str, start: int, stop: int, habits: Habits) -> int | None:
    """Return where the sentence ends if the stops text[start:stop] end one."""
    closed = CLOSERS.match(text, stop)
    end = closed.end() if closed else stop
    mark = text[stop - 1]
    if mark in "\u0964\u0965\u09f7":
        return end
    after = _skip_openers(text, end)
    follower = text[after : after + 1]
    if follower.islower() or follower in {",", ";", ":"}:
        return None
    if mark in "!?":
        quoted = end > stop and text[end - 1] not in ")]"
        return None if quoted and follower and not follower.isupper() and _same_line(text, end, after) else end
    if stop - start > 1 or mark == "\u2026":
        return end if not follower or follower.isupper() or not _same_line(text, end, after) else None
    return end if _full_stop_ends(text, start, end, after, habits) else None


def _skip_openers(text: str, position: int) -> int:
    while position < len(text) and text[position] in OPENERS:
        position += 1
    return position


def _same_line(text: str, end: int, after: int) -> bool:
    return "\n" not in text[end : after + 1]


def _word_before(text: str, position: int) -> str:
    """Return what stands between the last space and a position, without opening quotes; it may be empty."""
    words = text[max(0, position - WINDOW) : position].split()
    spaced = text[position - 1 : position].isspace()
    return "" if spaced or not words else words[-1].lstrip(WRAPPING)


def _full_stop_ends(text: str, start: int, end: int, after: int, habits: Habits) -> bool:
    """Judge one full stop by the word before it and the word after it."""
    if after >= len(text) or text[after] == "\n":
        return True
    word = _word_before(text, start)
    spaced = after > end
    if not spaced and not _glued_end(text, word, start, end):
        return False
    follower = text[after]
    if not word:
        return spaced
    if ITEM_NUMBER.fullmatch(word) and _line_start(text, start - len(word)):
        return False
    if ROMAN.fullmatch(word) and habits.pack.fold(_word_before(text, start - len(word) - 1)) in habits.before_roman:
        return True
    return _word_ends(word, follower, text, after, habits)


def _word_ends(word: str, follower: str, text: str, after: int, habits: Habits) -> bool:
    folded = habits.pack.fold(word)
    last = folded.rpartition(".")[2].rpartition("-")[2]
    if folded in habits.open or (last in habits.open and "." in folded):
        return False
    numbered = folded in habits.number or folded in habits.inner
    if numbered and (follower.isnumeric() or ROMAN.match(text, after)):
        return False
    initial = len(last) == 1 and last.isalpha()
    if folded in habits.inner or initial:
        return _starter_follows(text, after, habits)
    letters = sum(1 for char in last if char.isalpha() or "\u0980" <= char <= "\u09ff")
    if 0 < letters < habits.shortest_last_word:
        return _starter_follows(text, after, habits)
    return True


def _starter_follows(text: str, after: int, habits: Habits) -> bool:
    found = WORD_AFTER.match(text, after)
    return found is not None and habits.pack.fold(found.group()) in habits.starters


def _glued_end(text: str, word: str, start: int, end: int) -> bool:
    """Tell whether a stop without a space ends a sentence: a small letter before, a capital after."""
    if end > start + 1:
        return text[end : end + 1].isupper()
    if not text[end : end + 1].isupper() or not text[start - 1 : start].islower():
        return False
    glued_to = text[start - len(word) - 1 : start - len(word)]
    return len(word) > 2 and "." not in word and glued_to not in {"/", "@", "_", ":"} and not DOMAIN.match(text, end)


def _line_start(text: str, position: int) -> bool:
    """Tell whether nothing but bullets stands before a position in its line, or else the end of a sentence."""
    before = text[max(0, position - WINDOW) : position].rstrip(" \u00a0")
    if before.endswith((".", "!", "?", "\u0964", ";", ":")):
        return True
    line = text.rfind("\n", max(0, position - WINDOW), position) + 1
    if line == 0 and position > WINDOW:
        return False
    return not text[line:position].strip(BULLET)


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield text[start:end] without the space around it, in pieces if too long; nothing without a letter."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield from _trim(text, start, cut)
        start = cut
    piece = text[start:end]
    if ANYTHING.search(piece):
        stripped = piece.strip()
        first = start + piece.index(stripped)
        yield Span(first, first + len(stripped))
