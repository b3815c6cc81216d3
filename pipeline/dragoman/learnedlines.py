"""The lines of `models/<language>/learned.jsonl`, as the rules of events and the gazetteer both read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dragoman.errors import PackError, RuleError

Placed = tuple[Path, int, dict[str, Any]]
ACTIONS = ("amends", "retires", "like")
LISTS = ("trigger", "needs", "before", "after", "unless", "unless_before", "unless_after", "hits", "misses")
NAME = "name"
"""The key that makes a line an entry of the gazetteer (names/lexicon.py), and no rule."""


def learned_lines(folder: Path) -> list[Placed]:
    """Read what the learner wrote, each line with its file and number; RuleError names the line that is damaged."""
    learned = folder / "learned.jsonl"
    if not learned.is_file():
        return []
    try:
        texts = learned.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise PackError(f"{learned}: is not UTF-8 ({error}); restore it") from error
    return [(learned, number, _line(text, learned, number)) for number, text in enumerate(texts, 1) if text.strip()]


def _line(written: str, path: Path, line: int) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = dict(json.loads(written))
    except (ValueError, TypeError, RecursionError) as error:
        raise RuleError(path, f"at line {line}", f"is no JSON object: {error}", "mend the line") from error
    for key, value in raw.items():
        if (key in LISTS and not isinstance(value, list)) or (key in ACTIONS and not isinstance(value, str)):
            raise RuleError(path, f"at line {line}", f"has the {key} {value!r}", "mend the line")
    return raw
