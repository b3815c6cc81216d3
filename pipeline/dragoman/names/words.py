"""The words a names model sees: cut by character classes, written in one encoding.

The model is fed normalised forms, so the two encodings of a Bengali nukta letter, odd apostrophes and digits
look the same to it; each word keeps its place in the text as read, so no offset has to be mapped back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from dragoman.folding import composed, fold
from dragoman.pack import Pack
from dragoman.records import Span

JOINERS = "\u200c\u200d"
APOSTROPHES = "'\u2019\u02bc"
LETTER = rf"[\p{{L}}\p{{M}}{JOINERS}]"


@lru_cache(maxsize=1)
def _word_pattern() -> regex.Pattern[str]:
    """Compile the cut: initials, numbers, a clitic after an apostrophe, letters, any other sign alone."""
    return regex.compile(
        rf"(?:\p{{Lu}}\.){{2,}}"
        rf"|(?<!{LETTER})\p{{Lu}}\.(?=\s?\p{{Lu}})"
        rf"|\p{{N}}+(?:[.,]\p{{N}}+)*"
        rf"|(?<={LETTER})[{APOSTROPHES}]{LETTER}+"
        rf"|{LETTER}+"
        rf"|\S"
    )


class Word(NamedTuple):
    """text[start:end] as the model reads it: `form` is written in one encoding."""

    start: int
    end: int
    form: str

    @property
    def is_clitic(self) -> bool:
        """Whether it hangs on the word before by an apostrophe."""
        return len(self.form) > 1 and self.form[0] == APOSTROPHES[0]


class WordCutter:
    """Cuts the texts of one language; remembers frequent forms, up to a fixed number of them."""

    def __init__(self, pack: Pack, *, remembered: int = 50_000) -> None:
        self._table = pack.fold_table
        self._norms: dict[str, str] = {}
        self._remembered = remembered

    def cut(self, text: str, span: Span | None = None) -> list[Word]:
        """List the words of a text, or of one span of it, with offsets in the whole text."""
        start, end = (span.start, span.end) if span else (0, len(text))
        found = _word_pattern().finditer(text, start, end)
        return [Word(match.start(), match.end(), _form(match.group())) for match in found]

    def norm(self, form: str) -> str:
        """Fold a form and make its digits alike."""
        known = self._norms.get(form)
        if known is None:
            known = "".join("0" if char.isdecimal() else char for char in fold(form, self._table))
            if len(self._norms) < self._remembered:
                self._norms[form] = known
        return known


def _form(word: str) -> str:
    if word.isascii():
        return word
    for sign in APOSTROPHES[1:]:
        word = word.replace(sign, APOSTROPHES[0])
    return composed(word)


def covering(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Give the first and past-the-last word that a span touches; None when it touches none."""
    touched = [index for index, word in enumerate(words) if word.start < end and word.end > start]
    return (touched[0], touched[-1] + 1) if touched else None
