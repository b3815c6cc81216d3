"""What CLDR knows of a language, asked through Babel: names of months, days, units, states, and its letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.errors import EngineError, UsageError

UNITS = ("day", "week", "month", "year")
PLURALS = ("one", "two", "few", "many", "other")
VOWEL = r"LATIN SMALL LETTER (?:[AEIOUY]|AE|SCHWA|DOTLESS I)\b"
DOTLESS, DOTTED = "\N{LATIN SMALL LETTER DOTLESS I}", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
BRACKETED = re.compile(r"(.+?) \((.+)\)")


@dataclass(frozen=True)
class Cldr:
    """One language of CLDR. `locale` is Babel's; names are lists, the usual one first."""

    code: str
    locale: Any
    english: Any

    @property
    def name(self) -> str:
        """The language's name in English."""
        return str(self.locale.english_name)

    @property
    def script(self) -> str:
        """The script that it is usually written in, by ISO 15924."""
        from babel.core import get_global

        likely = get_global("likely_subtags").get(self.code, "")
        return next((part for part in likely.split("_") if len(part) == 4), "Latn")

    def months(self, width: str) -> dict[str, list[str]]:
        """Name the months by their numbers, `wide` or `abbreviated`, in running text and alone."""
        running, alone = (self.locale.months[where][width] for where in ("format", "stand-alone"))
        found: dict[str, list[str]] = {}
        for month in range(1, 13):
            names = [running[month], alone[month]]
            if names[0][0].isalpha() and not names[1][0].isalpha():  # what Babel has for want of a name
                names.pop()
            found[f"{month:02}"] = _unlike(name.rstrip(".") for name in names)
        return found

    def weekdays(self) -> dict[str, list[str]]:
        """Name the weekdays, Monday being 1."""
        forms = [self.locale.days[where]["wide"] for where in ("format", "stand-alone")]
        return {str(day + 1): _unlike(form[day] for form in forms) for day in range(7)}

    def units(self) -> dict[str, list[str]]:
        """Name the units of the calendar in the forms that stand with numbers."""
        counted = self.locale._data["unit_patterns"]
        named = self.locale._data["date_fields"]
        found: dict[str, list[str]] = {}
        for unit in UNITS:
            patterns = counted.get(f"duration-{unit}", {}).get("long", {})
            forms = [_bare(patterns[key]).strip(" .") for key in PLURALS if key in patterns]
            found[unit] = _unlike([*forms, *self._in_ago(unit, named)])
        return found

    def _in_ago(self, unit: str, fields: Mapping[str, Any]) -> list[str]:
        """Name a unit by what the patterns of "1 day ago" and "in 1 day" have in common."""
        past, future = (
            set(_bare(" ".join(_texts(fields.get(unit, {}).get(when, {})))).split()) for when in ("past", "future")
        )
        return sorted(past & future)

    def ago(self, unit: str) -> str | None:
        """Give the pattern of "{0} days ago"."""
        fields: Mapping[str, Any] = self.locale._data["date_fields"]
        past = fields.get(unit, {}).get("past", {})
        return past.get("other") or next(iter(past.values()), None)

    def conjunction(self) -> list[str]:
        """Give the word that joins the last two of a list."""
        return _unlike([_bare(self.locale.list_patterns["standard"]["2"]).strip(" ,")])

    def territory(self, code: str) -> list[str]:
        """Name a territory by its two-letter code; what stands in brackets is a name too."""
        name = self.locale.territories.get(code)
        if not name:
            return []
        found = BRACKETED.fullmatch(name)
        return _unlike(found.groups() if found else [name])

    def cities(self) -> dict[str, str]:
        """Name cities that have a time zone, by their English names."""
        cities: dict[str, str] = {}
        for zone, names in self.english.time_zones.items():
            english = names.get("city") or zone.rpartition("/")[2].replace("_", " ")
            own = self.locale.time_zones.get(zone, {}).get("city")
            if own:
                cities[english] = own
        for zone, names in self.locale.time_zones.items():
            if "city" in names:
                cities.setdefault(zone.rpartition("/")[2].replace("_", " "), names["city"])
        return cities

    def letters(self) -> str:
        """List the letters and marks of the language's script in CLDR's words, folded to small ones."""
        text = "".join(_words(self.locale._data, ("territories", "languages", "months", "days", "unit_patterns")))
        prefix = unicodedata.name(next(char for char in self.months("wide")["05"][0] if char.isalpha())).split()[0]
        found = {
            char
            for char in text.lower()
            if char != "\u0307" and unicodedata.category(char)[0] in "LM" and _of(char, prefix)
        }
        return ("a-z" if prefix == "LATIN" else "") + "".join(sorted(char for char in found if not "a" <= char <= "z"))

    def fold(self) -> dict[str, str]:
        """Say which capitals and digits are read as others: dotted and dotless i, figures of the script's own."""
        turkic = {DOTTED: "i", "I": DOTLESS} if DOTLESS in self.letters() else {}
        return {**turkic, **_digits(self.months("wide")["05"][0])}

    def vowels(self) -> str:
        """List the vowels among Latin letters; nothing for other scripts."""
        letters = self.letters()
        plain = "aeiouy" if letters.startswith("a-z") else ""
        return plain + "".join(char for char in letters if ord(char) > 127 and re.match(VOWEL, unicodedata.name(char)))


def read_cldr(code: str) -> Cldr:
    """Ask Babel for a language; UsageError for what CLDR does not have."""
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        raise EngineError("Babel is not installed; install dragoman[language]") from None
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise UsageError(f"{code}: no code of a language; write ISO 639-1, such as the two letters of a country's web")
    try:
        return Cldr(code, Locale.parse(code), Locale.parse("en_001"))
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"{code}: CLDR does not have this language; copy the folder of one like it") from None


def _unlike(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)


def _words(data: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        yield from _texts(data.get(key, {}))


def _bare(pattern: str) -> str:
    return re.sub(r"\{\d\}", "", pattern)


def _of(char: str, prefix: str) -> bool:
    return unicodedata.name(char, "").startswith(prefix)


def _digits(word: str) -> dict[str, str]:
    """Map the figures of a word's script to ASCII ones."""
    script = unicodedata.name(word[0]).split()[0]
    found: dict[str, str] = {}
    for form in (f"{script} DIGIT", f"{script}-INDIC DIGIT", f"EXTENDED {script}-INDIC DIGIT"):
        for number in range(10):
            figure = unicodedata.name(str(number)).removeprefix("DIGIT ")
            try:
                found[unicodedata.lookup(f"{form} {figure}")] = str(number)
            except KeyError:
                break
    return found
