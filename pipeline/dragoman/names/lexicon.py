"""The gazetteer of one language: the spellings of states, peoples, places, organisations, offices."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codes import state_code
from dragoman.errors import PackError, RuleError
from dragoman.folding import composed, spellings
from dragoman.learnedlines import NAME, Placed, learned_lines
from dragoman.morphology import NUKTA
from dragoman.pack import Pack, load_pack

TITLES = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "ambassador",
    "envoy",
    "speaker",
    "general",
    "other_titles",
    "honorifics",
)
HEADS = ("ministries", "missions", "parliaments", "governments", "delegations", "organisation_heads")
COMPOUND_HEADS = ("place_heads", "event_heads", "part_heads")
PRESS = ("report_phrases", "press_words")
SHORTEST_SURNAME = 3  # letters
LEARNED = {"GPE": "city", "NORP": "nationality", "ORG": "organisation"}
"""The labels of names that are learned, and what a name is that is like no other."""
BEGINNINGS = ("first_names", "given_names")  # words with which a person's name begins


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one thing. `label` is empty for the words of offices, which are no names themselves.

    `written` is the spelling as the data has it, `folded` as texts are matched, `ambiguous` marks a spelling
    that is also an ordinary word or a personal name, `soft` one whose last letter is softened before a vowel.
    """

    written: str
    folded: str
    label: str
    kind: str
    canonical: str
    country: str | None = None
    code: str | None = None
    ambiguous: bool = False
    soft: bool = False

    @property
    def acronym(self) -> bool:
        """A short name all in capitals; it is only itself when the text has it in capitals too."""
        letters = self.written.replace(".", "").replace("-", "")
        return len(letters) <= 8 and letters.isupper() and " " not in letters

    @property
    def capital(self) -> bool:
        """Whether a text must begin it with a capital letter: where the data does."""
        return self.written[0].isupper()


@dataclass(frozen=True, slots=True)
class Office:
    """A leader's term: ISO dates or years, None while open; `iso3` is empty for the head of an organisation."""

    leader: str
    office: str
    iso3: str
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Lexicon:
    """All names of a language, the offices its leaders held, and the words that stand around names.

    `heads` are the terms of leaders at the head of organisations.

    `contexts` is `words/contexts.toml`; `ordinary` lists words that end a name where there are no capitals.
    """

    pack: Pack
    names: tuple[Name, ...]
    offices: Mapping[str, tuple[Office, ...]]
    contexts: Mapping[str, Any]
    ordinary: tuple[str, ...] = ()
    heads: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)


@lru_cache(maxsize=32)
def load_lexicon(language: str, models: Path | None = None) -> Lexicon:
    """Load the gazetteer of a language; a file that is not there counts as empty."""
    pack = load_pack(language, models)
    offices = _read_leaders(pack.folder.parent / "states" / "leaders.csv")
    heads = _read_leaders(pack.folder.parent / "states" / "organisation_heads.csv")
    leaders = list(_leaders(pack, offices))
    names = [
        *_states(pack),
        *_places(pack),
        *_organisations(pack),
        *leaders,
        *_surnames(leaders, _optional(pack, "contexts.toml")),
        *_offices(pack),
    ]
    names += read_learned(pack, learned_lines(pack.folder), names)
    ordinary = tuple(_optional(pack, "ordinary.toml").get("words", ()))
    return Lexicon(pack, tuple(names), offices, _optional(pack, "contexts.toml"), ordinary, heads)


def read_learned(pack: Pack, lines: Iterable[Placed], names: Sequence[Name]) -> list[Name]:
    """Read the names among the lines of the learner: each is what the name it is `like` is, or an entry of its own."""
    return [name for path, number, raw in lines if NAME in raw for name in _learned(pack, path, number, raw, names)]


def _learned(pack: Pack, path: Path, number: int, raw: Mapping[str, Any], names: Sequence[Name]) -> Iterator[Name]:
    where = str(raw.get("id", f"at line {number}"))
    word, label, country, like = (raw.get(key) for key in (NAME, "label", "country", "like"))
    if not isinstance(word, str) or not word.strip():
        raise RuleError(path, where, f"has the name {word!r}", "write the spelling, or take the line out")
    if label not in LEARNED:
        raise RuleError(path, where, f"has the label {label!r}", f"write one of {', '.join(LEARNED)}")
    if country is not None and state_code(str(country), models=pack.folder.parent) is None:
        raise RuleError(path, where, f"has the country {country!r}", "write an ISO 3166 code of states.csv")
    if like is None:
        if country is None:
            raise RuleError(path, where, "has neither like nor country", "write what the name stands for")
        yield from _spell(pack, [word], label, LEARNED[label], country=country)
        return
    models = [name for name in names if name.written == like and name.label == label]
    model = next((name for name in models if country in (None, name.country)), None)
    if model is None:
        raise RuleError(path, where, f"is like {like!r}, which is no {label} of words/", "mend the line or take it out")
    for name in _spell(pack, [word], label, model.kind):
        yield replace(model, written=name.written, folded=name.folded, ambiguous=False)


