"""Regular expressions from files of others, compiled only if no text can make them run without end.

What takes exponential time is a repeat whose turns can be cut in more than one way: `(a+)+`, `(a|aa)*`, `(\\w+\\s*)+`.
Such a repeat is refused. What is merely slow is stopped by the limit on an article's time (`limits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, takewhile
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

REPEATED_GROUP = re.compile(r"\)[*+{]")
"""Where this does not stand, no repeat holds another."""

SAMPLE = tuple(map(chr, (*range(0x600), *range(0x980, 0xA00), *range(0x2000, 0x2070))))
"""The characters by which it is told whether two pieces can match the same."""

REPEATS = {"MAX_REPEAT", "MIN_REPEAT"}
WITHOUT_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
Node = tuple[Any, Any]
Signs = frozenset[str]
ANYTHING: Signs = frozenset(SAMPLE)
NOTHING: Signs = frozenset()


class EndlessError(re.error):
    """A pattern that some text would make run without end."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; raises re.error for a wrong one, EndlessError for one that could hang."""
    made = re.compile(pattern)
    if REPEATED_GROUP.search(pattern) and _endless(list(_parser.parse(pattern))):
        raise EndlessError("a repeat that can be cut in more than one way, such as (a+)+, runs without end", pattern)
    return made


def _endless(nodes: Sequence[Node]) -> bool:
    """Tell whether somewhere in a sequence a repeat is ambiguous."""
    for node in nodes:
        if str(node[0]) in REPEATS and node[1][1] > 1 and _ambiguous(list(node[1][2])):
            return True
        if any(_endless(inner) for inner in _inside(node)):
            return True
    return False


def _ambiguous(turn: Sequence[Node]) -> bool:
    """Tell whether the turns of a repeat can be cut differently: where a piece could take more, more may follow."""
    again = _first(turn)
    return any(more & follow for more, follow in _choices(turn, again))


def _choices(nodes: Sequence[Node], after: Signs) -> Iterator[tuple[Signs, Signs]]:
    """Yield what each piece of variable length could take more, and what may follow it."""
    for number, node in enumerate(nodes):
        rest = nodes[number + 1 :]
        follow = _first(rest) | (after if _empty(rest) else NOTHING)
        kind, value = str(node[0]), node[1]
        if kind in REPEATS and value[0] != value[1]:
            yield _first(list(value[2])), follow
        if kind == "BRANCH" and any(_empty(list(branch)) for branch in value[1]):
            yield _first([node]), follow
        if kind == "BRANCH":
            yield from _overlaps([list(branch) for branch in value[1]], follow)
        if kind in REPEATS:
            inner = list(value[2])
            yield from _choices(inner, follow | (_first(inner) if value[1] > 1 else NOTHING))
        elif kind in {"BRANCH", "SUBPATTERN", "GROUPREF_EXISTS"}:
            for inner in _inside(node):
                yield from _choices(inner, follow)


def _overlaps(branches: Sequence[Sequence[Node]], after: Signs) -> Iterator[tuple[Signs, Signs]]:
    """Yield, of each two alternatives that begin with the same letters, what may follow these in one and the other."""
    words = [_letters(branch) for branch in branches]
    for one, other in combinations(range(len(branches)), 2):
        shared = min(words[one], words[other], key=len)
        if words[one].startswith(shared) and words[other].startswith(shared):
            rests = (branches[one][len(shared) :], branches[other][len(shared) :])
            more, less = (_first(rest) | (after if _empty(rest) else NOTHING) for rest in rests)
            yield more, less


def _letters(branch: Sequence[Node]) -> str:
    """Return the letters that an alternative begins with."""
    return "".join(chr(value) for _, value in takewhile(lambda node: str(node[0]) == "LITERAL", branch))


def _inside(node: Node) -> Iterator[list[Node]]:
    """Yield the sequences that a node holds."""
    kind, value = str(node[0]), node[1]
    if kind in REPEATS or kind == "POSSESSIVE_REPEAT":
        yield list(value[2])
    elif kind == "BRANCH":
        yield from map(list, value[1])
    elif kind == "SUBPATTERN":
        yield list(value[3])
    elif kind == "ATOMIC_GROUP":
        yield list(value)
    elif kind in {"ASSERT", "ASSERT_NOT"}:
        yield list(value[1])
    elif kind == "GROUPREF_EXISTS":
        yield from (list(part) for part in value[1:] if part is not None)


def _empty(nodes: Sequence[Node]) -> bool:
    """Tell whether a sequence can match nothing."""
    return all(_node_empty(node) for node in nodes)


def _node_empty(node: Node) -> bool:
    kind, value = str(node[0]), node[1]
    if kind in WITHOUT_WIDTH or kind == "GROUPREF":
        return True
    if kind in REPEATS or kind == "POSSESSIVE_REPEAT":
        return value[0] == 0 or _empty(list(value[2]))
    if kind in {"BRANCH", "GROUPREF_EXISTS"}:
        return any(map(_empty, _inside(node)))
    return kind in {"SUBPATTERN", "ATOMIC_GROUP"} and _empty(next(_inside(node)))


def _first(nodes: Sequence[Node]) -> Signs:
    """Return the characters with which a match of a sequence may begin."""
    found = NOTHING
    for node in nodes:
        found |= _node_first(node)
        if not _node_empty(node):
            break
    return found


def _node_first(node: Node) -> Signs:
    kind, value = str(node[0]), node[1]
    if kind in WITHOUT_WIDTH:
        return NOTHING
    if kind == "LITERAL":
        return frozenset(chr(value))
    if kind == "GROUPREF":
        return ANYTHING
    inside = list(_inside(node))
    if not inside:
        return _of_class(repr(node), node)
    found = NOTHING
    for inner in inside:
        found |= _first(inner)
    return found


_classes: dict[str, Signs] = {}


def _of_class(name: str, node: Node) -> Signs:
    """Return which characters of the sample a class such as `[a-z]` or `.` matches."""
    if name not in _classes:
        state = _parser.State()
        state.str = name
        one = _compiler.compile(_parser.SubPattern(state, [node]))
        _classes[name] = frozenset(char for char in SAMPLE if one.match(char))
    return _classes[name]
