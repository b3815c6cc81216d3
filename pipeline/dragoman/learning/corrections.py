"""Corrections: what people said about rows, kept append-only as JSON Lines and merged when they are used.

One line is one verdict of one person on one row. A row is known by its article, the hash of the article's text,
and its place and type, so that a later run, which may give it another event_id, is still understood.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args, get_type_hints

from dragoman.errors import UsageError

VERDICTS = ("right", "wrong", "fixed", "missing")
WITHDRAWN = "withdrawn"
"""What a line says that takes back the last word of the same person on the same row."""
UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """One verdict. `row` holds the slots as the program gave them, `values` those that a person set.

    `start` and `end` are the trigger's, None where only the sentence (`evidence`) of a missing event is known.
    `at` is the ISO day of the import, `by` who judged.
    """

    doc_id: str
    sha256: str
    verdict: str
    start: int | None
    end: int | None
    evidence: str = ""
    language: str | None = None
    event_id: str | None = None
    row: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    by: str | None = None
    at: str | None = None

    @property
    def slots(self) -> dict[str, Any]:
        """The slots as they should be."""
        return {**self.row, **self.values}

    @property
    def place(self) -> tuple[str, ...]:
        """What makes two corrections speak of the same row."""
        told = self.row or self.values
        where = f"{self.start}-{self.end}" if self.start is not None else self.evidence + str(told.get("trigger", ""))
        return (self.sha256, where, str(told.get("type")), str(self.row.get("date") or ""))

    @property
    def content(self) -> str:
        """What it says, without who said it and when."""
        return json.dumps([self.verdict, self.values], ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """People do not agree about one row; nothing is learned from it until they do."""

    corrections: tuple[Correction, ...]

    def told(self) -> str:
        first = self.corrections[0]
        said = "; ".join(
            f"{correction.by or 'somebody'}: {correction.verdict} {_values(correction)}".strip()
            for correction in self.corrections
        )
        return f"{first.doc_id} at {first.start}: {said}"


@dataclass(frozen=True, slots=True)
class Merged:
    """The corrections that hold, in a fixed order, and those that contradict each other."""

    corrections: tuple[Correction, ...]
    contradictions: tuple[Contradiction, ...]


def _values(correction: Correction) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(correction.values.items()))


def merge(corrections: Iterable[Correction]) -> Merged:
    """Merge several people's corrections: each person's last word on a row counts, and all must agree."""
    words: dict[tuple[str, ...], dict[str | None, Correction]] = {}
    for correction in corrections:
        words.setdefault(correction.place, {})[correction.by] = correction
    kept: list[Correction] = []
    disputed: list[Contradiction] = []
    for place in sorted(words):
        last = [words[place][by] for by in sorted(words[place], key=lambda by: by or "")]
        said = [correction for correction in last if correction.verdict != WITHDRAWN]
        if not said:
            continue
        if len({correction.content for correction in said}) == 1:
            kept.append(said[0])
        else:
            disputed.append(Contradiction(tuple(said)))
    return Merged(tuple(kept), tuple(disputed))


def load(folder: Path) -> tuple[Correction, ...]:
    """Read every correction of a folder, by file name and line; UsageError names the line that is damaged."""
    found: list[Correction] = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: is not UTF-8 ({error}); restore it or take it out") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_of_line(line, f"{path}:{number}"))
    return tuple(found)


def _of_line(line: str, where: str) -> Correction:
    try:
        raw = json.loads(line)
        correction = Correction(**raw)
        _check_kinds(correction)
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(f"{where}: is no correction ({error}); restore the line or take it out") from error
    if correction.verdict not in (*VERDICTS, WITHDRAWN):
        raise UsageError(f"{where}: verdict {correction.verdict!r}; it must be one of {', '.join(VERDICTS)}")
    return correction


def _check_kinds(correction: Correction) -> None:
    """Raise TypeError where a field holds something of another kind than it is for."""
    for name, hint in get_type_hints(Correction).items():
        value = getattr(correction, name)
        kinds = (dict,) if name in ("row", "values") else tuple(get_args(hint) or (hint,))
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise TypeError(f"{name} is {value!r}")


def store(corrections: Sequence[Correction], folder: Path, *, name: str) -> int:
    """Append what is not there yet to `<folder>/<name>.jsonl`, in one write; return how many lines that made.

    What is stored already is only read: a damaged line stops the import before anything is written.
    """
    last: dict[tuple[tuple[str, ...], str | None], str] = {}
    for correction in load(folder):
        last[correction.place, correction.by] = correction.content
    fresh: list[Correction] = []
    for correction in corrections:
        if last.get((correction.place, correction.by)) != correction.content:
            last[correction.place, correction.by] = correction.content
            fresh.append(correction)
    append(fresh, folder, name=name)
    return len(fresh)


def append(corrections: Sequence[Correction], folder: Path, *, name: str) -> None:
    """Append to `<folder>/<name>.jsonl`; all is on disk when this returns."""
    append_lines([asdict(correction) for correction in corrections], folder, name=name)


def append_lines(objects: Sequence[Mapping[str, Any]], folder: Path, *, name: str) -> None:
    """Append JSON objects to `<folder>/<name>.jsonl`, a line each, in one write that is on disk at return.

    A last line that was cut off keeps its place; characters of `name` that a file name cannot have become hyphens.
    """
    if not objects:
        return
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in objects)
    with (folder / f"{UNSAFE.sub('-', name).strip('-') or 'corrections'}.jsonl").open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                lines = "\n" + lines
        file.write(lines.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
