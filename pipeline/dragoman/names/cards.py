"""The card of a names model: what made it, how good it is, and the hash of its weights.

`card.json` is for programs, `README.md` beside it says the same to people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import EngineError
from dragoman.names.network import Shape, shape_of
from dragoman.names.ordinary import FILE, Ordinary, read_ordinary
from dragoman.names.scoring import Score

CARD = "card.json"


@dataclass(frozen=True, slots=True)
class Tuned:
    """One tuning on corrections: of which weights, on how many sentences, F1 before and after."""

    sha256: str
    sentences: int
    held_out: tuple[float, float]
    old_data: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model. `scores` is held-out file → label → precision, recall, f1, names."""

    language: str
    engine: str
    weights: str
    sha256: str
    size: int
    labels: tuple[str, ...]
    network: Mapping[str, Any]
    data: tuple[Mapping[str, Any], ...] = ()
    licence: str = ""
    ordinary_sha256: str | None = None
    command: str = ""
    scores: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    words_per_second: int | None = None
    rounds: int | None = None
    best_round: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    tuned: tuple[Tuned, ...] = ()

    def shape(self) -> Shape:
        return shape_of(self.network)

    def precisions(self) -> dict[str, float]:
        """Give the measured precision of each label on all held-out files, by our guideline if it was laid on."""
        together = self.scores.get("harmonised") or self.scores.get("all", {})
        return {
            label: row["precision"] for label, row in together.items() if row.get("precision") is not None
        }


def score_row(score: Score) -> dict[str, Any]:
    """Write a score for a card; a rate is None where there was nothing to count."""
    rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    rounded = {name: None if rate is None else round(rate, 4) for name, rate in rates.items()}
    return {**rounded, "names": score.wanted}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_card(folder: Path, card: Card) -> None:
    """Write card.json and README.md."""
    (folder / CARD).write_text(json.dumps(asdict(card), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "README.md").write_text(_page(card), "utf-8")


def read_card(folder: Path) -> Card:
    """Read the card of a model; EngineError says how to get the model when there is none."""
    path = folder / CARD
    if not path.is_file():
        raise EngineError(
            f"{folder}: no names model ({CARD}); train one: dragoman train names LANGUAGE --data FOLDER "
            f'--output {folder}, or choose names = "gazetteer" in config.toml'
        )
    try:
        raw = json.loads(path.read_text("utf-8"))
        tuned = tuple(Tuned(**one) for one in raw.get("tuned", ()))
        return Card(**{**raw, "labels": tuple(raw["labels"]), "data": tuple(raw["data"]), "tuned": tuned})
    except (ValueError, TypeError, KeyError) as error:
        raise EngineError(
            f"{path}: not a model card: {error}; restore it, or train the model again"
        ) from error


def weights_of(folder: Path, card: Card) -> bytes:
    """Read the weights and check them against the card, so that nothing else is loaded by mistake."""
    path = folder / card.weights
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise EngineError(f"{path}: no such file; restore it, or train the model again") from None
    if digest(data) != card.sha256:
        raise EngineError(
            f"{path}: its sha256 is not the one in {CARD}; restore both, or train the model again"
        )
    return data


def ordinary_of(folder: Path, card: Card) -> Ordinary:
    """Read the list of ordinary words a model was trained with, checked against the card."""
    if card.ordinary_sha256 is None:
        return Ordinary()
    path = folder / FILE
    if not path.is_file() or digest(path.read_bytes()) != card.ordinary_sha256:
        raise EngineError(
            f"{path}: missing, or not the one in {CARD}; restore both, or train the model again"
        )
    return read_ordinary(folder)


def _chosen(card: Card) -> str:
    if card.best_round is None:
        return "The best step on the development split; "
    return f"Round {card.best_round} of {card.rounds}, the best on the development split; "


def _tunings(card: Card) -> list[str]:
    """Tell how a model was tuned after it was made; its scores further down are those from before."""
    if not card.tuned:
        return []
    rows = [
        f"| `{one.sha256[:12]}` | {one.sentences} | {one.held_out[0]:.3f} → {one.held_out[1]:.3f} "
        f"| {one.old_data[0]:.3f} → {one.old_data[1]:.3f} |"
        for one in card.tuned
    ]
    head = "| weights before | corrected sentences | F1 on corrected articles held out | on old data |"
    said = f"By `dragoman learn names {card.language}`. The scores further down are those of the weights as first made."
    return ["## Tuned on corrections", said, "", head, "|---|---|---|---|", *rows, ""]


def _page(card: Card) -> str:
    lines = [
        f"# Names model `{card.language}` ({card.engine})",
        "",
        f"Tags {', '.join(card.labels)}.",
        f"Weights: `{card.weights}`, {card.size:,} bytes, sha256 `{card.sha256}`.",
        f"Licence of the weights: {card.licence}.",
        "",
        "## Made by",
        f"`{card.command}`",
        _chosen(card)
        + "made with "
        + ", ".join(f"{name} {version}" for name, version in card.versions.items())
        + ".",
        "",
        *_tunings(card),
        "## Data",
        "| file | what | licence | sentences for training | development | test |",
        "|---|---|---|---|---|---|",
    ]
    for row in card.data:
        lines.append("| " + " | ".join(str(row[key]) for key in ("file", "title", "licence", *PARTS)) + " |")
    lines += ["", "## Scores on held-out documents", "", SCORES, ""]
    lines += ["| test | label | precision | recall | F1 | names |", "|---|---|---|---|---|---|"]
    for file, rows in card.scores.items():
        for label, row in rows.items():
            rates = " | ".join(
                "–" if row[key] is None else f"{row[key]:.3f}" for key in ("precision", "recall", "f1")
            )
            lines.append(f"| {file} | {label} | {rates} | {row['names']} |")
    if card.words_per_second:
        lines += [
            "",
            f"Speed where it was trained: {card.words_per_second:,} words per second on one thread.",
        ]
    return "\n".join(lines) + "\n"


PARTS = ("train", "dev", "test")
SCORES = (
    "Exact span and label; the test split was never looked at in training. Each file keeps the annotation of its "
    "makers; under `harmonised`, if it is there, what the gazetteer knows was laid over it as over the training "
    "data: titles left out of a person's name, peoples marked, states not called organisations."
)
