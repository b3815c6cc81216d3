"""Follow a folder: each file that comes is read once, and the run's tables hold it from then on.

Beside the output `<name>` stands `.<name>.watched`, the memory of what was read: the shards of each file, and a note
when they are complete. The tables are written anew from it, and are those of one run over all these files.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman import reading
from dragoman.batch import place
from dragoman.batch.job import Listener
from dragoman.batch.shards import ShardFiles, divide
from dragoman.batch.worker import finish
from dragoman.config import Settings
from dragoman.reading.sources import Source
from dragoman.writing import RUN_FILE, RunSummary, RunWriter, check_place

DONE = "done.json"


@dataclass(slots=True)
class Watch:
    """A folder that is followed and where its tables go; to be used inside `place.locked(output)`."""

    folder: Path
    output: Path
    settings: Settings
    listener: Listener
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def memory(self) -> Path:
        return self.output.parent / f".{self.output.name}.watched"

    def begin(self, *, fresh: bool = False) -> None:
        """Begin, or go on from an earlier time; raises UsageError where settings, models or programs changed."""
        check_place(self.output, overwrite=fresh or self.memory.is_dir())
        place.opened(self.memory, place.identity(reading.Plan(()), asdict(self.settings)), fresh=fresh)

    def look(self, *, at_once: bool = False) -> int:
        """Read the files that are new or changed and lie still since the last look; returns how many.

        With `at_once` nothing is waited for.
        """
        count = 0
        for source in reading.plan([self.folder], leave_out=self.output).sources:
            state = _state(source)
            still = self.seen.get(source.name) == state
            self.seen[source.name] = state
            if (still or at_once) and state and self._noted(source.name).get("state") != state:
                self._read(source, state)
                count += 1
        return count

    def _read(self, source: Source, state: str) -> None:
        place_of_file = self._place(source.name)
        shutil.rmtree(place_of_file, ignore_errors=True)
        place_of_file.mkdir(parents=True)
        files, number = ShardFiles(place_of_file), 0
        for shard in divide(reading.read(reading.Plan((source,)), settings=self.settings)):
            self.listener.finished(finish(shard, settings=self.settings, files=files))
            number += 1
        note = {"name": source.name, "state": state, "shards": number}
        unfinished = place_of_file / f"{DONE}.unfinished"
        unfinished.write_text(json.dumps(note), "utf-8")
        os.replace(unfinished, place_of_file / DONE)

    def _place(self, name: str) -> Path:
        return self.memory / "shards" / hashlib.sha256(name.encode()).hexdigest()[:24]

    def _noted(self, name: str) -> dict[str, Any]:
        return _note(self._place(name) / DONE)

    def _all_noted(self) -> list[dict[str, Any]]:
        """Return the notes of all files that were read, in the order of their names."""
        notes = map(_note, (self.memory / "shards").glob(f"*/{DONE}"))
        return sorted((note for note in notes if note), key=lambda note: str(note["name"]))

    def behind(self) -> bool:
        """Tell whether the tables lack something that was read."""
        return _note(self.output / RUN_FILE).get("watched") != _hash(self._all_noted())

    def write(self, note: Mapping[str, Any], ending: Callable[[], Mapping[str, Any]]) -> RunSummary:
        """Write the tables of everything that was read so far, in the place of those of before."""
        noted = self._all_noted()
        with RunWriter(
            self.output,
            settings=asdict(self.settings),
            command=note.get("command", ()),
            overwrite=True,
            building=self.memory / "tables",
            note={**note, "watched": _hash(noted)},
        ) as writer:
            for files, number in self._shards(noted):
                writer.take(files.load(number))
            return writer.close(**ending())

    def _shards(self, noted: list[dict[str, Any]]) -> Iterator[tuple[ShardFiles, int]]:
        for note in noted:
            for number in range(int(note["shards"])):
                yield ShardFiles(self._place(str(note["name"]))), number


def _state(source: Source) -> str:
    """Return what tells a changed file; nothing for one that has just gone."""
    assert isinstance(source.path, Path)
    try:
        found = source.path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _note(path: Path) -> dict[str, Any]:
    try:
        note = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _hash(notes: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(notes, sort_keys=True).encode()).hexdigest()
