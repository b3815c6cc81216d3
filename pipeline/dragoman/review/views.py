"""What a window is shown: plain values, ready to be sent."""

from __future__ import annotations

from typing import Any

from dragoman.cells import harmless
from dragoman.learning.cellvalues import SLOTS
from dragoman.review import passage, slots
from dragoman.review.desk import PAGE, Desk, Window
from dragoman.review.standing import Standing
from dragoman.showing import sides


def view(desk: Desk, window: Window) -> dict[str, Any]:
    """Return all that a window shows now; its notice and problems are told once."""
    standing = desk.standing
    first = (window.place or 0) // PAGE * PAGE
    told: dict[str, Any] = {
        "event": None if window.current is None else _event(window, standing),
        "queue": [_line(event_id, standing) for event_id in window.listed[first : first + PAGE]],
        "first": first,
        "place": window.place,
        "listed": len(window.listed),
        "open": sum(not standing.judged(event_id) for event_id in window.listed),
        "progress": standing.progress(),
        "choice": window.choice.told(),
        "undoable": len(desk.history.get(window.tab, ())),
        "notice": harmless(window.notice),
        "problems": dict(window.problems),
    }
    window.notice, window.problems = "", {}
    return told


def facts(standing: Standing, *, name: str) -> dict[str, Any]:
    """Return what does not change: what slots are completed with, and what can be filtered by."""
    material = standing.material
    return {
        **slots.known(),
        "run": harmless(name),
        "languages": material.counts("language"),
        "kinds": material.counts("type"),
        "rules": material.counts("rule"),
        "bare": len(material.bare),
    }


def _line(event_id: str, standing: Standing) -> dict[str, Any]:
    row, word = standing.now(event_id), standing.word(event_id)
    return {
        "id": event_id,
        "type": row["type"] or harmless(row["doc_id"]),
        "date": row["date"],
        "sides": harmless(sides(row)),
        "language": row["language"],
        "confidence": row["confidence"],
        "verdict": word.verdict if word else None,
    }


def _event(window: Window, standing: Standing) -> dict[str, Any]:
    event_id = str(window.current)
    row, now, word = standing.rows[event_id], standing.now(event_id), standing.word(event_id)
    article = standing.article(row)
    return {
        "id": event_id,
        "doc_id": harmless(row["doc_id"]),
        "title": harmless(article["title"] or ""),
        "published": article["published"],
        "language": row["language"],
        "confidence": row["confidence"],
        "rule": row["rule"],
        "basis": row["date_basis"],
        "trigger": harmless(row["trigger"]),
        "verdict": word.verdict if word else None,
        "by": word.by if word and word.by != standing.journal.by else None,
        "slots": slots.written(now),
        "bare": event_id in standing.material.bare,
        "was": None if event_id in standing.added else slots.written(row),
        "words": {slot: slots.words(slot, now.get(slot)) for slot in SLOTS},
        "passage": passage.shown(row, standing.material, whole=window.whole),
        "whole": window.whole,
    }
