"""Write the folder of a new language: stubs from `template/`, with what CLDR knows in their gaps."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from dragoman.newlanguage.cldr import Cldr, read_cldr
from dragoman.newlanguage.dates import date_rules, quoted
from dragoman.pack import models_folder

GAP = re.compile(r"@([a-z_]+)@")
ORGANISATIONS = {"UN": "UN", "EU": "EU"}
"""Organisations that CLDR counts among its territories, by our codes."""


def make_language(code: str, *, models: Path | None = None) -> tuple[str, ...]:
    """Make `models/<code>` and return the files that were written; a file that is there is left as it is."""
    models = models or models_folder()
    cldr = read_cldr(code)
    gaps = _gaps(cldr, models)
    written: list[str] = []
    for name, text in _templates():
        place = models / code / name
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(GAP.sub(lambda found: gaps[found[1]], text), "utf-8", newline="\n")
        written.append(name)
    return tuple(written)


def _templates() -> list[tuple[str, str]]:
    """Read the templates, `language.toml` last: with it the folder counts as a language."""
    folder = files("dragoman.newlanguage").joinpath("template")
    names = [*(path for path in folder.iterdir()), *folder.joinpath("words").iterdir()]
    found = [
        (f"words/{path.name}" if folder.joinpath("words", path.name).is_file() else path.name, path.read_text("utf-8"))
        for path in names
        if path.is_file()
    ]
    return sorted(found, key=lambda item: (item[0] == "language.toml", item[0]))


def _gaps(cldr: Cldr, models: Path) -> dict[str, str]:
    short = {number: names for number, names in cldr.months("abbreviated").items() if _is_word(names)}
    rules = "\n\n".join(sketch.written(cldr.code) for sketch in date_rules(cldr))
    return {
        "code": cldr.code,
        "name": cldr.name,
        "script": cldr.script,
        "letters": cldr.letters(),
        "vowels": cldr.vowels(),
        "fold": "\n".join(f"{quoted(one)} = {quoted(other)}" for one, other in cldr.fold().items()),
        "short_months": ", ".join(quoted(name.lower()) for names in short.values() for name in names),
        "months": _table(cldr.months("wide")),
        "months_short": _table(short),
        "weekdays": _table(cldr.weekdays()),
        "units": _table(cldr.units()),
        "and": ", ".join(quoted(word) for word in cldr.conjunction()),
        "rules": f"\n{rules}\n",
        "states": _states(cldr, models),
        "places": _table(_places(cldr, models)),
        "organisations": _table({ours: cldr.territory(theirs) for theirs, ours in ORGANISATIONS.items()}),
    }


def _is_word(names: Iterable[str]) -> bool:
    return all(name[:1].isalpha() for name in names)


def _table(entries: Mapping[str, list[str]]) -> str:
    """Write lists of words as TOML, without empty ones."""
    return "".join(f"{quoted(key)} = {quoted(words)}\n" for key, words in entries.items() if words)


def _states(cldr: Cldr, models: Path) -> str:
    """Name every state and territory of today; a name that two would have goes to the first."""
    seen: set[str] = set()
    tables: list[str] = []
    for row in _rows(models / "states" / "states.csv"):
        names = [name for name in cldr.territory(row["iso2"]) if name not in seen] if row["iso2"] else []
        if names and not row["last_year"]:
            seen.update(names)
            tables.append(f"[{row['iso3']}]\nnames = {quoted(names)}\n")
    return "\n".join(dict.fromkeys(tables))


def _places(cldr: Cldr, models: Path) -> dict[str, list[str]]:
    states = set(cldr.locale.territories.values())
    cities = {english: own for english, own in cldr.cities().items() if own not in states}
    known = [row["place"] for row in _rows(models / "states" / "places.csv") if row["kind"] in ("capital", "city")]
    return {place: [cities[place]] for place in sorted(set(known)) if place in cities}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
