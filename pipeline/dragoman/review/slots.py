"""The slots of an event as a person types them: what may stand there, what it means, and what it changes."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman import dates
from dragoman.cells import harmless
from dragoman.codes import state_code
from dragoman.learning.cellvalues import CHOICES, CODES, KINDS, SLOTS, CellError, read_cell
from dragoman.listing import Row
from dragoman.ontology import load_ontology
from dragoman.pack import languages, models_folder, read_toml
from dragoman.review.wording import in_words
from dragoman.tables import LIST

BETWEEN = re.compile(r"[;,\n]+")
SIDES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of some typed slots: values that differ from the row's, and what is wrong by slot."""

    values: Mapping[str, Any]
    problems: Mapping[str, str]


def written(row: Mapping[str, Any]) -> dict[str, str]:
    """Write the slots of a row as they are typed."""
    return {slot: _written(row.get(slot)) for slot in SLOTS}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(harmless(str(item)).replace("\\", "\\\\").replace(";", "\\;") for item in value)
    return harmless(str(value))


def read_typed(
    typed: Mapping[str, str], before: Row | None, *, language: str | None, published: str | None = None
) -> Typed:
    """Read typed slots against the row that they change. A changed side changes the participants with it."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for slot in SLOTS:
        if slot not in typed:
            continue
        try:
            was = before.get(slot) if before is not None else None
            cell = _resolved(slot, typed[slot], language=language, published=published)
            reading = read_cell(slot, cell, was)
        except CellError as error:
            problems[slot] = str(error)
            continue
        if reading.changed:
            values[slot] = reading.value
    if "participants" not in values and any(side in values for side in SIDES):
        values |= _participants(before or {}, values)
    return Typed(values, problems)


def _participants(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Let the participants follow the sides: states that left a side go, states that came to one come."""
    was = set(before.get("participants") or [])
    old = {code for side in SIDES for code in before.get(side) or []}
    new = {code for side in SIDES for code in values.get(side, before.get(side)) or []}
    now = sorted((was - old) | new)
    return {} if set(now) == was else {"participants": now}


def _resolved(slot: str, cell: str, *, language: str | None, published: str | None) -> str:
    """Turn what people type into what a cell holds: names of states into codes, a date in words into EDTF."""
    if slot in CODES:
        items = [item.strip() for item in BETWEEN.split(cell) if item.strip()]
        unknown = [item for item in items if _folded(item) not in state_names()]
        if unknown:
            raise CellError(f"{', '.join(unknown)}: no state of that name or code; separate several by ;")
        return ";".join(state_names()[_folded(item)] for item in items)
    if slot == "date" and language is not None and any(sign.isalpha() and sign not in "XT" for sign in cell):
        return _date_in_words(cell.strip(), language=language, published=published) or cell
    return cell


def _date_in_words(text: str, *, language: str, published: str | None) -> str | None:
    found = dates.find(text, language=language, published=published)
    return found[0].edtf if len(found) == 1 and len(found[0].text) == len(text) else None


def meaning(slot: str, typed: str, before: Row | None, *, language: str | None, published: str | None) -> Row:
    """Say live what a typed slot means, or what is wrong with it."""
    understood = read_typed({slot: typed}, before, language=language, published=published)
    if slot in understood.problems:
        chosen = slot == "type" or slot in CHOICES
        return {"slot": slot, "problem": "not one of those offered" if chosen else understood.problems[slot]}
    was = before.get(slot) if before is not None else None
    value = understood.values.get(slot, was)
    told: Row = {"slot": slot, "words": words(slot, value), "changed": slot in understood.values}
    if slot == "date" and value and value != typed.strip():
        told["words"] = f"{value}: {told['words']}"
    if slot in SIDES and "participants" in understood.values:
        told["words"] += f" \u2014 participants become {', '.join(understood.values['participants']) or 'none'}"
    return told


def words(slot: str, value: Any) -> str:
    """Tell a value in words: a date, states by name, what a type means; empty where the value says it all."""
    if not value:
        return ""
    if slot == "date":
        try:
            return in_words(value)
        except ValueError:
            return ""
    if slot in CODES:
        return ", ".join(found.name if (found := state_code(code)) else code for code in value)
    if slot == "type":
        known = load_ontology().get(value)
        return known.definition if known else ""
    return ""


@lru_cache(maxsize=1)
def known() -> dict[str, Any]:
    """All that slots may be completed with: types, states with their names in every language, closed lists."""
    names: dict[str, list[str]] = {}
    for name, code in _named_states():
        names.setdefault(code, []).append(name)
    kinds = {kind for pack in languages() for kind in _tables(pack, "instruments.toml").get("kinds", {})}
    return {
        "types": [
            {"value": name, "more": kind.definition, "directed": kind.direction == "directed"}
            for name, kind in load_ontology().items()
        ],
        "states": [
            {"value": code, "more": found.name if (found := state_code(code)) else code, "also": " ".join(also)}
            for code, also in sorted(names.items())
        ],
        "organisations": [{"value": row["code"], "more": row["name"]} for row in _organisations()],
        "instruments": [{"value": kind} for kind in sorted(kinds)],
        "subjects": [{"value": topic} for topic in sorted(read_toml(models_folder() / "topics.toml"))],
        "choices": {slot: [{"value": value} for value in values] for slot, values in CHOICES.items()},
        "lists": [slot for slot in SLOTS if KINDS[slot] == LIST],
        "slots": list(SLOTS),
    }


@lru_cache(maxsize=1)
def state_names() -> Mapping[str, str]:
    """The code of every state by its code and by its names in every language."""
    found = {_folded(name): code for name, code in _named_states()}
    return found | {code.casefold(): code for _, code in _named_states()}


@lru_cache(maxsize=1)
def _named_states() -> tuple[tuple[str, str], ...]:
    named: list[tuple[str, str]] = []
    with (models_folder() / "states" / "states.csv").open(encoding="utf-8", newline="") as file:
        named += ((row["name"], row["iso3"]) for row in csv.DictReader(file))
    for pack in languages():
        for code, table in _tables(pack, "words/states.toml").items():
            named += ((name, code) for name in table.get("names", []))
    return tuple((name, code) for name, code in dict.fromkeys(named) if state_code(code))


def _tables(pack: str, file: str) -> Mapping[str, Any]:
    path = models_folder() / pack / file
    return read_toml(path) if path.is_file() else {}


def _organisations() -> Iterable[Mapping[str, str]]:
    with (models_folder() / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
