"""A language from data, start to end: CLDR, what a person fills in, rules learned from 12 articles, scored on 6."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.newlanguage.folder import make_language
from dragoman.pack import models_folder

TURKISH = Path(__file__).parent / "turkish"
BLOCK = re.compile(r"^\[(\w+)\]\n(?:\w+ = .*\n)+", re.MULTILINE)
ENTRY = re.compile(r'^"([^"]+)" = .*\n', re.MULTILINE)
FIGURES = re.compile(r"(\w+\.\w+) (\d\.\d+)")


def make(folder: Path, *, filled: bool) -> Path:
    """Make a models folder whose only language is Turkish."""
    models = folder / "models"
    shutil.copytree(models_folder() / "states", models / "states")
    for path in models_folder().iterdir():
        if path.is_file():
            shutil.copy(path, models)
    make_language("tr", models=models)
    if filled:
        fill(models / "tr")
    return models


def fill(pack: Path) -> None:
    """Lay what a person wrote over what CLDR gave."""
    for path in sorted((TURKISH / "filled").rglob("*.toml")):
        place = pack / path.relative_to(TURKISH / "filled")
        merged = {"states.toml": BLOCK, "places.toml": ENTRY}.get(path.name)
        text = path.read_text("utf-8")
        place.write_text(lay_over(place.read_text("utf-8"), text, merged) if merged else text, "utf-8")


def lay_over(before: str, after: str, entry: re.Pattern[str]) -> str:
    """Replace the entries that are new or changed."""
    new = {found[1]: found[0] for found in entry.finditer(after)}
    kept = entry.sub(lambda found: "" if found[1] in new else found[0], before)
    return kept + "\n" + "\n".join(new.values())


def scores(folder: Path, *, filled: bool) -> dict[str, float]:
    """Learn from the 12 articles and return the figures of the 6 that were held back."""
    models = make(folder, filled=filled)
    environment = {**os.environ, "DRAGOMAN_MODELS": str(models)}

    def dragoman(*arguments: object) -> str:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout

    dragoman("learn", "--language", "tr", "--yes", "--gold", TURKISH / "articles.jsonl")
    told = dragoman("release", "--id", "1", "--gold", TURKISH / "held_back.jsonl")
    return {figure: float(value) for figure, value in FIGURES.findall(told.splitlines()[0])}


@pytest.mark.parametrize(
    ("filled", "floors"),
    [
        (False, {"events.type": 0.75, "events.full": 0.55}),
        (True, {"events.type": 0.85, "events.full": 0.70, "dates.strict": 0.95}),
    ],
    ids=["CLDR alone", "filled in"],
)
def test_rules_learned_from_12_articles_read_6_others(tmp_path: Path, filled: bool, floors: dict[str, float]) -> None:
    found = scores(tmp_path, filled=filled)

    assert {figure: found[figure] for figure, floor in floors.items() if found[figure] < floor} == {}


def test_turkish_does_not_ship() -> None:
    assert not (models_folder() / "tr").exists()
