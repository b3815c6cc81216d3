"""Annotations out to other tools and back: doccano, Label Studio, INCEpTION, brat, spaCy.

run or gold ─ gold ─► marks and links ─ the tool's format ─► people ─► the same way back ─► gold
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotations import brat, docbin, doccano, gold, inception, label_studio
from dragoman.annotations.marked import Marked
from dragoman.errors import UsageError
from dragoman.results import read as read_run


@dataclass(frozen=True, slots=True)
class Format:
    """How a tool's files are written and read; `folder` where it takes a folder of files."""

    write: Callable[[Iterable[Marked], Path], int]
    read: Callable[[Path], Iterator[Marked]]
    folder: bool = False


FORMATS = {
    "doccano": Format(doccano.write, doccano.read),
    "label-studio": Format(label_studio.write, label_studio.read),
    "inception": Format(inception.write, inception.read, folder=True),
    "brat": Format(brat.write, brat.read, folder=True),
    "spacy": Format(docbin.write, docbin.read),
}


def export(
    source: Path, output: Path, *, format: str, articles: Sequence[str | Path] | None = None, overwrite: bool = False
) -> int:
    """Write a run or a gold file (.jsonl) in a tool's format; returns how many articles.

    A run's articles are read again from where they were, or from `articles`; those that are gone or changed are
    left out. Raises UsageError for a format that is not known and an output that is there already.
    """
    tool = _format(format)
    if not tool.folder:
        _free(output, overwrite)
    records = gold.of_run(read_run(source), articles) if source.is_dir() else gold.read_gold(_there(source))
    return tool.write(map(gold.to_marked, records), output)


def bring_in(path: Path, output: Path, *, format: str, overwrite: bool = False) -> int:
    """Read a tool's file or folder and write it as gold records (.jsonl); returns how many articles."""
    tool = _format(format)
    _free(output, overwrite)
    articles = tool.read(_there(path))
    lines = [json.dumps(gold.to_record(each, f"{path}: {each.doc_id}"), ensure_ascii=False) for each in articles]
    output.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    return len(lines)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise UsageError(f"{name}: no such format; known: {', '.join(FORMATS)}")
    return FORMATS[name]


def _there(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; check the path")
    return path


def _free(output: Path, overwrite: bool) -> None:
    if output.exists() and not overwrite:
        raise UsageError(f"{output}: is there already; say --overwrite or name another --output")
    if not output.parent.is_dir():
        raise UsageError(f"{output.parent}: no such folder; make it first")
