"""Articles in, events out, one by one, for pipes: nothing is kept and nothing waits for the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from dragoman import flow
from dragoman.batch.shards import outcome_of, told
from dragoman.cells import split
from dragoman.config import Settings
from dragoman.records import Article, Rejection
from dragoman.rows import Row
from dragoman.tables import EVENTS, LIST


def stream(records: Iterable[Article | Rejection], *, settings: Settings, events: TextIO, talk: TextIO) -> int:
    """Write each article's events as JSON Lines as soon as it is read; returns how many records were rejected.

    Rejections are told on `talk`, a line each.
    """
    rejected = 0
    for result in flow.process_all(records, settings=settings):
        outcome = outcome_of(result)
        if outcome.rows is None:
            rejected += 1
            for where, reason, message in told([outcome]).rejections:
                talk.write(f"rejected {where}: {reason}: {message}\n")
                talk.flush()
        elif outcome.rows.events:
            events.writelines(lines(outcome.rows.events))
            events.flush()
    return rejected


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield rows of `events` as JSON objects with the columns' names; lists are arrays, unknown is null."""
    for row in rows:
        cells = zip(EVENTS.columns, row, strict=True)
        named = {
            column.name: split(None if cell is None else str(cell)) if column.kind == LIST else cell
            for column, cell in cells
        }
        yield json.dumps(named, ensure_ascii=False) + "\n"
