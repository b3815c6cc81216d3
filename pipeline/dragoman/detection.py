"""What tells one language from another: scripts, telling letters, frequent words; read from `models/`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import PackError
from dragoman.pack import languages, models_folder, read_toml

WORD = re.compile(r"[^\W\d_]+")
PLAIN = re.compile(r"[\x00-\x7f\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\u2010-\u2027\u2030-\u205e\u20ac]*")
"""ASCII and the signs of printed text: no letters but the 26."""
CLEAR_MAJORITY = 0.6
USUAL_SHARE = 0.84
"""The share of letters among the characters of running text."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The letters of a sample: how many, of which script most, and how often each character stands there."""

    characters: int
    letters: int
    script: str | None
    counts: Mapping[str, int]

    def share_of(self, length: int) -> int:
        """Estimate the letters in a paragraph of this length from the sample."""
        return round(self.letters * length / self.characters) if self.characters else 0


@dataclass(frozen=True, slots=True, eq=False)
class DetectionRule:
    """One way to recognise a language."""

    code: str
    script: str
    letters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    share: float = 0.0
    at_least: int = 0
    transliteration: str | None = None

    def holds(self, found: Profile, sample: str) -> bool:
        """Tell whether the rule recognises the sample."""
        if any(letter in found.counts for letter in self.without):
            return False
        if self.letters:
            hits = sum(found.counts.get(letter, 0) for letter in self.letters)
            return hits >= self.at_least and hits >= self.share * found.letters
        if self.words:
            words = WORD.findall(sample.lower())
            hits = sum(map(self.words.__contains__, words))
            return hits >= self.at_least and hits >= self.share * len(words)
        return True

    def suits(self, sample: str) -> bool:
        """Tell whether a doubtful sample may well be of this language, where its neighbours are."""
        if self.letters:
            return sum(sample.count(letter) for letter in self.letters) >= self.share * len(sample) / 2
        return not self.words or sum(1 for word in WORD.findall(sample.lower()) if word in self.words) >= 2


@dataclass(frozen=True)
class Knowledge:
    """All rules and short cuts by script, the others' before ours, and the thresholds of `models/languages.toml`.

    `plain` is the script of the 26 letters, None where a rule asks for one of them.
    """

    rules: Mapping[str | None, tuple[DetectionRule, ...]]
    short_cuts: Mapping[str, tuple[ShortCut, ...]]
    supported: frozenset[str]
    script_of: ScriptTable
    plain: str | None
    fewest_letters: int
    believable_letters: int
    clear_letters: int
    clear_probability: float
    unlikely: frozenset[str]
    sample: int
    supported_share: float


@dataclass(frozen=True, slots=True)
class ShortCut:
    """A rule of ours that can be judged without counting every letter of the sample."""

    rule: DetectionRule
    seen: re.Pattern[str]
    against: re.Pattern[str] | None
    foreign_to_ascii: bool

    def letters(self, sample: str) -> int | None:
        """Return about how many letters the sample has if the rule surely holds, else None."""
        if sample.isascii():
            if not self.rule.words:
                return None
            if self.foreign_to_ascii:
                return self._by_words(sample)
        if self.against is not None and self.against.search(sample):
            return None
        if self.rule.words:
            return self._by_words(sample)
        hits = sum(map(len, self.seen.findall(sample)))
        if not self.rule.letters:
            return hits if hits >= CLEAR_MAJORITY * len(sample) else None
        enough = hits >= self.rule.at_least and hits >= self.rule.share * len(sample)
        return round(len(sample) * USUAL_SHARE) if enough else None

    def _by_words(self, sample: str) -> int | None:
        if not PLAIN.fullmatch(sample):
            return None
        words = self.seen.findall(sample.lower())
        hits = sum(map(self.rule.words.__contains__, words))
        enough = hits >= self.rule.at_least and hits >= self.rule.share * len(words)
        return sum(map(len, words)) if enough else None


