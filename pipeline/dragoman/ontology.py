"""The types of events, as `models/ontology.toml` defines them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import PackError
from dragoman.pack import models_folder, read_toml

KEYS = {"definition", "direction", "recurs", "soft", "treaty", "cameo", "plover", "planned", "possible"}
DIRECTIONS = ("directed", "mutual")
RECURRENCES = ("never", "seldom", "often")


@dataclass(frozen=True, slots=True)
class Codes:
    """What CAMEO and PLOVER call an event; None where they have no word for it."""

    cameo: str | None = None
    plover: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event. `treaty` is the date column of `treaties` that it fills.

    `recurs` is never, seldom or often: how soon the same sides do the same again.
    """

    name: str
    definition: str
    direction: str
    recurs: str
    soft: bool
    treaty: str | None
    actual: Codes
    planned: Codes
    possible: Codes

    def codes(self, *, modality: str, polarity: str) -> Codes:
        """Return the codes of a happening of this type; what did not happen has none."""
        if polarity != "positive":
            return Codes()
        if modality == "planned":
            return self.planned
        return self.possible if modality == "possible" else self.actual


@lru_cache(maxsize=8)
def load_ontology(models: Path | None = None) -> Mapping[str, EventType]:
    """Load every type of event, by name.

    Raises PackError for an entry with an unknown key or without a definition or direction.
    """
    path = (models or models_folder()) / "ontology.toml"
    raw: dict[str, dict[str, Any]] = read_toml(path)["types"]
    return {name: _event_type(path, name, entry) for name, entry in raw.items()}


def _event_type(path: Path, name: str, entry: Mapping[str, Any]) -> EventType:
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise PackError(f"{path}: type {name} has unknown keys {unknown}; known: {sorted(KEYS)}")
    if not entry.get("definition") or entry.get("direction") not in DIRECTIONS:
        raise PackError(f"{path}: type {name} needs a definition and a direction, one of {DIRECTIONS}")
    if entry.get("recurs", "often") not in RECURRENCES:
        raise PackError(f"{path}: type {name} recurs {entry['recurs']!r}; write one of {RECURRENCES}")
    return EventType(
        name=name,
        definition=entry["definition"],
        direction=entry["direction"],
        recurs=entry.get("recurs", "often"),
        soft=entry.get("soft", False),
        treaty=entry.get("treaty"),
        actual=Codes(entry.get("cameo"), entry.get("plover")),
        planned=Codes(**entry.get("planned", {})),
        possible=Codes(**entry.get("possible", {})),
    )
