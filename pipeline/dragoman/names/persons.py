"""Persons: after a title, by initials, leaders, and the surnames of those already named in full."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.names.scan import Hit, Scanner
from dragoman.records import Entity


def persons(
    scanner: Scanner, text: str, view: str, hits: Sequence[Hit], *, published: str | None
) -> list[Entity]:
    """Find the persons that the gazetteer alone does not name."""
    return []
