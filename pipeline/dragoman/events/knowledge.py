"""What one language knows about events: rules, cues, instruments, frames; loaded once, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick

from dragoman.errors import PackError
from dragoman.events.patterns import Expression, PatternError, Scanner, Sights, Vocabulary, compile_any, compile_pattern
from dragoman.events.preferences import NO_PREFERENCES, Preferences, read_preferences
from dragoman.events.rules import Rule, load_rules
from dragoman.expressions import compiled
from dragoman.folding import both_encodings, composed
from dragoman.learnedlines import learned_lines
from dragoman.ontology import EventType, load_ontology
from dragoman.pack import Pack, load_pack

SIDE = "\N{SECTION SIGN}"
"""Stands for a state in a frame."""


@dataclass(frozen=True)
class Cue:
    """A word that changes modality, polarity or aspect of the triggers in its scope (after ConText).

    `stands` tells where the cue stands seen from the trigger: before, after, or on it (inside its last word).
    """

    id: str
    regex: Expression
    stands: str
    sets: Mapping[str, str]
    reach: int
    stop: Expression | None
    unless_after: Expression | None
    unless_on: Expression | None
    types: frozenset[str]


@dataclass(frozen=True)
class Kind:
    """A kind of instrument (treaty, protocol ...) and the words that name it."""

    name: str
    regex: Expression


@dataclass(frozen=True)
class Counting:
    """How a number stands before what is counted: `regex` has the groups n, more and more_after.

    `unless` are words that show, between the number and the thing, that something else is counted ("3 days").
    """

    regex: Expression
    words: Mapping[str, int]
    unless: Expression | None = None


@dataclass(frozen=True)
class Knowledge:
    """Everything the event step needs to know about one language."""

    pack: Pack
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    automaton: Any
    types: Mapping[str, EventType]
    cues: tuple[Cue, ...]
    kinds: tuple[Kind, ...]
    topics: Mapping[str, Expression]
    head_final: bool
    window: tuple[int, int]
    connectors: tuple[Expression, ...]
    joints: tuple[Expression, ...]
    marks: frozenset[str]
    frames: tuple[Expression, ...]
    pair: Expression | None
    trio: Expression | None
    everyone: Expression | None
    groups: tuple[tuple[Expression, tuple[str, ...]], ...]
    restraint: Scanner
    actors: Scanner
    home: tuple[tuple[Expression, str], ...]
    own_offices: tuple[tuple[Expression, str], ...]
    again: Expression | None
    back: Expression | None
    back_unless: Expression | None
    beside: Expression | None
    beside_office: Expression | None
    over: Expression | None
    company: Expression | None
    aside: Expression | None
    venue: Expression | None
    venue_after: Expression | None
    posted_after: Expression | None
    named_after: Expression | None
    named_before: Expression | None
    pronoun: Expression | None
    possessive: Expression | None
    that_state: Expression | None
    topic_before: Expression | None
    left: Expression | None
    goal: Expression | None
    adnominal_after: Expression | None
    dated_noun: Expression | None
    until: Expression | None
    done: Expression | None
    own_verb: Expression | None
    urged: Expression | None
    agent: Expression | None
    agent_after: Expression | None
    owner: Expression | None
    sent_after: Expression | None
    sent_before: Expression | None
    articles: Expression | None
    office: Expression | None
    toward: Expression | None
    auxiliary: Expression | None
    passive: Expression | None
    inherit: Expression | None
    within: Mapping[str, Expression]
    weak_date: Expression | None
    elsewhere: Expression | None
    said_before: Expression | None
    said_after: Expression | None
    said_between: Expression | None
    adnominal: Expression | None
    apart: Expression | None
    perfect: Expression | None
    shared: Expression | None
    carried: Expression | None
    apart_by: Expression | None
    earlier: Expression | None
    subject_end: Expression | None
    counts: Counting
    settings: Mapping[str, Any]
    sights: Sights
    preferences: Preferences = NO_PREFERENCES


@lru_cache(maxsize=16)
def load_knowledge(language: str, models: Path | None = None) -> Knowledge:
    """Load and compile the event knowledge of a language; PackError or RuleError say what is wrong."""
    pack = load_pack(language, models)
    settings = pack.read("events.toml")
    lists = {
        key: [pack.fold(composed(phrase)) for phrase in value]
        for key, value in pack.read("words", "diplomacy.toml").items()
    }
    endings = {key: pack.fold(composed(value)) for key, value in settings.get("endings", {}).items()}
    for name, ending in endings.items():
        try:
            compiled(ending)
        except re.error as error:
            raise PackError(f"{pack.folder / 'events.toml'}: ending {name}: {error}; mend that line") from error
    vocabulary = Vocabulary(lists, endings, pack.settings["letters"]["word"])
    types = load_ontology(models)
    rules = load_rules(pack, vocabulary, types)
    compiler = _Compiler(pack, vocabulary)
    clauses, sides = settings["clauses"], settings["sides"]
    known = Knowledge(
        pack=pack,
        vocabulary=vocabulary,
        rules=(),
        automaton=None,
        types=types,
        cues=tuple(_cues(compiler)),
        kinds=tuple(
            Kind(name, regex)
            for name, phrases in pack.read("instruments.toml")["kinds"].items()
            if (regex := compiler.any(phrases, "instruments.toml")) is not None
        ),
        topics={
            name: regex
            for name, phrases in pack.read("instruments.toml").get("topics", {}).items()
            if (regex := compiler.any(phrases, "instruments.toml")) is not None
        },
        head_final=settings["order"] == "head-final",
        window=(settings["window"]["before"], settings["window"]["after"]),
        connectors=tuple(
            regex
            for key in ("strong", "weak")
            if (regex := compiler.any(clauses.get(key, []), "events.toml")) is not None
        ),
        marks=frozenset(clauses.get("marks", ";")),
        joints=tuple(
            regex
            for key in ("joiners", "strong", "weak")
            if (regex := compiler.any(clauses.get(key, []), "events.toml")) is not None
        ),
        frames=tuple(
            compiler.frame(frame, [*clauses.get("weak", []), *clauses.get("joiners", [])])
            for frame in sides.get("frames", [])
        ),
        pair=compiler.any(sides.get("pair", []), "events.toml"),
        groups=tuple(
            (regex, tuple(sorted(codes.split())))
            for codes, phrases in sorted(sides.get("groups", {}).items())
            if (regex := compiler.any(phrases, "events.toml")) is not None
        ),
        everyone=compiler.any(sides.get("everyone", []), "events.toml"),
        trio=compiler.any(sides.get("trio", []), "events.toml"),
        restraint=compiler.scanner(settings.get("restraint", {}).get("not_in", []), "events.toml"),
        actors=compiler.scanner(
            [phrase for phrases in pack.read("words", "actors.toml").values() for phrase in phrases],
            "words/actors.toml",
        ),
        back=compiler.ending(clauses.get("back", [])),
        back_unless=compiler.any(clauses.get("back_unless", []), "events.toml"),
        again=compiler.any(clauses.get("again", []), "events.toml"),
        beside=compiler.any(sides.get("beside", []), "events.toml"),
        beside_office=compiler.any(sides.get("beside_office", []), "events.toml"),
        over=compiler.any(sides.get("over", []), "events.toml"),
        company=compiler.any(sides.get("company", []), "events.toml"),
        aside=compiler.any(sides.get("aside", []), "events.toml"),
        own_offices=tuple(
            (regex, code)
            for code, phrases in sorted(sides.get("own_offices", {}).items())
            if (regex := compiler.any(phrases, "events.toml")) is not None
        ),
        home=tuple(
            (regex, code)
            for code, phrases in sorted(sides.get("home", {}).items())
            if (regex := compiler.any(phrases, "events.toml")) is not None
        ),
        venue=compiler.ending(sides.get("venue_before", [])),
        venue_after=compiler.any(sides.get("venue_after", []), "events.toml"),
        posted_after=compiler.any(sides.get("posted_after", []), "events.toml"),
        named_after=compiler.any(sides.get("named_after", []), "events.toml"),
        named_before=compiler.ending(sides.get("named_before", [])),
        pronoun=compiler.any(sides.get("pronoun", []), "events.toml"),
        that_state=compiler.any(sides.get("that_state", []), "events.toml"),
        possessive=compiler.ending(sides.get("possessive", [])),
        topic_before=compiler.ending(sides.get("topic_before", [])),
        left=compiler.ending(sides.get("left_before", [])),
        adnominal_after=compiler.any(settings.get("dates", {}).get("adnominal_after", []), "events.toml"),
        dated_noun=compiler.any(settings.get("dates", {}).get("dated_noun", []), "events.toml"),
        until=compiler.any(settings.get("dates", {}).get("until", []), "events.toml"),
        done=compiler.any(settings.get("dates", {}).get("done_after", []), "events.toml"),
        own_verb=compiler.ending(settings.get("dates", {}).get("own_verb", [])),
        urged=compiler.any(sides.get("urged_after", []), "events.toml"),
        goal=compiler.ending(sides.get("goal_before", [])),
        agent=compiler.ending(sides.get("agent_before", [])),
        agent_after=compiler.any(sides.get("agent_after", []), "events.toml"),
        articles=compiler.any(clauses.get("articles", []), "events.toml"),
        sent_after=compiler.any(settings.get("roles", {}).get("sent_after", []), "events.toml"),
        sent_before=compiler.ending(settings.get("roles", {}).get("sent_before", [])),
        owner=compiler.any(settings.get("roles", {}).get("owner", []), "events.toml"),
        office=compiler.any(settings.get("roles", {}).get("office", []), "events.toml"),
        auxiliary=compiler.any(clauses.get("auxiliary", []), "events.toml"),
        toward=compiler.any(settings.get("roles", {}).get("toward", []), "events.toml"),
        passive=compiler.ending(settings.get("roles", {}).get("passive", [])),
        inherit=compiler.any(settings.get("dates", {}).get("inherit", []), "events.toml"),
        within={
            name: regex
            for name, phrases in settings.get("dates", {}).get("within", {}).items()
            if (regex := compiler.any(phrases, "events.toml")) is not None
        },
        adnominal=compiler.any(settings.get("dates", {}).get("adnominal", []), "events.toml"),
        apart=compiler.any(settings.get("dates", {}).get("apart", []), "events.toml"),
        perfect=compiler.any(settings.get("dates", {}).get("perfect", []), "events.toml"),
        elsewhere=compiler.ending(settings.get("dates", {}).get("elsewhere_before", [])),
        weak_date=compiler.ending(settings.get("dates", {}).get("weak_before", [])),
        said_before=compiler.ending(settings.get("dates", {}).get("said_before", [])),
        said_after=compiler.any(settings.get("dates", {}).get("said_after", []), "events.toml"),
        said_between=compiler.any(settings.get("dates", {}).get("said_between", []), "events.toml"),
        shared=compiler.any(clauses.get("shared", []), "events.toml"),
        carried=compiler.any(clauses.get("carried", []), "events.toml"),
        earlier=compiler.any(clauses.get("earlier", []), "events.toml"),
        apart_by=compiler.any(clauses.get("apart", []), "events.toml"),
        subject_end=compiler.ending(clauses.get("subject_end", [])),
        counts=_counting(compiler, settings.get("counts", {})),
        settings=settings,
        sights=Sights((), vocabulary.letters),
        preferences=read_preferences([raw for _, _, raw in learned_lines(pack.folder)]),
    )
    return replace(with_rules(known, rules), sights=_sights(known, rules))


def with_rules(knowledge: Knowledge, rules: Sequence[Rule]) -> Knowledge:
    """Return the same knowledge with other rules, for whoever tries rules out; what may be sighted stays the same."""
    return replace(knowledge, rules=tuple(rules), automaton=_automaton(rules))


def _sights(knowledge: Knowledge, rules: Sequence[Rule]) -> Sights:
    looked_for = [cue.regex for cue in knowledge.cues]
    looked_for += [kind.regex for kind in knowledge.kinds]
    looked_for += knowledge.topics.values()
    looked_for += knowledge.within.values()
    looked_for += [regex for regex, _ in (*knowledge.home, *knowledge.own_offices)]
    single = (knowledge.pair, knowledge.trio, knowledge.inherit, knowledge.topic_before)
    looked_for += [regex for regex in single if regex is not None]
    looked_for += [regex for rule in rules for regex in rule.conditions.values() if regex is not None]
    return Sights(looked_for, knowledge.vocabulary.letters)


class _Compiler:
    """Compiles phrases and frames of one pack, turning mistakes into PackErrors."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self.pack = pack
        self.vocabulary = vocabulary

    def any(self, phrases: Sequence[str], file: str) -> Expression | None:
        try:
            return compile_any([self.pack.fold(composed(phrase)) for phrase in phrases], self.vocabulary)
        except PatternError as error:
            raise PackError(f"{self.pack.folder / file}: {error}; see docs/rules.md") from error

    def scanner(self, phrases: Sequence[str], file: str) -> Scanner:
        try:
            return Scanner([compile_pattern(self.pack.fold(composed(phrase)), self.vocabulary) for phrase in phrases])
        except PatternError as error:
            raise PackError(f"{self.pack.folder / file}: {error}; see docs/rules.md") from error

    def ending(self, phrases: Sequence[str]) -> Expression | None:
        """Compile phrases that must stand right before a place in the text."""
        regex = self.any(phrases, "events.toml")
        return Expression(f"(?:{regex.pattern})[^\\w.;:]*$", regex.anchors) if regex else None

    def frame(self, frame: str, joiners: Sequence[str]) -> Expression:
        """Compile a frame; each of its sides may be a list of states ("X, Y and Z")."""
        words = self.any(joiners, "events.toml")
        # What joins two sides is read in one way only, or a long list would be tried in all ways there are.
        joint = rf"(?>[\s,]{{0,6}}{SIDE}|[\s,]{{0,3}}(?:{words.pattern if words else ','})[\s,]{{0,3}}{SIDE})"
        several = f"{SIDE}(?:{joint})*"
        folded = both_encodings(self.pack.fold(composed(frame)))
        return Expression(re.sub(f"(?<!\\^){SIDE}", lambda _: several, folded))


