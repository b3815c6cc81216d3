"""A language's date grammar: where in a text an expression may begin, and which rules to try there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import ahocorasick

from dragoman.dates.rules import FIRST, Rule, boundaries, checked, read_rules
from dragoman.dates.vocabulary import Vocabulary, any_encoding, load_vocabulary
from dragoman.errors import PackError, RuleError
from dragoman.pack import Pack, load_pack

ROMAN = re.compile(r"(?<![^\W_])[IVX\u0130]{1,6}(?![^\W_])")
DIGITS = re.compile(r"[0-9]+")
ANY_ENDING = r"\S{0,20}"
"""Stands for every ending where it is only told whether a rule may match."""


@dataclass(frozen=True)
class Extension:
    """What may stand just before (`lead`) or after (`trail`) an expression and belongs to it or colours it."""

    id: str
    pattern: re.Pattern[str]
    inside: bool
    types: tuple[str, ...]
    precisions: tuple[str, ...]
    mod: str | None
    mark: str
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Join:
    """Two neighbours that are one expression: a `range`, or the `same` day told twice."""

    id: str
    kind: str
    between: re.Pattern[str]
    before: re.Pattern[str] | None
    close: re.Pattern[str] | None
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """Everything that `find` needs for one language, compiled once."""

    pack: Pack
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    automaton: Any
    word_letters: frozenset[str]
    gates: Mapping[str, re.Pattern[str]]
    by_class: Mapping[str, tuple[Rule, ...]]
    leads: tuple[Extension, ...]
    trails: tuple[Extension, ...]
    lead_gate: re.Pattern[str]
    trail_gate: re.Pattern[str]
    joins: tuple[Join, ...]
    cues: re.Pattern[str] | None
    sentence_end: re.Pattern[str]
    numeric_order: Mapping[str, str]
    settings: Mapping[str, Any]

    @cached_property
    def numbers(self) -> Mapping[int, str]:
        """The classes of numbers at which rules begin, by how many digits these have."""
        return {int(name[1:]): name for name in self.gates if name[0] == "d" and name[1:].isdigit()}


def text_gate(rules: Iterable[Rule], vocabulary: Vocabulary) -> re.Pattern[str]:
    """Merge the rules of a class into one pattern that tells cheaply whether any can match.

    Rules that begin alike share their beginning, so that a lone number is refused after one look at it.
    """
    grouped: dict[str, list[str]] = {}
    for rule in rules:
        first = FIRST.match(rule.pattern)
        head, rest = (first[0], rule.pattern[first.end() :]) if first else ("", rule.pattern)
        if rest[:1] in ("?", "*", "{"):
            head, rest = "", rule.pattern
        grouped.setdefault(head, []).append(rest)
    branches = []
    for head, rests in grouped.items():
        tails = "|".join(vocabulary.expand(rest, rule="gate", grouped=False) for rest in rests)
        branches.append(vocabulary.expand(head, rule="gate", grouped=False) + f"(?:{tails})")
    before, after = boundaries(vocabulary)
    return re.compile(any_encoding(f"{before}(?:{'|'.join(branches)}){after}"))


def build_automaton(rules: Iterable[Rule], vocabulary: Vocabulary) -> Any:
    """Make the automaton over all words that an expression may begin with."""
    classes: dict[str, set[str]] = {}
    for rule in rules:
        for name in rule.anchors:
            forms = rule.literals or vocabulary.lists.get(name, {})
            for form in forms:
                classes.setdefault(form, set()).add(name)
    automaton = ahocorasick.Automaton()
    for form, names in classes.items():
        automaton.add_word(form, (len(form), tuple(sorted(names))))
    if len(classes):
        automaton.make_automaton()
    return automaton


def read_extensions(raw: list[Mapping[str, Any]], vocabulary: Vocabulary, *, lead: bool) -> tuple[Extension, ...]:
    made = []
    for one in raw:
        if not one.get("hits"):
            raise RuleError(vocabulary.path, one.get("id", "?"), "has no hits", "give it one example")
        body = any_encoding(vocabulary.expand(one["pattern"], rule=one["id"], grouped=False))
        edge = rf"(?<![{vocabulary.word}0-9])(?:{body})\Z" if lead else rf"(?:{body})(?![{vocabulary.word}0-9])"
        made.append(
            Extension(
                one["id"], checked(edge, one["id"], vocabulary), one.get("inside", True),
                tuple(one.get("types", ["DATE"])), tuple(one.get("precisions", ())),
                one.get("mod"), one.get("mark", ""),
                checked(one["unless"], one["id"], vocabulary) if "unless" in one else None,
            )
        )  # fmt: skip
    return tuple(made)


def read_joins(raw: list[Mapping[str, Any]], vocabulary: Vocabulary) -> tuple[Join, ...]:
    def compiled(one: Mapping[str, Any], key: str, end: str = "") -> re.Pattern[str] | None:
        if key not in one:
            return None
        body = any_encoding(vocabulary.expand(one[key], rule=one["id"], grouped=False))
        return checked(f"(?:{body}){end}", one["id"], vocabulary)

    made = []
    for one in raw:
        between = compiled(one, "between", r"\Z")
        if not one.get("hits") or between is None:
            raise RuleError(vocabulary.path, one.get("id", "?"), "has no hits or no between", "give it both")
        made.append(
            Join(
                one["id"], one["kind"], between, compiled(one, "before", r"\Z"), compiled(one, "close"),
                tuple(one.get("left", ())), tuple(one.get("right", ())),
            )
        )  # fmt: skip
    return tuple(made)


def letters(vocabulary: Vocabulary) -> frozenset[str]:
    """List the characters that the inside of a word is made of."""
    letter = re.compile(f"[{vocabulary.word}]")
    return frozenset(char for char in map(chr, range(0x3000)) if letter.match(char))


def either(extensions: tuple[Extension, ...]) -> re.Pattern[str]:
    """Merge extensions into one pattern that tells cheaply whether any can match; none is a pattern that never does."""
    return re.compile("|".join(f"(?:{one.pattern.pattern})" for one in extensions) or r"(?!)")


def cues_of(context: Mapping[str, Any], vocabulary: Vocabulary) -> re.Pattern[str] | None:
    """Compile the signs of tense that tell which Monday is meant."""
    if "future" not in context:
        return None
    future, past = (any_encoding(context[name]) for name in ("future", "past"))
    return checked(f"(?P<future>{future})|(?P<past>{past})", "context", vocabulary)


@lru_cache(maxsize=16)
def load_grammar(language: str, models: Path | None = None) -> Grammar:
    """Load the date grammar of a language; raises PackError or RuleError."""
    pack = load_pack(language, models)
    raw = pack.read("dates.toml")
    try:
        vocabulary = load_vocabulary(pack, raw)
    except (KeyError, AttributeError, TypeError) as error:
        raise PackError(f"{pack.folder / 'dates.toml'}: {error!r} is missing or misshapen; mend it") from error
    rules = read_rules(raw.get("rule", []), vocabulary, vocabulary.path)
    by_class: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.anchors:
            by_class.setdefault(name, []).append(rule)
    rough = replace(vocabulary, suffixes=dict.fromkeys(vocabulary.suffixes, ANY_ENDING))
    leads = read_extensions(raw.get("lead", []), vocabulary, lead=True)
    trails = read_extensions(raw.get("trail", []), vocabulary, lead=False)
    context = raw.get("context", {})
    return Grammar(
        pack, vocabulary, rules, build_automaton(rules, vocabulary), letters(vocabulary),
        {name: text_gate(some, rough) for name, some in by_class.items()},
        {name: tuple(some) for name, some in by_class.items()},
        leads, trails, either(leads), either(trails),
        read_joins(raw.get("join", []), vocabulary),
        cues_of(context, vocabulary),
        checked(context.get("sentence_end", r"[.!?]\s|\n"), "context", vocabulary),
        context.get("numeric_order", {}),
        context,
    )  # fmt: skip
