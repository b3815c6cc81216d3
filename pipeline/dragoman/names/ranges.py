"""Stretches of a text, asked quickly whether they touch another one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Ranges:
    """Half-open stretches, sorted once; they may overlap each other."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Tell whether text[start:end] shares a character with any of them."""
        index = bisect_right(self._starts, end - 1)
        return index > 0 and self._reach[index - 1] > start

    def cover(self, position: int) -> bool:
        """Tell whether a character lies inside any of them."""
        return self.touch(position, position + 1)
