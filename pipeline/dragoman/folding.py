"""A folded view of a text: one character for one, so that offsets still hold.

Matching is done on the folded view; the text itself is never altered. The two encodings of some Bengali
letters (one code point, or a base letter and a nukta) differ in length and cannot be folded onto each other:
`both_encodings` and `spellings` give a pattern or a word in each of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import product

NUKTA_PAIRS = {
    "\u09a1\u09bc": "\u09dc",
    "\u09a2\u09bc": "\u09dd",
    "\u09af\u09bc": "\u09df",
}


def fold(text: str, table: Mapping[str, str]) -> str:
    """Translate by the language's table and lower the case, keeping the length."""
    folded = text
    for char, other in table.items():
        folded = folded.replace(char, other)  # faster than str.translate, which calls back for every character
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)


def composed(text: str) -> str:
    """Return the text in NFC, which writes the Bengali nukta letters as two code points."""
    return unicodedata.normalize("NFC", text)


def both_encodings(pattern: str) -> str:
    """Make a regular expression match either encoding of a nukta letter (outside character classes)."""
    pattern = composed(pattern)
    for pair, single in NUKTA_PAIRS.items():
        pattern = pattern.replace(pair, f"(?:{pair}|{single})")
    return pattern


def spellings(word: str) -> tuple[str, ...]:
    """List a word in every mixture of the two encodings of its nukta letters."""
    word = composed(word)
    pieces: list[tuple[str, ...]] = []
    position = 0
    while position < len(word):
        pair = word[position : position + 2]
        if pair in NUKTA_PAIRS:
            pieces.append((pair, NUKTA_PAIRS[pair]))
            position += 2
        else:
            pieces.append((word[position],))
            position += 1
    return tuple("".join(choice) for choice in product(*pieces))
