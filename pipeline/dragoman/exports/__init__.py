"""A run in the columns and codes of known data sets, for joining with them.

Each profile stands in its own file and names its data set's columns; ours (EDTF dates, ids, codes) follow at
the right. Nothing is invented: a column of days is filled only where the text gives the day.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.cells import guarded
from dragoman.errors import UsageError
from dragoman.exports import cameo, colt, plover, wti
from dragoman.exports.happenings import Happenings, load

Line = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Profile:
    """One data set's way of writing: its columns, and the lines that a run gives."""

    name: str
    title: str
    columns: tuple[str, ...]
    lines: Callable[[Happenings], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `left_out` counts, by reason, what does not fit the data set's columns."""

    output: str
    lines: int
    left_out: Mapping[str, int]


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("plover", "POLECAT, coded by PLOVER", plover.COLUMNS, plover.lines),
        Profile("cameo", "ICEWS, coded by CAMEO", cameo.COLUMNS, cameo.lines),
        Profile("colt", "COLT leader travel", colt.COLUMNS, colt.lines),
        Profile("wti", "World Treaty Index", wti.COLUMNS, wti.lines),
    )
}
TAB_SUFFIXES = {".tsv", ".txt", ".tab"}
STANDARD_OUTPUT = "-"


def export(run_folder: Path | str, *, format: str, output: Path | str) -> Exported:
    """Write a finished run as another data set would; `output` is a file (.tsv or .txt: tabs) or `-`.

    Raises UsageError for a folder that is no run, an unknown format or a place that cannot be written.
    """
    profile = PROFILES.get(format)
    if profile is None:
        raise UsageError(f"{format}: no such format; choose one of {', '.join(PROFILES)}")
    happenings = load(run_folder)
    if str(output) == STANDARD_OUTPUT:
        count = _write(profile, happenings, sys.stdout, delimiter=",")
        return Exported(STANDARD_OUTPUT, count, dict(happenings.left_out))
    path = Path(output)
    delimiter = "\t" if path.suffix.lower() in TAB_SUFFIXES else ","
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            count = _write(profile, happenings, file, delimiter=delimiter)
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another --output") from error
    finally:
        partial.unlink(missing_ok=True)
    return Exported(str(path), count, dict(happenings.left_out))


def _write(profile: Profile, happenings: Happenings, file: TextIO, *, delimiter: str) -> int:
    sheet = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    sheet.writerow(profile.columns)
    count = 0
    for line in profile.lines(happenings):
        sheet.writerow([guarded(line.get(column) or "") for column in profile.columns])
        count += 1
    return count
