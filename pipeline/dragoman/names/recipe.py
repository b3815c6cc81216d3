"""A training recipe: which data, how much of each, and how long.

`recipe.toml` lies beside the weights it makes, so that they can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.names.network import Shape, shape_of
from dragoman.pack import read_toml


@dataclass(frozen=True, slots=True)
class Source:
    """One annotated file.

    `held_out`: whether some of its documents are kept for dev and test. `harmonised`: whether what the
    gazetteer knows is laid over its sentences for training and dev (never over the test).
    """

    file: str
    licence: str
    title: str = ""
    held_out: bool = True
    harmonised: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Some rounds with one mixture: `shares` gives each file its part of a round's sentences."""

    rounds: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the weights, besides the data.

    `weights_licence` is what the data's licences allow. `ordinary_words`: whether the network is told which
    words running text writes small. `swapped`: the share of names exchanged for others of the same kind in
    each round. `dev` and `test` are per cent of the documents.
    """

    sources: tuple[Source, ...]
    phases: tuple[Phase, ...]
    weights_licence: str = "as the data allows"
    seed: int = 1
    ordinary_words: bool = False
    sentences_a_round: int = 4000
    words_a_batch: int = 1000
    dropout: float = 0.2
    learn_rate: float = 0.002
    last_learn_rate: float = 0.0002
    swapped: float = 0.0
    dev: int = 10
    test: int = 10
    network: Shape = field(default_factory=Shape)

    @property
    def rounds(self) -> int:
        return sum(phase.rounds for phase in self.phases)

    def phase_of(self, number: int) -> Phase:
        """Return the phase of a round, counted from 0."""
        for phase in self.phases:
            if number < phase.rounds:
                return phase
            number -= phase.rounds
        raise IndexError(number)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.toml; UsageError says what is missing or unknown in it."""
    raw = read_toml(path)
    training = raw.get("training", {})
    plain = {item.name for item in fields(Recipe)} - {"sources", "phases", "network"}
    unknown = sorted(set(training) - plain) + sorted(set(raw) - {"training", "network", "data", "phase"})
    if unknown:
        raise UsageError(f"{path}: unknown keys {unknown}; [training] knows {sorted(plain)}")
    sources = tuple(_source(item, path) for item in raw.get("data", []))
    if not sources:
        raise UsageError(f"{path}: no [[data]]; name at least one file with its licence")
    known = {source.file for source in sources}
    phases = tuple(_phase(item, known, path) for item in raw.get("phase", []))
    default = (Phase(10, dict.fromkeys(sorted(known), 1.0)),)
    return Recipe(sources, phases or default, network=shape_of(raw.get("network", {})), **training)


def _source(raw: Mapping[str, Any], path: Path) -> Source:
    try:
        return Source(**raw)
    except TypeError as error:
        raise UsageError(f"{path}: [[data]] {raw.get('file', '')}: {error}; give file and licence") from None


def _phase(raw: Mapping[str, Any], known: set[str], path: Path) -> Phase:
    shares = raw.get("shares", {})
    wrong = sorted(set(shares) - known)
    if wrong or not shares or sum(shares.values()) <= 0 or raw.get("rounds", 0) < 1:
        raise UsageError(
            f"{path}: [[phase]] needs rounds and shares of files named in [[data]]; unknown: {wrong}"
        )
    return Phase(raw["rounds"], shares)


def plain_recipe(folder: Path, *, seed: int = 1) -> Recipe:
    """Make a recipe for a folder without one: all its JSON Lines files but the tests."""
    files = sorted(path for path in folder.glob("*.jsonl") if not path.name.endswith(".test.jsonl"))
    if not files:
        raise UsageError(
            f"{folder}: no *.jsonl file in it; put annotated sentences there or name another folder"
        )
    sizes = {path.name: float(sum(1 for _ in path.open("rb"))) for path in files}
    sources = tuple(Source(path.name, "not stated") for path in files)
    return Recipe(
        sources, (Phase(10, sizes),), seed=seed, sentences_a_round=min(4000, int(sum(sizes.values())))
    )
