"""Line breaks: which of them end a heading, a caption or a list item, and which only wrap a long line."""

from __future__ import annotations

import re

SHORT = 50
"""A line of fewer code points is a heading, a caption or a list item: its break always counts."""

WRAP = re.compile(r"(?:[^\n]{45,110}\n){2,}[^\n]{1,110}(?=\n|\Z)")
ENDED = re.compile(r"[.!?\u2026\u0964\u0965:;][\"'\u2019\u201d\u00bb)\]]*\s*\Z")
BULLET = " \t\u00a0*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7#>-\u2013\u2014"
EVENNESS = 0.75
"""Lines wrapped at a width are, but for the last, at least this share of the longest."""


def wrapped_newlines(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks that only wrap a paragraph set at a fixed width."""
    found: set[int] = set()
    for block in WRAP.finditer(text):
        lines = block.group().split("\n")
        longest = max(map(len, lines))
        body = lines[:-1]
        even = all(len(line) >= longest * EVENNESS for line in body)
        open_ends = sum(1 for line in body if not ENDED.search(line[-9:]))
        if even and open_ends * 2 > len(body):
            position = block.start()
            for line in body:
                position += len(line)
                found.add(position)
                position += 1
    return frozenset(found)


def breaks_line(text: str, newline: re.Match[str]) -> bool:
    """Tell whether one line break ends a sentence: the line is short, or the next begins like a new one."""
    start = text.rfind("\n", 0, newline.start()) + 1
    line = text[start : newline.start()].strip()
    follower = text[newline.end() : newline.end() + 1]
    return len(line) < SHORT or not follower.islower() or bool(ENDED.search(line[-9:]))
