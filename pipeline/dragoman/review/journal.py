"""What people said about the rows of a run: every word on disk, the last one about each place in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dragoman.learning.corrections import WITHDRAWN, Correction, append, load

Place = tuple[str, ...]


class Journal:
    """The corrections of a folder; what another program appends meanwhile is seen by `refresh`."""

    def __init__(self, folder: Path, *, by: str | None) -> None:
        self.folder = folder
        self.by = by
        self.written = 0
        """How many words were written from here."""
        self._last: dict[Place, dict[str | None, Correction]] = {}
        self._sizes: dict[str, int] | None = None
        self.refresh()

    def refresh(self) -> bool:
        """Read the folder again if something in it has changed; tell whether it had."""
        sizes = self._measured()
        if sizes == self._sizes:
            return False
        self._last = {}
        for correction in load(self.folder):
            self._note(correction)
        self._sizes = sizes
        return True

    def said(self, place: Place) -> Correction | None:
        """Return the last word on a place: one's own, else another person's."""
        words = self._last.get(place)
        if words is None:
            return None
        standing = [word for word in words.values() if word.verdict != WITHDRAWN]
        return next((word for word in standing if word.by == self.by), standing[-1] if standing else None)

    def own(self, place: Place) -> Correction | None:
        """Return one's own last word on a place, None if there is none or it was withdrawn."""
        word = self._last.get(place, {}).get(self.by)
        return None if word is None or word.verdict == WITHDRAWN else word

    def missing(self) -> list[Correction]:
        """List the events that people added and that stand, the latest last."""
        return [word for words in self._last.values() for word in words.values() if word.verdict == "missing"]

    def write(self, corrections: Sequence[Correction]) -> None:
        """Append some words; they are on disk when this returns."""
        self.refresh()
        append(corrections, self.folder, name=self.by or "corrections")
        self.written += len(corrections)
        for correction in corrections:
            self._note(correction)
        self._sizes = self._measured()

    def _note(self, correction: Correction) -> None:
        self._last.setdefault(correction.place, {})[correction.by] = correction

    def _measured(self) -> dict[str, int]:
        return {path.name: path.stat().st_size for path in sorted(self.folder.glob("*.jsonl"))}