def _counting(compiler: _Compiler, raw: Mapping[str, Any]) -> Counting:
    """Compile "more than 50 separate ..." with the language's words for numbers and for more."""
    words = {compiler.pack.fold(composed(word)): number for word, number in raw.get("words", {}).items()}
    number = "|".join(both_encodings(re.escape(word)) for word in sorted(words, key=len, reverse=True))
    more = compiler.any(raw.get("more", []), "events.toml")
    more_after = compiler.any(raw.get("more_after", []), "events.toml")
    letters = compiler.vocabulary.letters
    suffix = "|".join(both_encodings(re.escape(ending)) for ending in raw.get("word_endings", [""]))
    regex = (
        rf"(?:(?P<more>{more.pattern if more else '(?!)'})\s+)?"
        rf"(?<![{letters}0-9.,])(?P<n>[0-9]{{1,4}}(?![0-9]|[.,][0-9])"
        rf"{'|' + number if number else ''})"
        rf"(?:(?<=[0-9])\s?-?[{letters}]{{0,6}}|{suffix})(?![{letters}])"
        rf"(?:\s+(?P<more_after>{more_after.pattern if more_after else '(?!)'}))?"
        r"\s+(?:[^\s,;.]+\s+){0,3}?$"
    )
    return Counting(Expression(regex), words, compiler.any(raw.get("unless", []), "events.toml"))


