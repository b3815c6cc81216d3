"""One worker process: takes shards of records, writes their rows to files, and tells that it did.

No spaCy document and no row travels between processes, only the records in and a few words out.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from dragoman import flow
from dragoman.batch.shards import Outcome, Record, Shard, ShardFiles, Told, outcome_of, told
from dragoman.config import Settings
from dragoman.errors import DragomanError

NOWHERE = -1
"""Stands in a worker's `position` while it holds no record."""


def serve(connection: Connection, position: Any, settings: Settings, files: ShardFiles) -> None:
    """Process shards until the other side hangs up; `position` says which record is in hand.

    Answers each shard with `Told`, or with (exit code, message) of what makes the whole run fail.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run's own process decides when it ends
    while True:
        try:
            shard: Shard = connection.recv()
        except (EOFError, OSError):
            return
        answer = _answer(shard, position, settings, files)
        try:
            connection.send(answer)
        except OSError:
            return


def _answer(shard: Shard, position: Any, settings: Settings, files: ShardFiles) -> Told | tuple[int, str]:
    try:
        return finish(shard, settings=settings, files=files, position=position)
    except DragomanError as error:
        return error.exit_code, str(error)
    except OSError as error:
        return unwritable(error)


def finish(shard: Shard, *, settings: Settings, files: ShardFiles, position: Any = None) -> Told:
    """Process the records of a shard and write its file; `position` is told which record is in hand."""
    found = flow.process_all(_followed(shard, position), settings=settings)
    by_place = {place: outcome_of(result) for place, result in zip(shard.order, found, strict=True)}
    outcomes: list[Outcome] = [by_place[place] for place in range(len(shard.records))]
    files.save(shard, outcomes)
    return told(outcomes)


def unwritable(error: Exception) -> tuple[int, str]:
    """Tell of a disk that takes no more, with the exit code for it."""
    message = f"the run cannot be written ({error}); make room and give the same command again: what is done is kept"
    return 2, message


def _followed(shard: Shard, position: Any) -> Iterator[Record]:
    for place in shard.order:
        if position is not None:
            position.value = place
        yield shard.records[place]
    if position is not None:
        position.value = NOWHERE
