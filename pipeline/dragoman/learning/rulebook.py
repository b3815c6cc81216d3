"""The rules of one language as the learner handles them: with lines added on trial, compiled once each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.events.knowledge import Knowledge, load_knowledge, with_rules
from dragoman.events.learned import applied
from dragoman.events.preferences import Preferences, read_preferences
from dragoman.events.rules import Rule, make_rule, raw_rules
from dragoman.learnedlines import Placed

RuleLine = Mapping[str, Any]
"""One line of learned.jsonl."""


class Rulebook:
    """The rules of a language, and what they would be with further lines of the learner.

    `raw` replaces the rules found in the folder, for whoever tries the learner on fewer rules.
    """

    def __init__(self, language: str, *, models: Path | None = None, raw: Sequence[Placed] | None = None) -> None:
        self.language = language
        self.base = load_knowledge(language, models)
        self.raw = list(raw if raw is not None else raw_rules(self.base.pack.folder))
        self.path = self.base.pack.folder / "learned.jsonl"
        self._compiled: dict[int | str, tuple[Mapping[str, Any], Rule]] = {}
        self._last: tuple[list[RuleLine], list[Placed]] | None = None

    def contents(self, lines: Sequence[RuleLine] = ()) -> list[Placed]:
        """Return the rules in use, as written, with these lines applied."""
        if self._last is None or self._last[0] != lines:
            added = [(self.path, 0, dict(line)) for line in lines]
            used = [placed for placed in applied([*self.raw, *added]) if not placed[2].get("retired")]
            self._last = list(lines), used
        return self._last[1]

    def knowledge(self, lines: Sequence[RuleLine] = ()) -> Knowledge:
        """Compile the rules with these lines applied; RuleError says what is wrong with one."""
        known = with_rules(self.base, [self._rule(*placed) for placed in self.contents(lines)])
        return replace(known, preferences=self.preferences(lines))

    def preferences(self, lines: Sequence[RuleLine]) -> Preferences:
        """Return the preferences with these lines applied."""
        return read_preferences([*(raw for _, _, raw in self.raw if "prefers" in raw), *lines])

    def rule(self, line: RuleLine, lines: Sequence[RuleLine]) -> Rule | None:
        """Compile the rule that one more line makes or changes, None where it leaves none."""
        concerned = line.get("amends") or line.get("retires") or line.get("like")
        known = [placed for placed in self.contents(lines) if placed[2]["id"] == concerned]
        if "prefers" in line or "retires" in line:
            return None
        return self._rule(*applied([*known, (self.path, 0, dict(line))])[-1])

    def kind(self, line: RuleLine) -> str:
        """Say what a line is about: the type of its rule, else its action."""
        return str(line.get("type") or line.get("prefers") or line.get("amends") or line.get("retires"))

    def only(self, rule: Rule) -> Knowledge:
        """Return the knowledge with this rule alone."""
        return with_rules(self.base, [rule])

    def _rule(self, path: Path, line: int, raw: dict[str, Any]) -> Rule:
        key = id(raw) if line else json.dumps(raw, sort_keys=True)
        known = self._compiled.get(key)
        if known is not None:
            return known[1]
        rule = make_rule(
            raw,
            path=path,
            line=line,
            pack=self.base.pack,
            vocabulary=self.base.vocabulary,
            types=set(self.base.types),
        )
        self._compiled[key] = (raw, rule)
        return rule
