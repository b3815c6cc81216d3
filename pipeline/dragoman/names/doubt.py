"""Doubtful names: a spelling that is also a word counts only where its surroundings speak for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dragoman.names.scan import Hit, Scanner

NEAR = 120  # characters in which another name of a state or an office makes a doubtful one sure
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
        return not _in_longer_name(text, hit)
    first = bisect_left(anchors, hit.start - NEAR)
    last = bisect_right(anchors, hit.end + NEAR)
    return last > first


def _in_longer_name(text: str, hit: Hit) -> bool:
    """Tell whether a capitalised word stands right before or behind the name (Michael Jordan)."""
    if (
        hit.stem_end == hit.end
        and text[hit.end : hit.end + 1] == " "
        and text[hit.end + 1 : hit.end + 2].isupper()
    ):
        return True
    if text[hit.start - 1 : hit.start] != " ":
        return False
    start = hit.start - 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    before = text[start : hit.start - 1]
    opens = (
        start == 0 or text[:start].rstrip(" ")[-1:] in ".!?\n\"'“("
        if start < 400
        else text[start - 1] in "\n"
    )
    return before[:1].isupper() and before[1:].islower() and len(before) > 2 and not opens


def _next_word(view: str, position: int) -> str:
    if view[position : position + 1] != " ":
        return ""
    end = position + 1
    while end < len(view) and view[end] != " ":
        end += 1
    return view[position + 1 : end]
