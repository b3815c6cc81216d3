"""CLDR's date patterns as rules of the date grammar, each with a date that CLDR itself writes as its example."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.newlanguage.cldr import Cldr

FIELD = re.compile(r"'([^']*)'|([a-zA-Z])\2*|.", re.DOTALL)
DAY = date(1991, 12, 11)
PUBLISHED = date(2020, 6, 5)
SLOTS = {
    "d": "{day}{day_end}",
    "dd": "{day}{day_end}",
    "M": "{month_digits}",
    "MM": "{month_digits}",
    "y": "{year}{year_end}",
}
MONTHS = {
    "MMMM": "{month}{month_end}",
    "LLLL": "{month}{month_end}",
    "MMM": r"{month_short}\.?",
    "LLL": r"{month_short}\.?",
}
LAST_DAY, LAST_YEAR = 27, 1998


@dataclass(frozen=True, slots=True)
class Sketch:
    """A rule of the date grammar before it is written; `hits` are tables of strings."""

    name: str
    pattern: str
    value: str
    hit: Mapping[str, str]
    more: Mapping[str, str | list[str]] | None = None

    def written(self, code: str) -> str:
        """Write it as TOML."""
        keys: dict[str, str | list[str]] = {"value": self.value, **(self.more or {})}
        lines = ["[[rule]]", f'id = "{code}.date.{self.name}"', f"pattern = '''{self.pattern}'''"]
        lines += [f"{key} = {quoted(value)}" for key, value in keys.items()]
        hit = ", ".join(f"{key} = {quoted(value)}" for key, value in self.hit.items())
        return "\n".join([*lines, f"hits = [{{ {hit} }}]"])


def quoted(value: str | list[str]) -> str:
    """Write a string, or a list of them, as TOML."""
    if isinstance(value, list):
        return "[" + ", ".join(quoted(item) for item in value) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def date_rules(cldr: Cldr) -> list[Sketch]:
    """Make the rules, the most exact first; two with the same pattern are one."""
    found = [*_days(cldr), *_ranges(cldr), *_months(cldr), *_years(cldr), *_ago(cldr)]
    unlike: dict[str, Sketch] = {}
    for sketch in found:
        unlike.setdefault(sketch.pattern, sketch)
    return list(unlike.values())


def _days(cldr: Cldr) -> Iterator[Sketch]:
    hit = {"text": DAY.isoformat(), "value": DAY.isoformat()}
    yield Sketch("day-iso", "{year}-{month_digits}-{day}", "{year}-{month_digits}-{day}", hit)
    for name in ("long", "medium"):
        yield from _sketch(cldr, f"day-{name}", cldr.locale.date_formats[name].pattern, "{year}-{MONTH}-{day}")
    yield from _sketch(cldr, "day-numeric", _skeleton(cldr, "yMd"), "{year}-{MONTH}-{day}")
    yield from _sketch(cldr, "day-month", _skeleton(cldr, "MMMMd"), "XXXX-{MONTH}-{day}")


def _months(cldr: Cldr) -> Iterator[Sketch]:
    yield from _sketch(cldr, "month-year", _skeleton(cldr, "yMMMM"), "{year}-{MONTH}")


def _years(cldr: Cldr) -> Iterator[Sketch]:
    hit = {"text": f"{DAY.year}-{LAST_YEAR}", "value": f"{DAY.year}/{LAST_YEAR}"}
    pattern = r"{year}\s?-\s?{year_last2}{year_end}"
    yield Sketch("years", pattern, "{year}/{year_last2}", hit, {"not_before": r"\s?-\s?[0-9]"})
    words = cldr.units()["year"]
    if words:
        after = r"{recent}{year_end}(?: (?:" + "|".join(map(_literal, words)) + "){month_end})?"
        example = {"text": str(DAY.year), "value": str(DAY.year)}
        yield Sketch("year", after, "{recent}", example, {"not_after": r"[0-9]\s?[.,x/-]\s?"})


def _ranges(cldr: Cldr) -> Iterator[Sketch]:
    """Two days of one month, as CLDR writes an interval."""
    parts = cldr.locale.interval_formats.get("yMMMd", {}).get("d")
    if not parts or len(parts) != 2:
        return
    first, second = (part.replace("MMM", "MMMM").replace("MMMMM", "MMMM") for part in parts)
    begun, ended = _converted(first), _converted(second)
    if begun is None or ended is None or "{day}" not in begun or "{day}" not in ended or "{month}" in begun:
        return
    between = r"\s?-\s?" if begun.endswith("-") else " " if first.endswith(" ") else ""
    pattern = begun.rstrip("- ") + between + ended.replace("{day}", "{day2}")
    if "{year}" in begun or pattern.count("{month}") != 1 or pattern.count("{year}") != 1:
        return
    gap = " " if between == " " else ""
    text = _written(cldr, first, DAY) + gap + _written(cldr, second, DAY.replace(day=LAST_DAY))
    value = f"{DAY.isoformat()}/{DAY.replace(day=LAST_DAY).isoformat()}"
    yield Sketch("days", pattern, "{year}-{month}-{day}/{year}-{month}-{day2}", {"text": text, "value": value})


def _ago(cldr: Cldr) -> Iterator[Sketch]:
    """So many days ago: the pattern holds for every unit if the word for it is all that differs."""
    pattern, words = cldr.ago("day"), cldr.units()["day"]
    unit = next((word for word in sorted(words, key=len, reverse=True) if pattern and word in pattern.split()), None)
    if pattern is None or unit is None:
        return
    made = (
        _literal(" ".join(pattern.split()).replace("{0}", "0"))
        .replace(_literal(unit), "{unit}", 1)
        .replace("0", "{count}", 1)
    )
    anchors: dict[str, str | list[str]] = {} if made.startswith("{") else {"anchors": [made.split("{")[0].strip()]}
    hit = {"text": pattern.replace("{0}", "5"), "published": PUBLISHED.isoformat(), "value": "2020-05-31"}
    yield Sketch("ago", made, "{base}", hit, {**anchors, "base": "published", "step": "-{count} {unit}"})


def _sketch(cldr: Cldr, name: str, pattern: str | None, value: str) -> Iterator[Sketch]:
    made = _converted(pattern) if pattern else None
    if pattern is None or made is None:
        return
    month = next((slot for slot in ("month_short", "month_digits", "month") if f"{{{slot}}}" in made), None)
    wanted = [part for part in ("year", "day") if f"{{{part}}}" in value]
    if month is None or any(f"{{{part}}}" not in made for part in wanted):
        return
    exact = value.replace("{MONTH}", f"{{{month}}}")
    hit = {"text": _written(cldr, pattern, DAY), "value": _valued(value)}
    more = {"anchors": [made.split("{")[0].strip()]} if not made.startswith("{") else None
    yield Sketch(name, made, exact, hit, more)


def _valued(value: str) -> str:
    return (
        value.replace("{year}", f"{DAY.year}").replace("{MONTH}", f"{DAY.month:02}").replace("{day}", f"{DAY.day:02}")
    )


def _skeleton(cldr: Cldr, name: str) -> str | None:
    found = cldr.locale.datetime_skeletons.get(name)
    return str(found.pattern) if found is not None else None


def _written(cldr: Cldr, pattern: str, day: date) -> str:
    from babel.dates import format_date

    return " ".join(_visible(format_date(day, pattern, locale=cldr.locale)).split()) if pattern.strip() else pattern


def _converted(pattern: str) -> str | None:
    """Turn a pattern of CLDR into one of ours; None where it has a part that we do not read."""
    parts: list[str] = []
    for found in FIELD.finditer(_visible(pattern)):
        run = found[0]
        if found[2] is None:
            parts.append(_literal(found[1] if run.startswith("'") else run))
        elif run in SLOTS or run in MONTHS:
            parts.append({**SLOTS, **MONTHS}[run])
        else:
            return None
    return _blanks("".join(parts)).strip()


def _visible(text: str) -> str:
    """Leave out marks of direction and the like."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _literal(text: str) -> str:
    """Write text as a pattern for folded text: small letters, plain blanks and hyphens."""
    plain = "".join(
        " " if unicodedata.category(char) == "Zs" else "-" if unicodedata.category(char) == "Pd" else char
        for char in text
    )
    plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return re.sub(r"([.*+?^$(){}|\[\]\\])", r"\\\1", plain.lower())


def _blanks(pattern: str) -> str:
    return re.sub(" +", " ", pattern)
