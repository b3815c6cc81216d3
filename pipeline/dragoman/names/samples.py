"""Annotated sentences to train on: read from JSON Lines or standoff files, split by document.

Two formats, both JSON Lines, offsets in code points:
- sentences: `text, spans [{start, end, label}], source, id`;
- standoff: `id` (of an article), `start, end` of the sentence in it, `spans [[start, end, label]]` in the
  article, `sha256` of the sentence; the article is looked up in a folder of texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from dragoman.errors import UsageError

BLOCK = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """One annotated sentence. `document` is what must not be divided between training and test."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    document: str
    id: str


def read_samples(
    path: Path, *, mapping: Mapping[str, str | None], texts: Mapping[str, str] | None = None
) -> list[Sample]:
    """Read an annotated file of either format; `texts` gives the articles of a standoff file by their id.

    Raises UsageError, naming the line, where it is not JSON, lacks a field, has a span outside its text or an
    unknown label, or where a standoff sentence is not what was annotated.
    """
    samples = []
    for number, raw in _lines(path):
        place = f"{path}:{number}"
        sample = _standoff(raw, place, texts) if "text" not in raw else _sentence(raw, place)
        samples.append(_relabelled(sample, mapping, place))
    return samples


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise UsageError(
            f"{path}: no such file; name one that is there, or take it out of the recipe"
        ) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}:{number}: not JSON: {error}; mend that line") from None
        if not isinstance(raw, dict):
            raise UsageError(f"{path}:{number}: not an object; write one annotated sentence a line")
        yield number, raw


def _sentence(raw: Mapping[str, Any], place: str) -> Sample:
    try:
        spans = tuple((span["start"], span["end"], span["label"]) for span in raw["spans"])
        identity = str(raw["id"])
    except (KeyError, TypeError) as error:
        raise UsageError(
            f"{place}: lacks {error}; a sentence has text, spans (start, end, label) and id"
        ) from None
    return Sample(raw["text"], spans, _document(identity), identity)


def _document(identity: str) -> str:
    """Name the document of a sentence: what its id says before its last number, in blocks of fifty."""
    found = regex.fullmatch(r"(?:(.*)[-_:.])?(\d+)", identity)
    if not found:
        return identity
    return f"{found[1] or ''}/{int(found[2]) // BLOCK}"


def _standoff(raw: Mapping[str, Any], place: str, texts: Mapping[str, str] | None) -> Sample:
    try:
        article, start, end = str(raw["id"]), raw["start"], raw["end"]
        spans = tuple((first - start, last - start, label) for first, last, label in raw["spans"])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{place}: lacks or misspells {error}; a standoff line has id, start, end, spans"
        ) from None
    if texts is None or article not in texts:
        raise UsageError(f"{place}: no text of article {article}; name the folder of texts by --texts")
    text = texts[article][start:end]
    if "sha256" in raw and hashlib.sha256(text.encode("utf-8")).hexdigest() != raw["sha256"]:
        raise UsageError(
            f"{place}: the sentence {article} {start}-{end} is not the one annotated; get the same texts"
        )
    return Sample(text, spans, article, f"{article}@{start}")


def _relabelled(sample: Sample, mapping: Mapping[str, str | None], place: str) -> Sample:
    spans = []
    for start, end, label in sample.spans:
        if label not in mapping:
            raise UsageError(f"{place}: unknown label {label!r}; add it to [training] of models/labels.toml")
        if not 0 <= start < end <= len(sample.text):
            raise UsageError(
                f"{place}: span {start}-{end} lies outside its text of {len(sample.text)} characters"
            )
        ours = mapping[label]
        if ours:
            spans.append((start, end, ours))
    return Sample(sample.text, _without_overlaps(spans), sample.document, sample.id)


def _without_overlaps(spans: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Keep the longest of overlapping spans: names do not nest."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def read_texts(folder: Path, language: str) -> dict[str, str]:
    """Read the articles that standoff annotations point into: `<folder>/<language>.jsonl`, id and text."""
    return {str(raw["id"]): raw["text"] for _, raw in _lines(folder / f"{language}.jsonl")}


def part_of(sample: Sample, *, dev: int, test: int) -> str:
    """Say whether a sample's document goes to `train`, `dev` or `test`; the shares are in per cent."""
    number = int(hashlib.sha256(sample.document.encode("utf-8")).hexdigest()[:8], 16) % 100
    if number < test:
        return "test"
    return "dev" if number < test + dev else "train"
