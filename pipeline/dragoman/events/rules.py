"""Event rules: TOML in `models/<language>/rules/`, one file per type of event, JSON Lines for learned ones.

    type   = "mission_closed"             # of every rule of the file

    [[rule]]
    id      = "en.mission.closed"
    trigger = ["clos(ed|es)", "shut"]     # phrases (patterns.py); the match is the event's trigger
    needs   = ["{mission}"]               # one of these must stand near the trigger
    before  = []                          # ... before it
    after   = []                          # ... after it
    unless  = ["close (to|ties)"]         # none of these may stand near it
    unless_before = []  unless_after = []
    hits    = [{ text = "...", date = "1985-09", participants = ["DEU", "USA"] }]
    misses  = ["..."]

Optional keys: `subtype`, `priority` (higher wins where two rules claim a word; 0), `states` (how many states must
be in sight; 1), `named` (how many of them the sentence itself must name; 0), `modality`, `polarity`, `aspect`,
`source` and `target` (ways to find the side), `passive` (where the subject of a passive is the target: the ways to
find the source there), `window` (words), `instrument` (the kind, where the trigger is the instrument itself),
`confidence`, `retired`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import PackError, RuleError
from dragoman.events.learned import applied
from dragoman.events.patterns import Expression, Pattern, PatternError, Vocabulary, compile_any, compile_pattern
from dragoman.folding import composed
from dragoman.learnedlines import learned_lines
from dragoman.pack import Pack, read_toml

KEYS = {
    "id", "type", "subtype", "trigger", "needs", "before", "after", "unless", "unless_before", "unless_after",
    "hits", "misses", "priority", "states", "named", "modality", "polarity", "aspect", "source", "target", "passive",
    "window", "instrument", "confidence", "retired", "note", "provenance", "created",
}  # fmt: skip
KINDS: dict[str, tuple[Any, str]] = {
    "id": (str, "a word"),
    "hits": (list, "a list of examples"),
    "priority": (int, "a whole number"),
    "states": (int, "a whole number"),
    "named": (int, "a whole number"),
    "confidence": ((int, float), "a number from 0 to 1"),
    "window": (Mapping, "{ before = 5, after = 5 }"),
    **{key: (str, "a word") for key in ("subtype", "modality", "polarity", "aspect", "instrument")},
}
CONDITIONS = ("needs", "before", "after", "unless", "unless_before", "unless_after")


@dataclass(frozen=True)
class Rule:
    """One rule, compiled. `place` is file:line, `name` what the tables show."""

    id: str
    type: str
    place: str
    triggers: tuple[Pattern, ...]
    conditions: Mapping[str, Expression | None]
    sources: Mapping[str, tuple[str, ...]]
    hits: tuple[Mapping[str, Any], ...]
    misses: tuple[str, ...]
    subtype: str | None = None
    priority: int = 0
    states: int = 1
    named: int = 0
    window: tuple[int, int] | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passive: tuple[str, ...] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    instrument: str | None = None
    confidence: float = 0.9

    @property
    def name(self) -> str:
        return f"{self.place.rsplit(':', 1)[0]}#{self.id}"


def load_rules(pack: Pack, vocabulary: Vocabulary, types: Iterable[str]) -> tuple[Rule, ...]:
    """Load every rule of a language that is not retired; RuleError names file, rule, problem and way out."""
    known = set(types)
    rules = [
        make_rule(raw, path=path, line=line, pack=pack, vocabulary=vocabulary, types=known)
        for path, line, raw in applied(raw_rules(pack.folder))
        if not raw.get("retired")
    ]
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise RuleError(Path(rule.place), rule.id, f"has the id of {seen[rule.id].place}", "rename one")
        seen[rule.id] = rule
    return tuple(rules)


def raw_rules(folder: Path) -> list[tuple[Path, int, dict[str, Any]]]:
    """Read the rules as written, each with its file and line: TOML by people, JSON Lines by the learner."""
    found: list[tuple[Path, int, dict[str, Any]]] = []
    for path in sorted((folder / "rules").glob("*.toml")):
        content = read_toml(path)
        shared = {key: value for key, value in content.items() if key != "rule"}
        lines = [
            number
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if line.strip() == "[[rule]]"
        ]
        written = content.get("rule", [])
        if not isinstance(written, list) or len(written) != len(lines):
            raise PackError(f"{path}: {len(lines)} lines say [[rule]]; begin every rule with that line alone")
        for line, raw in zip(lines, written, strict=True):
            found.append((path, line, {**shared, **raw}))
    return found + learned_lines(folder)


def make_rule(
    raw: Mapping[str, Any],
    *,
    path: Path,
    line: int,
    pack: Pack,
    vocabulary: Vocabulary,
    types: set[str],
) -> Rule:
    """Check and compile one rule."""
    name = str(raw.get("id", f"at line {line}"))
    _check(raw, name=name, path=path, types=types)
    try:
        triggers = tuple(
            compile_pattern(pack.fold(composed(phrase)), vocabulary) for phrase in raw["trigger"]
        )
        conditions = {
            key: compile_any([pack.fold(composed(phrase)) for phrase in raw.get(key, [])], vocabulary)
            for key in CONDITIONS
        }
    except PatternError as error:
        raise RuleError(path, name, f"has a pattern that cannot be read: {error}", "see docs/rules.md") from error
    window = raw.get("window")
    return Rule(
        id=name,
        type=raw["type"],
        place=f"{'/'.join(path.parts[-3 if path.parent.name == 'rules' else -2 :])}:{line}",
        triggers=triggers,
        conditions=conditions,
        sources={key: tuple(raw.get(key, ())) for key in ("trigger", *CONDITIONS)},
        hits=tuple(raw["hits"]),
        misses=tuple(raw.get("misses", ())),
        subtype=raw.get("subtype"),
        priority=raw.get("priority", 0),
        states=raw.get("states", 1),
        named=raw.get("named", 0),
        window=(window["before"], window["after"]) if window else None,
        roles={key: tuple(raw[key]) for key in ("source", "target") if key in raw},
        passive=tuple(raw["passive"]) if "passive" in raw else None,
        fixed={key: raw[key] for key in ("modality", "polarity", "aspect") if key in raw},
        instrument=raw.get("instrument"),
        confidence=raw.get("confidence", 0.9),
    )


def _check(raw: Mapping[str, Any], *, name: str, path: Path, types: set[str]) -> None:
    if unknown := sorted(set(raw) - KEYS):
        raise RuleError(path, name, f"has unknown keys {unknown}", f"the keys are {sorted(KEYS)}")
    if raw.get("type") not in types:
        raise RuleError(path, name, f"has the type {raw.get('type')!r}", "take one of models/ontology.toml")
    if not raw.get("trigger"):
        raise RuleError(path, name, "has no trigger", "give it a list of phrases")
    for key in ("trigger", *CONDITIONS, "source", "target", "passive", "misses"):
        if key in raw and not _strings(raw[key]):
            raise RuleError(path, name, f"has a {key} that is no list of strings", "write it as [\"...\"]")
    if not raw.get("hits"):
        raise RuleError(path, name, "has no hits", "give it one example")
    for key, (kinds, wanted) in KINDS.items():
        if key in raw and (not isinstance(raw[key], kinds) or isinstance(raw[key], bool)):
            raise RuleError(path, name, f"has the {key} {raw[key]!r}", f"write {wanted}")
    if not all(isinstance(hit, Mapping) and isinstance(hit.get("text"), str) for hit in raw["hits"]):
        raise RuleError(path, name, "has a hit without a text", 'write it as { text = "..." }')
    window = raw.get("window", {"before": 0, "after": 0})
    if not all(isinstance(window.get(side), int) for side in ("before", "after")):
        raise RuleError(path, name, f"has the window {window!r}", "write { before = 5, after = 5 }")


def _strings(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(v, str) for v in value)
