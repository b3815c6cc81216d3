"""What `dragoman learn` wrote to `models/<language>/learned.jsonl`, laid over the rules that people wrote.

One JSON object a line, applied in order. It is a rule of its own (the keys of rules.py), or:

    like     a rule that takes every key it does not set itself (type, conditions, roles ...) from the rule named
    amends   phrases added to the lists of the rule named (`unless`, `needs`, `trigger`, `misses` ...)
    retires  the rule named is kept but not used
    prefers  no rule, but weights for a slot (preferences.py)
    name     no rule, but a name for the gazetteer (names/lexicon.py)

The TOML files stay as people wrote them; taking a line out of learned.jsonl takes back what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.errors import RuleError
from dragoman.learnedlines import ACTIONS, LISTS, NAME, Placed

OWN = ("id", "trigger", "hits", "misses", "retired", "note", "provenance", "created")
"""Keys that a rule made like another does not take over."""


def applied(raw: Iterable[Placed]) -> list[Placed]:
    """Return the rules with every line of the learner applied; RuleError where a line names no rule."""
    rules: list[Placed] = []
    places: dict[str, int] = {}
    for path, line, content in raw:
        if "prefers" in content or NAME in content:
            continue
        action = next((key for key in ACTIONS if key in content), None)
        if action is None:
            places.setdefault(str(content.get("id")), len(rules))
            rules.append((path, line, content))
            continue
        target = places.get(content[action])
        if target is None:
            name = str(content.get("id", f"at line {line}"))
            raise RuleError(path, name, f"{action} {content[action]!r}, which is no rule", "mend the id or the line")
        there, number, before = rules[target]
        if action == "like":
            places.setdefault(str(content.get("id")), len(rules))
            rules.append((path, line, _like(content, before)))
        elif action == "amends":
            rules[target] = (there, number, _amended(content, before))
        else:
            rules[target] = (there, number, {**before, "retired": True})
    return rules


def _like(content: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    taken = {key: value for key, value in model.items() if key not in OWN}
    return {**taken, **{key: value for key, value in content.items() if key != "like"}}


def _amended(content: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
    added = {key: [*rule.get(key, []), *content[key]] for key in LISTS if key in content}
    return {**rule, **added}
