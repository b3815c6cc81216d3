"""The state of a training between two rounds, so that it can go on exactly where it stopped.

Plain files: weights in spaCy's own format, the optimizer's arrays in .npz without pickle, the rest in JSON.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy
from spacy.language import Language
from thinc.api import Model, Optimizer

from dragoman.names.network import tagger_of

FILES = ("state.json", "optimizer.npz", "weights.bin")
TABLES = ("mom1", "mom2", "averages")


def save_checkpoint(folder: Path, nlp: Language, optimizer: Optimizer, state: dict[str, Any]) -> None:
    """Write weights, optimizer and state; each file is written aside and moved into place, the state last."""
    folder.mkdir(parents=True, exist_ok=True)
    model = tagger_of(nlp).model
    places = {node.id: index for index, node in enumerate(model.walk())}
    arrays: dict[str, Any] = {}
    for table in TABLES:
        for (node, name), array in getattr(optimizer, table).items():
            arrays[f"{table}/{places[node]}/{name}"] = array
    counts = {f"{places[node]}/{name}": count for (node, name), count in optimizer.nr_update.items()}
    with (folder / "optimizer.part").open("wb") as file:
        numpy.savez(file, **arrays)
    (folder / "weights.part").write_bytes(tagger_of(nlp).to_bytes(exclude=["vocab"]))
    (folder / "state.part").write_text(json.dumps({**state, "updates": counts}, indent=1), "utf-8")
    os.replace(folder / "optimizer.part", folder / "optimizer.npz")
    os.replace(folder / "weights.part", folder / "weights.bin")
    os.replace(folder / "state.part", folder / "state.json")


def load_checkpoint(folder: Path, nlp: Language, optimizer: Optimizer) -> dict[str, Any]:
    """Put a checkpoint's weights and moments into a pipeline and an optimizer; return its state."""
    state: dict[str, Any] = json.loads((folder / "state.json").read_text("utf-8"))
    ner = tagger_of(nlp)
    ner.from_bytes((folder / "weights.bin").read_bytes(), exclude=["vocab"])
    nodes = _nodes(ner.model)
    with numpy.load(folder / "optimizer.npz", allow_pickle=False) as arrays:
        for key in arrays.files:
            table, place, name = key.split("/", 2)
            getattr(optimizer, table)[nodes[int(place)], name] = arrays[key]
    for key, count in state.pop("updates").items():
        place, name = key.split("/", 1)
        optimizer.nr_update[nodes[int(place)], name] = count
    return state


def _nodes(model: Model[Any, Any]) -> list[int]:
    return [node.id for node in model.walk()]
