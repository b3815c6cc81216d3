"""Learn names: gather what people corrected and what was learned before, judge a tuned model, put it in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.config import LanguageSettings
from dragoman.errors import UsageError
from dragoman.learning.namesamples import corrected_samples
from dragoman.learning.nametrial import Material, Verdict, judge, kept_apart
from dragoman.learning.namings import Naming
from dragoman.names.cards import CARD, Card, Tuned, read_card, write_card
from dragoman.names.harmonising import harmoniser
from dragoman.names.labels import label_table
from dragoman.names.mixing import load_corpus
from dragoman.names.recipe import read_recipe
from dragoman.names.samples import Sample, read_texts
from dragoman.names.tuning import Tuning, tuned, weights_of_tuned
from dragoman.names.words import WordCutter
from dragoman.pack import load_pack
from dragoman.records import Article

RECIPE = "recipe.toml"
BEFORE = ".before"
"""Stands behind the name of the folder that a new model took the place of."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a tuning needs. `notes` are for the user: what was stale, what of the old data was not there."""

    language: str
    folder: Path
    card: Card
    cutter: WordCutter
    material: Material
    notes: tuple[str, ...]


def prepare(
    namings: Sequence[Naming],
    articles: Iterable[Article],
    *,
    language: str,
    folder: Path,
    data: Sequence[Path] = (),
    texts: Path | None = None,
) -> Prepared:
    """Make sentences of corrections, and find the old data of the model's recipe in the folders of `data`."""
    card = read_card(folder)
    mapping = label_table("training")
    reading = LanguageSettings(names_model=str(folder))
    corrected = corrected_samples(namings, articles, language=language, settings=reading, mapping=mapping)
    old, kept, missing = _old_data(folder, language, data, texts, mapping)
    notes = [f"stale, not learned from: {line}" for line in corrected.stale]
    if missing:
        notes.append(f"not rehearsed, as it is not there: {', '.join(missing)}")
    if gazetteer := sum(naming.row.get("engine") == "gazetteer" for naming in namings):
        notes.append(f"{gazetteer} corrections are of names that the gazetteer gave: mend models/{language}/words too")
    # What the program reads beside the corrections keeps the model as it is where no old data is at hand.
    material = Material(corrected.reviewed, old or corrected.beside, kept or corrected.beside)
    return Prepared(language, folder, card, WordCutter(load_pack(language)), material, tuple(notes))


def _old_data(
    folder: Path, language: str, data: Sequence[Path], texts: Path | None, mapping: Mapping[str, str | None]
) -> tuple[list[Sample], list[Sample], list[str]]:
    """Read what is there of the data of a recipe: to train on, and kept apart; name the files that are not."""
    if not (folder / RECIPE).is_file():
        return [], [], [RECIPE]
    recipe = read_recipe(folder / RECIPE)
    articles = read_texts(texts, language) if texts else None
    change = harmoniser(language, mapping) if any(source.harmonised for source in recipe.sources) else None
    train: list[Sample] = []
    kept: list[Sample] = []
    missing: list[str] = []
    for source in recipe.sources:
        alone = replace(recipe, sources=(source,), phases=())
        try:
            corpus = load_corpus(alone, data, mapping=mapping, texts=articles, harmonise=change)
        except UsageError:
            missing.append(source.file)
            continue
        train += kept_apart(corpus.train)
        kept += kept_apart(corpus.test)
    return train, kept, missing


def try_out(prepared: Prepared, *, tuning: Tuning) -> Verdict:
    """Judge a tuning before it is made."""
    return judge(prepared.folder, prepared.card, prepared.cutter, prepared.material, tuning=tuning)


def put_in_place(prepared: Prepared, verdict: Verdict, *, tuning: Tuning, say: Callable[[str], None]) -> Path:
    """Tune on all corrections, write the model in the place of the old one, and keep the old one beside it."""
    folder, material = prepared.folder, prepared.material
    nlp = tuned(folder, prepared.card, prepared.cutter, material.reviewed, material.old, tuning=tuning)
    weights, card = weights_of_tuned(nlp, prepared.card)
    history = Tuned(
        sha256=prepared.card.sha256,
        sentences=len(material.reviewed),
        held_out=(round(verdict.before, 4), round(verdict.after, 4)),
        old_data=(round(verdict.kept_before, 4), round(verdict.kept_after, 4)),
    )
    aside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    (aside / card.weights).write_bytes(weights)
    write_card(aside, replace(card, tuned=(*prepared.card.tuned, history)))
    _exchange(folder, aside)
    say(f"{folder / card.weights}: {len(weights):,} bytes; the old model is in {before_of(folder)}")
    return folder


def before_of(folder: Path) -> Path:
    """Return where the model stands that a tuned one took the place of."""
    return folder.with_name(f"{folder.name}{BEFORE}")


def take_back(folder: Path) -> None:
    """Exchange the model with the one before it; a second time exchanges them again."""
    before = before_of(folder)
    if not (before / CARD).is_file():
        raise UsageError(f"{before}: holds no model; nothing was learned here, or see dragoman release use")
    aside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    os.replace(before, aside)
    _exchange(folder, aside)


def _exchange(folder: Path, new: Path) -> None:
    """Move a new model into its place, and what stood there to the place beside it."""
    before = before_of(folder)
    shutil.rmtree(before, ignore_errors=True)
    os.replace(folder, before)
    try:
        os.replace(new, folder)
    except OSError:
        os.replace(before, folder)
        raise
