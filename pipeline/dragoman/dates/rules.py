"""The rules of `models/<language>/dates.toml`, read and checked.

A rule is a pattern with placeholders and the value it gives. Rules without hits are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from dragoman.dates.vocabulary import PLACEHOLDER, Vocabulary, any_encoding
from dragoman.errors import RuleError
from dragoman.expressions import compiled

KEYS = {
    "id", "pattern", "value", "type", "base", "step", "calendar", "anchors", "after", "not_after",
    "not_before", "capital", "small", "mod", "hits", "misses", "fallback", "timex",
}  # fmt: skip
FULL = re.compile(r"\{year\}-\{month[a-z_]*\}-\{day\}\Z")
FIRST = re.compile(r"\{([a-z_]+)(\d?)\}")


@dataclass(frozen=True)
class Rule:
    """One rule, ready to match. `anchors` are the classes of places in a text where it may begin.

    `value` is an EDTF template, `step` moves the `base` (`published` or `previous`) by so many units first.
    """

    id: str
    pattern: str
    compiled: re.Pattern[str]
    value: str
    type: str
    base: str | None
    step: str | None
    calendar: str
    anchors: tuple[str, ...]
    literals: tuple[str, ...]
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    capital: str | None
    small: str | None
    mod: str | None
    timex: str | None
    fallback: bool
    hits: tuple[Mapping[str, Any], ...]
    misses: tuple[str, ...]
    order: int
    full: bool


def boundaries(vocabulary: Vocabulary) -> tuple[str, str]:
    """Return what must stand before and after an expression: no letter, no digit, no decimal."""
    word = vocabulary.word
    joined = "".join(rf"(?<={re.escape(prefix)})|" for prefix in vocabulary.prefixes)
    before = rf"(?<![{word}0-9])(?<![0-9][.,:/])(?:{joined}(?<![{word}]-(?=[0-9])))"
    after = rf"(?![{word}0-9])(?<![0-9](?=[.,][0-9]))(?<![0-9](?=%))"
    return before, after


def anchors_of(raw: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Tell where a rule may begin: at the words of its first list, at numbers of so many digits, or at `anchors`."""
    if "anchors" in raw:
        if raw["anchors"] == ["roman"]:
            return ["roman"], []
        return [f"rule:{raw['id']}"], [form for text in raw["anchors"] for form in literal_forms(text, vocabulary)]
    first = FIRST.match(raw["pattern"])
    if first and first[1] in vocabulary.slots:
        return [f"d{n}" for n in vocabulary.slots[first[1]].digits], []
    if first and first[1] in vocabulary.lists:
        return [first[1]], []
    raise RuleError(
        vocabulary.path, raw["id"], "does not begin with a list or a slot", "begin it so, or name its anchors"
    )


def literal_forms(text: str, vocabulary: Vocabulary) -> list[str]:
    """Spell out an anchor such as `a {unit}`: every form of the list, blanks and line breaks alike."""
    names = [found[1] for found in PLACEHOLDER.finditer(text)]
    forms = []
    for choice in product(*(vocabulary.lists[name] for name in names)):
        made = text
        for word in choice:
            made = PLACEHOLDER.sub(word.replace("\\", ""), made, count=1)
        forms += [made, made.replace(" ", "\n")] if " " in made else [made]
    return forms


def window(raw: Mapping[str, Any], key: str, vocabulary: Vocabulary, *, end: str = r"\Z") -> re.Pattern[str] | None:
    """Compile a pattern for what stands just before the expression, or just after it with `end=""`."""
    if key not in raw:
        return None
    inner = vocabulary.expand(raw[key], rule=raw["id"], grouped=False)
    return checked(f"(?:{any_encoding(inner)}){end}", str(raw["id"]), vocabulary)


def read_rule(raw: Mapping[str, Any], vocabulary: Vocabulary, order: int) -> Rule:
    """Check one rule and compile it; raises RuleError."""
    path, name = vocabulary.path, str(raw.get("id", f"number {order + 1}"))
    unknown = sorted(set(raw) - KEYS)
    if unknown:
        raise RuleError(path, name, f"has unknown keys {unknown}", f"use: {', '.join(sorted(KEYS))}")
    for key in ("id", "pattern"):
        if key not in raw:
            raise RuleError(path, name, f"has no {key}", "give it one")
    if not raw.get("hits"):
        raise RuleError(path, name, "has no hits", "give it one example")
    if "value" not in raw and "timex" not in raw and not raw.get("fallback"):
        raise RuleError(path, name, "has no value", "give it one, or a timex, or mark it fallback = true")
    anchors, literals = anchors_of(raw, vocabulary)
    pattern = raw["pattern"]
    return Rule(
        id=raw["id"], pattern=pattern, compiled=compile_rule(pattern, name, vocabulary),
        value=raw.get("value", ""), type=raw.get("type", "DATE"), base=raw.get("base"), step=raw.get("step"),
        calendar=raw.get("calendar", "gregorian"), anchors=tuple(anchors), literals=tuple(literals),
        after=window(raw, "after", vocabulary), not_after=window(raw, "not_after", vocabulary),
        not_before=window(raw, "not_before", vocabulary, end=""),
        capital=raw.get("capital"), small=raw.get("small"), mod=raw.get("mod"), timex=raw.get("timex"),
        fallback=bool(raw.get("fallback")), hits=tuple(raw["hits"]), misses=tuple(raw.get("misses", ())),
        order=order, full=bool(FULL.match(raw.get("value", ""))),
    )  # fmt: skip


def compile_rule(pattern: str, name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """Compile a rule for the places that its class's gate lets through: what stands before them was looked at there."""
    body = any_encoding(vocabulary.expand(pattern, rule=name))
    return checked(f"(?:{body}){boundaries(vocabulary)[1]}", name, vocabulary)


def checked(pattern: str, rule: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """Compile a pattern of a rule; raises RuleError where it is wrong or could hang a run."""
    try:
        return compiled(pattern)
    except re.error as error:
        raise RuleError(vocabulary.path, rule, f"has a wrong pattern: {error.msg}", "mend the pattern") from error


def read_rules(raw: list[Mapping[str, Any]], vocabulary: Vocabulary, path: Path) -> tuple[Rule, ...]:
    """Read all the rules of a file; two rules of one id are refused."""
    rules = tuple(read_rule(one, vocabulary, order) for order, one in enumerate(raw))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(path, rule.id, "stands there twice", "rename one of them")
        seen.add(rule.id)
    return rules
