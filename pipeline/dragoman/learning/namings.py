"""Corrections of names: what people said about rows of entities.csv, kept as JSON Lines like those of events.

They lie in a folder of their own, `names/` under that of the corrections. A name is known by its article, the hash of
the article's text, and its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.learning.corrections import append_lines

FOLDER = "names"
VERDICTS = ("right", "wrong", "fixed", "missing")


@dataclass(frozen=True, slots=True)
class Naming:
    """One verdict on one name. `start`, `end` and `label` are as they should be, `row` as the program gave them.

    `start` and `end` are None for a missing name of which only the words (`text`) are known: then all places of the
    article where they stand are meant. `at` is the ISO day of the import, `by` who judged. `country` is what somebody
    wrote where the program gave none.
    """

    doc_id: str
    sha256: str
    verdict: str
    text: str
    label: str
    start: int | None = None
    end: int | None = None
    language: str | None = None
    row: Mapping[str, Any] = field(default_factory=dict)
    by: str | None = None
    at: str | None = None
    country: str | None = None

    @property
    def place(self) -> tuple[str, str]:
        """What makes two corrections speak of the same name."""
        told = self.row or {"start": self.start, "end": self.end}
        return self.sha256, f"{told['start']}-{told['end']}" if told["start"] is not None else self.text

    @property
    def content(self) -> str:
        """What it says, without who said it and when."""
        told = [self.verdict, self.start, self.end, self.text, self.label, *([self.country] if self.country else [])]
        return json.dumps(told, ensure_ascii=False)

    def told(self) -> str:
        return f"{self.by or 'somebody'}: {self.verdict} {self.text!r} {self.label}"


@dataclass(frozen=True, slots=True)
class MergedNamings:
    """The corrections that hold, and those that contradict each other, as lines to show."""

    namings: tuple[Naming, ...]
    contradictions: tuple[str, ...]


def merge_namings(namings: Iterable[Naming]) -> MergedNamings:
    """Merge several people's corrections: each person's last word on a name counts, and all must agree."""
    words: dict[tuple[str, str], dict[str | None, Naming]] = {}
    for naming in namings:
        words.setdefault(naming.place, {})[naming.by] = naming
    kept: list[Naming] = []
    disputed: list[str] = []
    for place in sorted(words):
        said = [words[place][by] for by in sorted(words[place], key=lambda by: by or "")]
        if len({naming.content for naming in said}) == 1:
            kept.append(said[0])
        else:
            disputed.append(f"{said[0].doc_id}: " + "; ".join(naming.told() for naming in said))
    return MergedNamings(tuple(kept), tuple(disputed))


def load_namings(corrections: Path) -> tuple[Naming, ...]:
    """Read the corrections of names below a folder of corrections; UsageError names the line that is damaged."""
    found: list[Naming] = []
    for path in sorted((corrections / FOLDER).glob("*.jsonl")):
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read ({error}); restore it or take it out") from error
        found += [_of_line(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(found)


def _of_line(line: str, where: str) -> Naming:
    try:
        naming = Naming(**json.loads(line))
        placed = (naming.start is None) == (naming.end is None)
        whole = all(isinstance(one, str) for one in (naming.doc_id, naming.sha256, naming.text, naming.label))
        numbers = all(one is None or type(one) is int for one in (naming.start, naming.end))
        if not (placed and whole and numbers and isinstance(naming.row, dict)):
            raise TypeError("a field holds something of another kind")
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(f"{where}: is no correction of a name ({error}); restore the line or take it out") from error
    if naming.verdict not in VERDICTS:
        raise UsageError(f"{where}: verdict {naming.verdict!r}; it must be one of {', '.join(VERDICTS)}")
    return naming


def store_namings(namings: Sequence[Naming], corrections: Path, *, name: str) -> int:
    """Append what is not there yet to `names/<name>.jsonl`, in one write; return how many lines that made."""
    last = {(naming.place, naming.by): naming.content for naming in load_namings(corrections)}
    fresh: list[Naming] = []
    for naming in namings:
        if last.get((naming.place, naming.by)) != naming.content:
            last[naming.place, naming.by] = naming.content
            fresh.append(naming)
    append_lines([asdict(naming) for naming in fresh], corrections / FOLDER, name=name)
    return len(fresh)