def _cues(compiler: _Compiler) -> list[Cue]:
    cues: list[Cue] = []
    for raw in compiler.pack.read("cues.toml").get("cue", []):
        regex = compiler.any(raw["phrases"], "cues.toml")
        if regex is None:
            raise PackError(f"{compiler.pack.folder / 'cues.toml'}: cue {raw['id']} has no phrases; give it one")
        cues.append(
            Cue(
                raw["id"],
                regex,
                raw["stands"],
                raw["sets"],
                raw.get("reach", 8),
                compiler.any(raw.get("stop", []), "cues.toml"),
                compiler.any(raw.get("unless_after", []), "cues.toml"),
                compiler.any(raw.get("unless_on", []), "cues.toml"),
                frozenset(raw.get("types", [])),
            )
        )
    return cues


def _automaton(rules: Sequence[Rule]) -> Any:
    """Build one automaton over the literal beginnings of all triggers: anchor → [(rule, expression), ...]."""
    anchors: dict[str, list[tuple[Rule, Expression]]] = {}
    for rule in rules:
        for trigger in rule.triggers:
            for anchor in trigger.anchors:
                anchors.setdefault(anchor, []).append((rule, trigger.regex))
    automaton = ahocorasick.Automaton()
    for anchor, owners in anchors.items():
        automaton.add_word(anchor, (len(anchor), tuple(owners)))
    if anchors:
        automaton.make_automaton()
    return automaton
