"""Doubtful names: a spelling that is also a word counts only where its surroundings speak for it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dragoman.names.scan import Hit, Scanner

NEAR = 120  # characters in which another name of a state or an office makes a doubtful one sure
WORD = re.compile(r"[^\W\d_]+")
STATES = frozenset({"state", "nationality", "capital"})


def sure_of(scanner: Scanner, text: str, view: str, hits: Sequence[Hit]) -> list[Hit]:
    """Drop the doubtful hits, and the names of languages."""
    languages = scanner.words("language_words")
    anchors = sorted(hit.start for hit in hits if not hit.name.ambiguous and hit.kind in STATES)
    kept = []
    for hit in hits:
        if hit.kind == "nationality" and _next_word(view, hit.end) in languages:
            continue
        if hit.name.ambiguous and not _supported(scanner, text, view, hit, anchors):
            continue
        kept.append(hit)
    return kept


def _supported(scanner: Scanner, text: str, view: str, hit: Hit, anchors: Sequence[int]) -> bool:
    """Tell whether a doubtful name stands alone among capitals, or near a state where there are none."""
    if hit.name.capital:
        return not _in_longer_name(scanner, text, hit)
    first = bisect_left(anchors, hit.start - NEAR)
    last = bisect_right(anchors, hit.end + NEAR)
    return last > first


def _in_longer_name(scanner: Scanner, text: str, hit: Hit) -> bool:
    """Tell whether a word right before or behind makes the name a person's: Michael Jordan."""
    before = _word_before(text, hit.start)
    if scanner.pack.fold(before) in scanner.words("given_names"):
        return True
    if _headline(text, hit):
        return False
    behind = WORD.match(text, hit.end + 1) if text[hit.end : hit.end + 1] == " " else None
    if behind and hit.end == hit.stem_end and behind.group()[0].isupper():
        return True
    opens = text[: hit.start - len(before) - 1][-2:].strip() in ("", ".", "!", "?", '"', "“", "(")
    return before[:1].isupper() and before[1:].islower() and len(before) > 2 and not opens


def _headline(text: str, hit: Hit) -> bool:
    """Tell whether most longer words around have a capital, as in English headlines."""
    first = max(text.rfind("\n", max(0, hit.start - NEAR), hit.start) + 1, hit.start - NEAR)
    words = [word for word in WORD.findall(text[first : hit.end + NEAR].partition("\n")[0]) if len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _word_before(text: str, start: int) -> str:
    """Return the word before an offset when one blank stands between."""
    end = start - 1
    if end < 1 or text[end] != " ":
        return ""
    begin = end
    while begin > 0 and end - begin < NEAR and text[begin - 1].isalpha():
        begin -= 1
    return text[begin:end]


def _next_word(view: str, position: int) -> str:
    if view[position : position + 1] != " ":
        return ""
    end = position + 1
    while end < len(view) and view[end] != " ":
        end += 1
    return view[position + 1 : end]
