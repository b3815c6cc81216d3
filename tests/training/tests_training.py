"""A made-up little corpus, big enough to be learned in seconds, and a recipe for it."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

PEOPLE = ("Ada Lovelace", "Alan Turing", "Grace Hopper", "Emmy Noether", "Carl Gauss", "Leonhard Euler")
TOWNS = ("Lisbon", "Vienna", "Kyoto", "Oslo", "Quito")
FRAMES = ("{person} arrived in {town} on Monday.", "In {town} the talks with {person} went on.", "It rained.")

RECIPE = """
[training]
weights_licence = "CC0-1.0"
sentences_a_round = 90
words_a_batch = 100
learn_rate = 0.01
last_learn_rate = 0.005

[network]
width = 32
depth = 2
hidden = 32
rows = [400, 200, 400, 200, 100]

[[data]]
file = "made.jsonl"
title = "made up"
licence = "CC0-1.0"

[[phase]]
rounds = %d
shares = { "made.jsonl" = 1 }
"""


def sentence(frame: str, person: str, town: str, number: int) -> dict[str, object]:
    text = frame.format(person=person, town=town)
    found = [
        {"start": text.index(name), "end": text.index(name) + len(name), "label": label}
        for name, label in ((person, "PERSON"), (town, "GPE"))
        if name in text
    ]
    return {"text": text, "spans": found, "source": "made up", "id": f"d{number // 4}-{number}"}


def corpus_folder(root: Path) -> Path:
    """Write a folder with one file of ninety sentences."""
    folder = root / "data"
    folder.mkdir()
    made = product(FRAMES, PEOPLE, TOWNS)
    lines = [json.dumps(sentence(*parts, number)) for number, parts in enumerate(made)]
    (folder / "made.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def model_folder(root: Path, *, rounds: int = 5) -> Path:
    """Make the folder of a model to be, with its recipe."""
    folder = root / "model"
    folder.mkdir()
    (folder / "recipe.toml").write_text(RECIPE % rounds, "utf-8")
    return folder
