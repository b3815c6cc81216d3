"""A copy of the models with the rules of English cut down to a few, and articles to learn from."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from dragoman.config import LanguageSettings, Settings
from dragoman.learning.gold import Annotated, GoldEvent
from dragoman.learning.passages import Prepared, prepare
from dragoman.pack import models_folder

SETTINGS = Settings(languages={"en": LanguageSettings(names="gazetteer")})

RULES = """
type = "treaty_signed"

[[rule]]
id = "en.treaty.signed"
trigger = ["signed"]
needs = ["{instrument}"]
states = 2
hits = [{ text = "Chile and Peru signed a treaty in May 1998.", date = "1998-05", participants = ["CHL", "PER"] }]
misses = ["In 1998 a bank of Chile brokered flats in Peru."]

[[rule]]
id = "en.treaty.agreed"
trigger = ["agreed"]
hits = [{ text = "Chile and Peru agreed in May 1998.", date = "1998-05", participants = ["CHL", "PER"] }]
"""


def small_models(folder: Path, *, rules: str = RULES) -> Path:
    """Copy what the event step reads, with these rules of treaties as the only English ones."""
    source = models_folder()
    models = folder / "models"
    models.mkdir()
    for path in source.iterdir():
        if path.is_file():
            shutil.copy(path, models)
    shutil.copytree(source / "en", models / "en", ignore=shutil.ignore_patterns("names", "rules", "learned.jsonl"))
    shutil.copytree(source / "states", models / "states")
    (models / "en" / "rules").mkdir()
    (models / "en" / "rules" / "treaties.toml").write_text(rules, "utf-8")
    return models


def article(number: int, text: str, *triggers: str, kind: str = "treaty_signed") -> Annotated:
    """Annotate an article: each trigger tells that Chile and Peru did something in 1998."""
    events = tuple(
        GoldEvent(kind, text.index(word), text.index(word) + len(word), "1998", ("CHL", "PER")) for word in triggers
    )
    return Annotated(f"article-{number}", "en", text, None, None, events)


def ready(documents: Sequence[Annotated]) -> list[Prepared]:
    return list(prepare(documents, language="en", settings=SETTINGS))
