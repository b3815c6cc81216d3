"""Line breaks: which of them end a heading, a caption or a list item, and which only wrap a long line."""

from __future__ import annotations

import re

SHORT = 50
"""A line of fewer code points is a heading, a caption or a list item: its break always counts."""

NARROWEST, WIDEST = 45, 110
"""The widths, in code points, at which texts are wrapped."""

ENDED = re.compile(r"[.!?\u2026\u0964\u0965:;][\"'\u2019\u201d\u00bb)\]]*\s*\Z")
BULLET = " \t\u00a0*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7#>-\u2013\u2014"
EVENNESS = 0.75
"""Lines wrapped at a width are, but for the last, at least this share of the longest."""


def wrapped_newlines(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks that only wrap a paragraph set at a fixed width."""
    if "\n" not in text:
        return frozenset()
    found: set[int] = set()
    block: list[tuple[int, str]] = []
    position = 0
    for line in text.split("\n"):
        if NARROWEST <= len(line) <= WIDEST:
            block.append((position, line))
        elif block:
            found.update(_wrapping(block, line))
            block = []
        position += len(line) + 1
    found.update(_wrapping(block, ""))
    return frozenset(found)


def _wrapping(block: list[tuple[int, str]], last: str) -> list[int]:
    """Return the offsets of the breaks after the lines of a block, if it is wrapped; `last` follows it."""
    body = block if last.strip() and len(last) < NARROWEST else block[:-1]
    if len(body) < 2:
        return []
    dated = sum(line.rstrip()[-1:].isdigit() for _, line in body)
    if dated * 2 > len(body):
        return []  # captions, each with its year
    longest = max(len(line) for _, line in block)
    even = all(len(line) >= longest * EVENNESS for _, line in body)
    open_ends = sum(1 for _, line in body if not ENDED.search(line[-9:]))
    return [start + len(line) for start, line in body] if even and open_ends * 2 > len(body) else []


def breaks_line(text: str, first: int, end: int) -> bool:
    """Tell whether the line break text[first:end] ends a sentence: the line is short, or a new one begins."""
    start = text.rfind("\n", 0, first) + 1
    follower = text[end : end + 1]
    short = first - start < SHORT * 2 and len(text[start:first].strip()) < SHORT
    return short or not follower.islower() or bool(ENDED.search(text[max(start, first - 9) : first]))
