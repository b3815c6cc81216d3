"""The words and numbers of a language's calendar, as pieces of patterns and as values.

`models/<language>/dates.toml` and the files under `words/` that it names hold four kinds of pieces, each a
placeholder in the patterns of the rules:

- `lists`: words with a value, `[month]` then `"01" = ["..."]`; a match is a named group;
- `slots`: numbers, `day = { pattern = "...", read = "day" }`; a match is a named group too;
- `suffixes`: endings, written with archiphonemes (`dA`) and optional letters (`(n)In`); no group, the longest
  that fits is taken for good;
- `pieces`: patterns that several rules share; no group of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import RuleError
from dragoman.folding import both_encodings, spellings
from dragoman.pack import Pack

TWO_PART_SIGNS = "\u09cb\u09cc"
LATIN_1 = "\u00ff"
PLACEHOLDER = re.compile(r"\{([a-z_]+)(\d?)\}")


@dataclass(frozen=True)
class Slot:
    """A number in a pattern: how it is written, and how it is read (`day`, `year`, `number`, ...)."""

    pattern: str
    read: str
    digits: tuple[int, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All the pieces of one language. `lists` maps list -> folded form -> value."""

    path: Path
    word: str
    gap: str
    lists: Mapping[str, Mapping[str, str]]
    slots: Mapping[str, Slot]
    suffixes: Mapping[str, str]
    pieces: Mapping[str, str]
    prefixes: tuple[str, ...] = ()
    _alternations: dict[str, str] = field(default_factory=dict)

    def expand(self, pattern: str, *, rule: str, grouped: bool = True) -> str:
        """Replace the placeholders of a pattern; `grouped=False` leaves the groups unnamed.

        A blank in a pattern is the language's gap between words; inside a character class write `\\s`.
        """
        for _ in range(9):
            pattern, changed = PLACEHOLDER.subn(lambda found: self.piece(found, rule, grouped), pattern)
            if not changed:
                return pattern.replace(" ", self.gap)
        raise RuleError(self.path, rule, "has pieces that contain each other", "untangle them")

    def piece(self, found: re.Match[str], rule: str, grouped: bool) -> str:
        """Return what one placeholder stands for; it may hold further placeholders."""
        name, number = found.groups()
        if name in self.pieces:
            return f"(?:{self.pieces[name]})"
        if name in self.suffixes:
            return self.suffixes[name]
        body = self.body(name, rule=rule)
        return f"(?P<{name}{number}>{body})" if grouped else f"(?:{body})"

    def body(self, name: str, *, rule: str) -> str:
        """Return what stands inside the group of a list or a slot."""
        if name in self.slots:
            return self.slots[name].pattern
        if name not in self.lists:
            known = ", ".join(sorted([*self.lists, *self.slots, *self.suffixes, *self.pieces]))
            raise RuleError(self.path, rule, f"uses {{{name}}}, which is not there", f"use one of: {known}")
        if name not in self._alternations:
            forms = sorted(self.lists[name], key=lambda form: (-len(form), form))
            self._alternations[name] = "|".join(re.escape(form).replace(r"\ ", " ") for form in forms)
        return self._alternations[name]


def any_encoding(pattern: str) -> str:
    """Make a pattern match letters of two parts in every encoding: with a nukta, and vowel signs of two halves."""
    pattern = both_encodings(pattern)
    for sign in TWO_PART_SIGNS:
        pattern = pattern.replace(sign, f"(?:{sign}|{unicodedata.normalize('NFD', sign)})")
    return pattern


def harmonic(suffix: str, archiphonemes: Mapping[str, str]) -> str:
    """Write a suffix as a pattern: `(n)In` becomes `n?[...]n` with the letters that I stands for."""
    optional = re.sub(r"\(([^()|?]+)\)", r"(?:\1)?", suffix)
    return "".join(one_of(archiphonemes[char]) if char in archiphonemes else char for char in optional)


def one_of(letters: str) -> str:
    """Write a choice of letters; those beyond Latin-1 apart, as `re` takes long to compile a class of both kinds."""
    apart = "".join(f"|{letter}{{1}}" for letter in letters if letter > LATIN_1)  # without {1} it were one class again
    return f"(?:[{''.join(letter for letter in letters if letter <= LATIN_1)}]{apart})" if apart else f"[{letters}]"


def longest(suffix: str) -> int:
    """Return how many letters a suffix has at most."""
    return len(suffix.replace("(", "").replace(")", ""))


def all_forms(words: Iterable[str], pack: Pack) -> list[str]:
    """Fold the words and list every encoding of them."""
    forms = []
    for word in words:
        for form in spellings(pack.fold(word)):
            halved = "".join(unicodedata.normalize("NFD", c) if c in TWO_PART_SIGNS else c for c in form)
            forms += [form] if halved == form else [form, halved]
    return forms


def read_lists(tables: Mapping[str, Mapping[str, Any]], pack: Pack) -> dict[str, dict[str, str]]:
    """Turn `list -> value -> words` into `list -> folded form -> value`."""
    lists: dict[str, dict[str, str]] = {}
    for name, table in tables.items():
        lists[name] = {form: value for value, words in table.items() for form in all_forms(words, pack)}
    return lists


def add_unions(lists: dict[str, dict[str, str]], unions: Mapping[str, list[str]]) -> None:
    """Add lists that are several lists in one, first come first kept."""
    for name, parts in unions.items():
        merged: dict[str, str] = {}
        for part in parts:
            merged = {**lists[part], **merged}
        lists[name] = merged


def add_compounds(lists: dict[str, dict[str, str]], compounds: Mapping[str, Any], pack: Pack) -> None:
    """Add numbers made of a ten and a unit, joined by any of the joiners."""
    for compound in compounds.values():
        into = lists.setdefault(compound["into"], {})
        made = {
            pack.fold(f"{ten}{joiner}{unit}"): str(int(ten_value) + int(unit_value))
            for ten, ten_value in lists[compound["tens"]].items()
            for unit, unit_value in lists[compound["units"]].items()
            for joiner in compound["joiners"]
        }
        into.update({form: value for form, value in made.items() if form not in into})


def load_vocabulary(pack: Pack, raw: Mapping[str, Any]) -> Vocabulary:
    """Gather the pieces of a language out of `dates.toml` and the word files that it names."""
    tables: dict[str, Any] = {}
    for name in raw.get("words", []):
        tables.update(pack.read("words", f"{name}.toml"))
    tables.update(raw.get("lists", {}))
    lists = read_lists(tables, pack)
    add_compounds(lists, raw.get("compounds", {}), pack)
    add_unions(lists, raw.get("unions", {}))
    archiphonemes = raw.get("archiphonemes", {})
    suffixes = {
        name: "(?>"
        + "|".join(
            any_encoding(harmonic(pack.fold(one) if one.islower() else one, archiphonemes))
            for one in sorted(endings, key=longest, reverse=True)
        )
        + ")"
        for name, endings in raw.get("suffixes", {}).items()
    }
    slots = {
        name: Slot(slot["pattern"], slot["read"], tuple(slot.get("digits", ()))) for name, slot in raw["slots"].items()
    }
    pieces = {name: any_encoding(pattern) for name, pattern in raw.get("pieces", {}).items()}
    prefixes = tuple(raw.get("prefixes", ()))
    word = pack.settings["letters"]["word"]
    return Vocabulary(pack.folder / "dates.toml", word, raw["gap"], lists, slots, suffixes, pieces, prefixes)