def _states(pack: Pack) -> Iterator[Name]:
    for iso3, entry in _optional(pack, "states.toml").items():
        doubtful = frozenset(entry.get("ambiguous", ()))
        for kind, label, key in (("state", "GPE", "names"), ("nationality", "NORP", "people")):
            words = entry.get(key, ())
            yield from _spell(pack, words, label, kind, country=iso3, doubtful=doubtful)
        extra = doubtful - frozenset(entry.get("names", ())) - frozenset(entry.get("people", ()))
        yield from _spell(pack, sorted(extra), "GPE", "state", country=iso3, doubtful=doubtful)


def _places(pack: Pack) -> Iterator[Name]:
    table = {row["place"]: row for row in _rows(pack.folder.parent / "states" / "places.csv")}
    for place, words in _optional(pack, "places.toml").items():
        row = table.get(place)
        if row is None:
            raise PackError(f"{pack.folder / 'words' / 'places.toml'}: {place!r} is not in places.csv; add it there")
        kind, iso3 = row["kind"], row["iso3"] if len(row["iso3"]) == 3 else None
        # A region that belongs to no one state, and a building, is a place; the others act as states do.
        label = "LOC" if kind == "seat" or iso3 is None else "GPE"
        yield from _spell(pack, words, label, kind, country=iso3)


def _organisations(pack: Pack) -> Iterator[Name]:
    for code, words in _optional(pack, "organisations.toml").items():
        yield from _spell(pack, words, "ORG", "organisation", code=code)
    # Who only reports has no code: it is a name, and never a side or an organisation of an event.
    yield from _spell(pack, _optional(pack, "media.toml").get("names", ()), "ORG", "organisation")


def _leaders(pack: Pack, offices: Mapping[str, tuple[Office, ...]]) -> Iterator[Name]:
    for leader, words in _optional(pack, "leaders.toml").items():
        states = {office.iso3 for office in offices.get(leader, ())}
        country = states.pop() if len(states) == 1 else None
        yield from _spell(pack, words, "PER", "person", country=country, code=leader)


def _surnames(leaders: Iterable[Name], contexts: Mapping[str, Any]) -> Iterator[Name]:
    """Yield the word by which a leader is called once he is known; one word may be several leaders."""
    first = frozenset(contexts.get("family_first", ()))
    seen = set()
    for name in leaders:
        words = list(zip(name.written.split(), name.folded.split(), strict=False))
        if len(words) < 2 or not name.country:
            continue
        written, folded = words[0] if words[0][1] in first else words[-1]
        if len(folded) >= SHORTEST_SURNAME and (folded, name.country) not in seen:
            seen.add((folded, name.country))
            yield Name(written, folded, "", "surname", written, name.country, name.code)


def _offices(pack: Pack) -> Iterator[Name]:
    tables = _optional(pack, "offices.toml")
    for key in (*TITLES, *HEADS):
        yield from _spell(pack, _words(tables.get(key, ())), "", key)
    contexts = _optional(pack, "contexts.toml")
    yield from _spell(pack, contexts.get("peoples", ()), "NORP", "people")
    for key in (*COMPOUND_HEADS, *PRESS, *BEGINNINGS, *TITLES, *HEADS):
        yield from _spell(pack, contexts.get(key, ()), "", key)


def _words(table: Any) -> Iterable[str]:
    """Accept a plain list, or a table of lists."""
    if isinstance(table, Mapping):
        return [word for words in table.values() for word in _words(words)]
    return [table] if isinstance(table, str) else list(table)


def _spell(
    pack: Pack,
    words: Iterable[str],
    label: str,
    kind: str,
    *,
    country: str | None = None,
    code: str | None = None,
    doubtful: frozenset[str] = frozenset(),
) -> Iterator[Name]:
    """Make a name of every word, in every encoding of its letters."""
    for word in words:
        plain = composed(word).strip()
        for form in (plain,) if NUKTA.isdisjoint(plain) else spellings(plain):
            folded = pack.fold(form)
            yield Name(plain, folded, label, kind, plain, country, code, word in doubtful)


def _optional(pack: Pack, name: str) -> Mapping[str, Any]:
    return pack.read("words", name) if (pack.folder / "words" / name).is_file() else {}


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _read_leaders(path: Path) -> dict[str, tuple[Office, ...]]:
    offices: dict[str, list[Office]] = {}
    for row in _rows(path):
        office = Office(
            row["leader"], row.get("office", ""), row.get("iso3", ""), row["from"] or None, row["to"] or None
        )
        offices.setdefault(office.leader, []).append(office)
    return {leader: tuple(terms) for leader, terms in offices.items()}