class ScriptTable(dict[str, str | None]):
    """The script of a character, looked up once; None for what is no letter."""

    def __init__(self, ranges: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.ranges = [(pair[0], pair[1], name) for name, pairs in ranges.items() for pair in pairs]

    def __missing__(self, char: str) -> str | None:
        known = next((name for first, last, name in self.ranges if first <= char <= last), None)
        script = known if known is not None and not char.isdecimal() else ("Zzzz" if char.isalpha() else None)
        if script == "Latn" and not char.isalpha():
            script = None
        self[char] = script
        return script


def profile(sample: str, knowledge: Knowledge) -> Profile:
    """Count the letters of a sample; where no rule asks for one of its letters, only how many they are."""
    if knowledge.plain is not None and PLAIN.fullmatch(sample):
        letters = sum(map(len, WORD.findall(sample)))
        return Profile(len(sample), letters, knowledge.plain if letters else None, {})
    counts = Counter(sample)
    scripts: Counter[str] = Counter()
    for char, count in counts.items():
        script = knowledge.script_of[char]
        if script is not None:
            scripts[script] += count
    letters = sum(scripts.values())
    first = max(sorted(scripts), key=lambda script: scripts[script]) if scripts else None
    return Profile(len(sample), letters, first, counts)


@lru_cache(maxsize=4)
def load_detection(models: Path | None = None) -> Knowledge:
    """Read `languages.toml` and every language's `detection.toml`."""
    folder = models or models_folder()
    path = folder / "languages.toml"
    general = read_toml(path)
    supported = languages(models)
    found = [_rule(raw.get("code"), raw, path) for raw in general.get("other", [])]
    for code in supported:
        own = folder / code / "detection.toml"
        if own.is_file():
            found += [_rule(code, raw, own) for raw in read_toml(own).get("rule", [])]
    scripts = sorted({rule.script for rule in found})
    script_of = ScriptTable(general["scripts"])
    short_cuts = list(_short_cuts(found, frozenset(supported), script_of))
    return Knowledge(
        rules={script: tuple(rule for rule in found if rule.script == script) for script in scripts},
        short_cuts={script: tuple(one for one in short_cuts if one.rule.script == script) for script in scripts},
        supported=frozenset(supported),
        script_of=script_of,
        plain=None if any(char.isascii() for rule in found for char in rule.letters | rule.without) else script_of["a"],
        fewest_letters=general["fewest_letters"],
        believable_letters=general["believable_letters"],
        clear_letters=general["clear_letters"],
        clear_probability=general["clear_probability"],
        unlikely=frozenset(general["unlikely"]),
        sample=general["sample"],
        supported_share=general["supported_share"],
    )


def _short_cuts(rules: list[DetectionRule], supported: frozenset[str], script_of: ScriptTable) -> Iterator[ShortCut]:
    """Make the short cuts: for our languages in their usual script, unless a letter speaks for another."""
    for rule in rules:
        if rule.code not in supported or rule.transliteration:
            continue
        others = [other for other in rules if other.script == rule.script and other.code not in supported]
        against = "".join(sorted(rule.without.union(*(other.letters for other in others))))
        own = "".join(sorted(letter for letter in rule.letters if script_of[letter] == rule.script))
        ranges = "".join(f"{first}-{last}" for first, last, name in script_of.ranges if name == rule.script)
        seen = WORD if rule.words else re.compile(f"[{own or ranges}]+")
        regex = re.compile(f"[{re.escape(against)}]") if against else None
        yield ShortCut(rule, seen, regex, not any(letter.isascii() for letter in against))


def _rule(code: object, raw: Mapping[str, Any], path: Path) -> DetectionRule:
    if not isinstance(code, str) or "script" not in raw:
        raise PackError(f"{path}: a detection rule needs code and script; add them")
    return DetectionRule(
        code=code,
        script=raw["script"],
        letters=frozenset(raw.get("letters", "")),
        words=frozenset(raw.get("words", ())),
        without=frozenset(raw.get("without", "")),
        share=float(raw.get("share", 0.0)),
        at_least=int(raw.get("at_least", 0)),
        transliteration=raw.get("transliteration"),
    )
