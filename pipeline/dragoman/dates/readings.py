"""What a matched expression says: its groups read as numbers, its template filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dragoman.dates import edtf
from dragoman.dates.matching import Candidate
from dragoman.dates.vocabulary import Vocabulary

FIELD = re.compile(r"\{([a-z_]+\d?)(?::([a-z_]+))?\}")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
PIVOT = 30
LETTERS = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M",
    "year": "P{}Y", "quarter": "P{}Q", "decade": "P{}E", "century": "P{}C",
}  # fmt: skip
UNITS = ("unit", "unit_one", "unit_single", "unit_many", "clock_unit", "every_unit", "regular")
NUMBERS = ("number", "count", "vague_number", "article", "past_one")
TENFOLD = {"decade": 10, "century": 100}


def roman(text: str) -> int:
    """Read a Roman numeral in small letters; the dotless i of Turkic casing is an i."""
    digits = [ROMAN[char] for char in text.replace("\u0131", "i")]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)


def read_number(text: str, kind: str, year: str | None) -> str:
    """Read the digits of a slot: `day` and `month` get two digits, `century` the number of full ones, ..."""
    if kind == "roman_century":
        return f"{roman(text) - 1:02d}"
    if kind == "roman_number":
        return str(roman(text))
    if kind == "century_of":
        return text[:2]
    number = int(text)
    if kind in ("day", "month"):
        return f"{number:02d}"
    if kind == "year":
        return f"{number:04d}"
    if kind == "short_year":
        return short_year(text, year)
    if kind in ("am", "pm"):
        return f"{number % 12 + (12 if kind == 'pm' else 0):02d}"
    if kind == "century":
        return f"{number - 1:02d}"
    if kind == "decade":
        return f"{number // 10:03d}"
    if kind == "tens":
        return f"{number // 10 % 10}"
    if kind == "bce":
        return f"-{number - 1:04d}" if number > 1 else "0000"
    return str(number)


def short_year(text: str, year: str | None) -> str:
    """Fill up the second half of 1980-83, or a lone two-digit year."""
    number = int(text)
    if len(text) >= 3:
        return f"{number:04d}"
    if year is not None:
        return year[: -len(text)] + text
    return f"{(1900 if number >= PIVOT else 2000) + number}"


def slots(candidate: Candidate, vocabulary: Vocabulary) -> dict[str, str]:
    """Read the named groups of a match: words by their list, digits by their slot."""
    groups = candidate.found.groupdict()
    read: dict[str, str] = {}
    for name, text in groups.items():
        if text is None:
            continue
        base = name.rstrip("0123456789")
        if base in vocabulary.slots:
            read[name] = read_number(text, vocabulary.slots[base].read, read.get("year"))
        else:
            forms = vocabulary.lists[base]
            read[name] = forms[text] if text in forms else forms[" ".join(text.split())]
    return read


def filled(template: str, read: Mapping[str, str]) -> str:
    """Fill a template in; `{year:decade}` reads the group another way; raises KeyError on an unknown field."""

    def value(found: re.Match[str]) -> str:
        name, kind = found.groups()
        return read[name] if kind is None else read_number(read[name], kind, read.get("year"))

    return FIELD.sub(value, template)


def duration(read: Mapping[str, str], *, default: str = "X") -> str:
    """Write a TIMEX3 duration out of the groups for a number and a unit; an unknown number is X."""
    unit = first_of(read, UNITS) or "day"
    number = first_of(read, NUMBERS) or default
    if unit in TENFOLD:
        scaled = str(int(number) * TENFOLD[unit]) if number.isdigit() else number
        return f"P{scaled}Y" if number.isdigit() else LETTERS[unit].format(number)
    return LETTERS[unit].format(number)


def first_of(read: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((read[name] for name in names if name in read), None)


def numeric(read: Mapping[str, str], order: str) -> str:
    """Write 03.04.2007 as a day, in the order `day-month` or `month-day`; raises ValueError."""
    first, second = int(read["part1"]), int(read["part2"])
    day, month = (first, second) if order == "day-month" else (second, first)
    value = f"{read.get('year') or read['short']}-{month:02d}-{day:02d}"
    edtf.bounds(value)
    return value


def timex_value(value: str) -> str:
    """Turn EDTF into a TIMEX3 value: 199X is 199, 1978-24 is 1978-WI, a week from Monday is 2022-W29."""
    value = edtf.plain(value)
    if "/" in value:
        return week(value) or value
    if value.startswith("-"):
        if "X" in value:
            return f"BC{value[1:].rstrip('X')}"
        return f"BC{-int(value[:5]) + 1:04d}{value[5:]}"
    head, _, tail = value.partition("-")
    names = {
        "21": "SP", "22": "SU", "23": "FA", "24": "WI",
        "33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2",
    }  # fmt: skip
    if tail in names:
        return f"{head}-{names[tail]}"
    return head.rstrip("X") or "XXXX" if not tail and head != "XXXX" else value


def week(value: str) -> str | None:
    """Return the ISO week when an interval is one from Monday to Sunday."""
    try:
        first, last = (date.fromisoformat(end) for end in value.split("/"))
    except ValueError:
        return None
    if first.weekday() == 0 and (last - first).days == 6:
        year, number, _ = first.isocalendar()
        return f"{year}-W{number:02d}"
    return None
