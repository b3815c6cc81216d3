"""Ordinary words: those that running text writes with a small letter.

A capital at the start of a sentence, in a heading or in a decree says little about such a word; the network
is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dragoman.names.words import WordCutter

FILE = "ordinary.txt"
STEM = 6
TITLED = 0.6
"""In a sentence with a larger share of capitals than this, as in a heading, case says nothing."""


@dataclass(frozen=True)
class Ordinary:
    """The words, folded. `mark` says of a word with a capital how surely it is an ordinary one."""

    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    def mark(self, form: str, norm: str) -> str:
        """Return "" without a capital; else `/l` for a word of the list, `/p` for a like stem, or `/u`."""
        if not self.words or not form[:1].isupper():
            return ""
        if norm in self.words:
            return "/l"
        return "/p" if norm[:STEM] in self.stems else "/u"


def ordinary(words: Iterable[str]) -> Ordinary:
    """Make the list of its words."""
    known = frozenset(words)
    return Ordinary(known, frozenset(word[:STEM] for word in known if len(word) >= STEM))


def count_ordinary(sentences: Iterable[str], cutter: WordCutter) -> list[str]:
    """Collect the words that running text writes small at least twice, and no less often than large."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences:
        forms = [word.form for word in cutter.cut(sentence)]
        if sum(form[:1].isupper() for form in forms) > TITLED * len(forms):
            continue
        for form in forms[1:]:
            if form[:1].islower() and form.isalpha():
                small[cutter.norm(form)] += 1
            elif form[:1].isupper() and len(form) > 1:
                capital[cutter.norm(form)] += 1
    return sorted(word for word, count in small.items() if count >= 2 and count >= capital[word])


def read_ordinary(folder: Path) -> Ordinary:
    """Read the list that lies beside a model; an empty one when there is none."""
    path = folder / FILE
    return ordinary(path.read_text("utf-8").split()) if path.is_file() else Ordinary()
