"""The pattern language of event rules: phrases that a linguist can read, compiled to regular expressions.

A pattern is a phrase, matched on the folded text from the start of a word to the end of a word:

    signed            the word itself
    sign*             any word that starts so
    sign<verb>        the stem with an ending of the class `verb` (`[endings]` in events.toml)
    {mission}         any entry of the list `mission` (words/diplomacy.toml); entries are patterns too
    (open|close)ed    alternatives, of letters or of phrases; `?` after the bracket makes them optional
    ...               a gap of up to six words
    a b               `b` follows `a`, with white space or one mark of punctuation between

No other regular-expression syntax is understood, so a pattern of somebody else cannot hang a run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import ahocorasick

from dragoman.folding import both_encodings, spellings

GAP = "..."
GAP_WORDS = 6
PIECE = re.compile(
    r"\{(?P<list>\w+)\}|<(?P<ending>\w+)>|(?P<star>\*)"
    r"|\((?P<group>[^()]*)\)(?P<optional>\??)|(?P<text>[^{}<>*()?]+)"
)


TOKEN = re.compile(r"(?:\([^()]*\)|[^\s()])+|[()]")
LITERAL = re.compile(r"[^\s{}<>*]*")
OPTIONAL_WORD = re.compile(r"\([^()]*\)\?")
SPACE = r"[\s,]{1,3}"


MAXIMUM = sys.maxsize
LAST_LETTER = 0x2000
"""Up to here letters are looked for that make an anchor the inside of a word; it may stand after any other sign."""


class PatternError(ValueError):
    """A pattern that cannot be read; the caller adds file and rule."""


class Expression:
    """A regular expression compiled when it is first used: most of a language's rules never meet their words.

    `anchors` are literal strings with one of which every match begins, None where that is not known.
    """

    __slots__ = ("_compiled", "anchors", "pattern")

    def __init__(self, pattern: str, anchors: frozenset[str] | None = None) -> None:
        self.pattern = pattern
        self.anchors = anchors
        self._compiled: re.Pattern[str] | None = None

    def ready(self) -> re.Pattern[str]:
        """Compile the expression once."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = MAXIMUM) -> re.Match[str] | None:
        return (self._compiled or self.ready()).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = MAXIMUM) -> re.Match[str] | None:
        return (self._compiled or self.ready()).match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.ready().fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = MAXIMUM) -> Iterator[re.Match[str]]:
        return (self._compiled or self.ready()).finditer(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        return self.ready().sub(replacement, text)


@dataclass(frozen=True)
class Vocabulary:
    """What patterns may refer to: lists of phrases, classes of endings, and the letters of a word."""

    lists: Mapping[str, Sequence[str]]
    endings: Mapping[str, str]
    letters: str
    _beginnings: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def gap(self) -> str:
        return rf"(?:[^\s]+\s+){{0,{GAP_WORDS}}}?"


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase and the literal strings, one of which every match starts with."""

    source: str
    regex: Expression
    anchors: tuple[str, ...]


def compile_pattern(source: str, vocabulary: Vocabulary) -> Pattern:
    """Compile a phrase; PatternError says what in it cannot be read."""
    expression = bounded(source, vocabulary)
    beginnings = anchors(source, vocabulary)
    return Pattern(source, _compiled(expression, frozenset(beginnings)), beginnings)


class Scanner:
    """Finds many phrases in one pass: one automaton over the literal beginnings of all of them."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        owners: dict[str, list[Expression]] = {}
        for pattern in patterns:
            for anchor in pattern.anchors:
                owners.setdefault(anchor, []).append(pattern.regex)
        self._automaton = ahocorasick.Automaton()
        for anchor, regexes in owners.items():
            self._automaton.add_word(anchor, (len(anchor), tuple(regexes)))
        if owners:
            self._automaton.make_automaton()
        self._longest = max(map(len, owners), default=0)

    def spans(self, folded: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return where the phrases stand in a folded text that begin at start or later, before end; sorted."""
        if not len(self._automaton):
            return []
        end = len(folded) if end is None else end
        found = {
            match.span()
            for last, (length, regexes) in self._automaton.iter(folded, start, min(len(folded), end + self._longest))
            if last - length + 1 < end
            for regex in regexes
            if (match := regex.match(folded, last - length + 1))
        }
        return sorted(found)


class Sights:
    """Tells cheaply where expressions may match in a stretch of text: where one of their anchors stands."""

    def __init__(self, expressions: Iterable[Expression], letters: str) -> None:
        letter = re.compile(f"[{letters}0-9]")
        self._inside = frozenset(filter(letter.match, map(chr, range(LAST_LETTER))))
        self.expressions = frozenset(one for one in expressions if one.anchors is not None)
        self._automaton = ahocorasick.Automaton()
        for anchor in {anchor for one in self.expressions for anchor in one.anchors or ()}:
            self._automaton.add_word(anchor, (len(anchor) - 1, anchor))
        if len(self._automaton):
            self._automaton.make_automaton()

    def within(self, folded: str, start: int, end: int) -> dict[str, list[int]]:
        """Return where each anchor stands in a stretch of a folded text; those that do not are left out."""
        found: dict[str, list[int]] = {}
        if not len(self._automaton):
            return found
        inside = self._inside
        for last, (back, anchor) in self._automaton.iter(folded, start, end):
            place = last - back
            if place == 0 or folded[place - 1] not in inside:
                if anchor in found:
                    found[anchor].append(place)
                else:
                    found[anchor] = [place]
        return found


def compile_any(sources: Sequence[str], vocabulary: Vocabulary) -> Expression | None:
    """Compile several phrases into one expression that searches for any of them, None for no phrase."""
    if not sources:
        return None
    return _compiled(_bounded(sources, vocabulary), _anchors_of(sources, vocabulary))


def _anchors_of(sources: Sequence[str], vocabulary: Vocabulary) -> frozenset[str] | None:
    """Collect what any of several phrases begins with; None where one may begin with anything."""
    known = vocabulary._beginnings
    for source in sources:
        if source not in known:
            known[source] = beginnings(source, vocabulary)
    found = frozenset().union(*(known[source] for source in sources))
    return None if "" in found else found


@lru_cache(maxsize=8192)
def _compiled(expression: str, anchors: frozenset[str] | None) -> Expression:
    return Expression(expression, anchors)


def bounded(source: str, vocabulary: Vocabulary) -> str:
    """Translate a phrase into a regular expression with word boundaries on both sides."""
    return _bounded([source], vocabulary)


def _bounded(sources: Sequence[str], vocabulary: Vocabulary) -> str:
    """Translate several phrases into one: the boundaries, whose letters `re` compiles slowly, stand there once."""
    letters = vocabulary.letters
    phrases = "|".join(f"(?:{phrase(source, vocabulary)})" for source in sources)
    return rf"(?<![{letters}0-9])(?:{phrases})(?![{letters}])"


def phrase(source: str, vocabulary: Vocabulary, depth: int = 0) -> str:
    """Translate a phrase without the outer boundaries."""
    if depth > 4:
        raise PatternError(f"{source!r} refers to lists more than four deep")
    tokens = _tokens(source)
    if not tokens or tokens[-1] == GAP:
        raise PatternError(f"{source!r} must not be empty or end in a gap")
    parts: list[str] = []
    pending = ""
    for number, token in enumerate(tokens, 1):
        if token == GAP:
            parts += [pending, vocabulary.gap]
            pending = ""
        elif OPTIONAL_WORD.fullmatch(token):
            word = _token(token.removesuffix("?"), vocabulary, depth)
            last = number == len(tokens)
            parts.append(f"(?:{pending}{word})?" if last else f"{pending}(?:{word}{SPACE})?")
            pending = ""
        else:
            parts += [pending, _token(token, vocabulary, depth)]
            pending = SPACE
    return "".join(parts)


def _tokens(source: str) -> list[str]:
    """Split a phrase at white space outside brackets."""
    return TOKEN.findall(source)


def _token(token: str, vocabulary: Vocabulary, depth: int) -> str:
    out: list[str] = []
    position = 0
    while position < len(token):
        match = PIECE.match(token, position)
        if match is None:
            raise PatternError(f"{token!r} cannot be read at {token[position:]!r}")
        out.append(_piece(match, vocabulary, depth))
        position = match.end()
    return "".join(out)


def _piece(match: re.Match[str], vocabulary: Vocabulary, depth: int) -> str:
    if name := match["list"]:
        if name not in vocabulary.lists:
            raise PatternError(f"list {{{name}}} is not in words/diplomacy.toml")
        entries = sorted(vocabulary.lists[name], key=len, reverse=True)
        return "(?:" + "|".join(phrase(entry, vocabulary, depth + 1) for entry in entries) + ")"
    if name := match["ending"]:
        if name not in vocabulary.endings:
            raise PatternError(f"ending <{name}> is not in events.toml")
        return both_encodings(vocabulary.endings[name])
    if match["star"]:
        return f"[{vocabulary.letters}]*"
    if match["group"] is not None:
        choices = [phrase(choice, vocabulary, depth + 1) if choice else "" for choice in match["group"].split("|")]
        return f"(?:{'|'.join(choices)}){match['optional']}"
    return both_encodings(re.escape(match["text"]))


def anchors(source: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """List the literal strings one of which a match of the phrase starts with; PatternError where one is too short."""
    found = beginnings(source, vocabulary)
    if any(len(beginning) < 2 for beginning in found):
        raise PatternError(f"{source!r} must start with at least two letters")
    return tuple(sorted(found))


def beginnings(source: str, vocabulary: Vocabulary) -> frozenset[str]:
    """List the literal strings one of which a match of the phrase starts with; an empty one where it may be any."""
    tokens = _tokens(source)
    if not tokens or tokens[0] == GAP:
        raise PatternError(f"{source!r} must start with a word")
    found: set[str] = set()
    first, *rest = tokens
    if rest and OPTIONAL_WORD.fullmatch(first):
        first = first.removesuffix("?")
        found |= {""} if rest[0] == GAP else beginnings(" ".join(rest), vocabulary)
    prefixes: list[str] = [""]
    for match in PIECE.finditer(first):
        if name := match["list"]:
            inner = {beginning for entry in vocabulary.lists[name] for beginning in beginnings(entry, vocabulary)}
            found.update(prefix + beginning for prefix, beginning in product(prefixes, inner))
            break
        if match["group"] is not None:
            choices = match["group"].split("|") + ([""] if match["optional"] else [])
            open_ended = [choice for choice in choices if not LITERAL.fullmatch(choice)]
            inner = {beginning for choice in open_ended for beginning in beginnings(choice, vocabulary)}
            found.update(prefix + beginning for prefix, beginning in product(prefixes, inner))
            closed = [choice for choice in choices if LITERAL.fullmatch(choice)]
            prefixes = [prefix + choice for prefix, choice in product(prefixes, closed)]
            continue
        if match["text"] is None:
            found.update(prefixes)
            break
        prefixes = [prefix + match["text"] for prefix in prefixes]
    else:
        found.update(prefixes)
    return frozenset(spelling for beginning in found for spelling in spellings(beginning))
