"""What an incomplete language still lacks, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.detection import load_detection
from dragoman.events.rules import raw_rules
from dragoman.guess import known
from dragoman.pack import models_folder, read_toml

Content = Mapping[str, Any]

LACKS: dict[str, tuple[tuple[Callable[[Content], bool], str], ...]] = {
    "suffixes.toml": ((lambda raw: bool(raw.get("step")), "no endings of names (none needed where names take none)"),),
    "dates.toml": (
        (lambda raw: bool(raw.get("rule")), "no rules"),
        (lambda raw: bool(raw.get("lead") or raw.get("trail")), 'nothing of "since", "about", "end of"'),
    ),
    "sentences.toml": ((lambda raw: bool(raw.get("starters")), "no starters"),),
    "abbreviations.toml": ((lambda raw: any(raw.values()), "no abbreviations"),),
    "events.toml": (
        (lambda raw: bool(raw.get("endings")), "no [endings] (none needed where words take none)"),
        (lambda raw: len(raw["sides"].get("frames", ())) > 1, "no frames for two sides"),
        (lambda raw: bool(raw["sides"].get("pair")), "no words for the two countries"),
        (lambda raw: bool(raw.get("dates", {}).get("inherit")), "nothing that points back to a date told before"),
        (lambda raw: bool(raw.get("counts", {}).get("words")), "no number words"),
    ),
    "cues.toml": ((lambda raw: bool(raw.get("cue")), "no cues of negation, plans and possibility"),),
    "instruments.toml": ((lambda raw: any(raw["kinds"].values()), "no kinds of instrument"),),
    "words/calendar.toml": ((lambda raw: len(raw.get("month", ())) >= 12, "not every month"),),
    "words/states.toml": (
        (lambda raw: bool(raw), "no states"),
        (lambda raw: any(entry.get("people") for entry in raw.values()), "no peoples"),
        (lambda raw: {"SUN", "YUG"} <= set(raw), "no former states"),
    ),
    "words/places.toml": ((lambda raw: bool(raw), "no capitals"),),
    "words/organisations.toml": ((lambda raw: len(raw) > 2, "no organisations but UN and EU"),),
    "words/leaders.toml": ((lambda raw: bool(raw), "no leaders"),),
    "words/offices.toml": ((lambda raw: any(raw.values()), "no titles"),),
    "words/diplomacy.toml": ((lambda raw: any(raw.values()), "no words of diplomacy"),),
}
MODEL = "names/card.json"


def lacking(language: str, *, models: Path | None = None) -> tuple[str, ...]:
    """Say what a language still lacks; nothing for a whole one."""
    folder = (models or models_folder()) / language
    return tuple(_lacking(language, folder, models))


def _lacking(language: str, folder: Path, models: Path | None) -> Iterator[str]:
    for name, checks in LACKS.items():
        if not (folder / name).is_file():
            yield f"{name}: is not there; dragoman new-language {language} makes it"
            continue
        raw = read_toml(folder / name)
        for holds, what in checks:
            if not holds(raw):
                yield f"{name}: {what}"
    if not raw_rules(folder):
        yield "rules/: no event rules; write some, or annotate articles and let dragoman learn propose them"
    if not (folder / MODEL).is_file():
        yield f"names/: no model; dragoman train names {language}"
    if not known(language) and not any(
        rule.code == language for r in load_detection(models).rules.values() for rule in r
    ):
        yield "detection.toml: no rule, and the statistical model does not know the language"
