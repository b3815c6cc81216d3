"""Find the expressions of a folded text: a cheap scan for anchors, then the rules of each anchor, longest first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dragoman.dates.grammar import DIGITS, ROMAN, Grammar
from dragoman.dates.rules import Rule

WINDOW = 48
ANY_MONTH = 28
NUMBER_NEXT = re.compile(r" {0,3}(?:[0-9]|\Z)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that matched at text[start:end]."""

    start: int
    end: int
    rule: Rule
    found: re.Match[str]


def anchors(folded: str, text: str, grammar: Grammar) -> list[tuple[int, str]]:
    """List the places where an expression may begin, each with its class, in the order of the text."""
    found: list[tuple[int, str]] = []
    inside = grammar.word_letters
    for match in DIGITS.finditer(folded):
        start, end = match.span()
        name = grammar.numbers.get(end - start)
        if name and (end - start > 2 or not NUMBER_NEXT.match(folded, end)):
            found.append((start, name))
    if "roman" in grammar.gates:
        found += [(match.start(), "roman") for match in ROMAN.finditer(text)]
    if len(grammar.automaton):
        for last, (length, names) in grammar.automaton.iter(folded):
            start = last - length + 1
            if start and folded[start - 1] in inside:
                continue
            found += [(start, name) for name in names]
    found.sort()
    return found


def candidates(folded: str, text: str, grammar: Grammar) -> list[Candidate]:
    """Return every match of every rule at every anchor, save those inside a day told in full."""
    out: list[Candidate] = []
    gates, by_class = grammar.gates, grammar.by_class
    told = last = 0
    for start, name in anchors(folded, text, grammar):
        if (start < told and start != last) or gates[name].match(folded, start) is None:
            continue
        last = start
        for rule in by_class[name]:
            found = rule.compiled.match(folded, start)
            if found and fits(rule, found, folded, text):
                out.append(Candidate(start, found.end(), rule, found))
                if rule.full and int(found["day"]) <= ANY_MONTH:
                    told = max(told, found.end())
    return out


def fits(rule: Rule, found: re.Match[str], folded: str, text: str) -> bool:
    """Check what a rule asks of the text before it, and of its capitals."""
    if rule.capital and not text[found.start(rule.capital)].isupper():
        return False
    if rule.small and text[found.start(rule.small)].isupper() and found.start() > 0:
        return False
    if rule.not_before is not None and rule.not_before.match(folded, found.end()):
        return False
    if rule.after is None and rule.not_after is None:
        return True
    left = folded[max(0, found.start() - WINDOW) : found.start()]
    if rule.after is not None and not rule.after.search(left):
        return False
    return rule.not_after is None or not rule.not_after.search(left)


def select(found: list[Candidate], parse: Callable[[Candidate], T | None]) -> list[tuple[Candidate, T]]:
    """Keep the longest of overlapping candidates that can be read; of equals the rule that stands first."""
    found.sort(key=lambda one: (one.start - one.end, one.rule.order))
    taken: list[tuple[Candidate, T]] = []
    covered: set[int] = set()
    for one in found:
        if one.start in covered or one.end - 1 in covered:
            continue
        parsed = parse(one)
        if parsed is not None:
            taken.append((one, parsed))
            covered.update(range(one.start, one.end))
    return sorted(taken, key=lambda pair: pair[0].start)
