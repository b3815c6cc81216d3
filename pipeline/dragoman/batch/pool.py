"""Shards to worker processes and back: each worker has its own pipe, so that one that dies harms no other.

A worker holds one shard; as many wait as there are workers, and the input is read no further than that.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from typing import Any

from dragoman.batch.shards import Shard, ShardFiles, Told
from dragoman.batch.worker import NOWHERE, serve
from dragoman.config import Settings
from dragoman.errors import DragomanError
from dragoman.flow import rejected
from dragoman.records import Article

CRASHED = "worker-crashed"
TRIES = 2
IDLE_CRASHES = 5
"""So many workers may die without a record in hand before the run gives up."""


@dataclass(slots=True)
class Worker:
    """A process with its end of the pipe, and the shard it holds."""

    process: Any
    connection: Connection
    position: Any
    shard: Shard | None = None


@dataclass(slots=True)
class Pool:
    """Worker processes; end it with `stop`. `target` is what they do."""

    count: int
    settings: Settings
    files: ShardFiles
    workers: list[Worker] = field(default_factory=list)
    waiting: deque[Shard] = field(default_factory=deque)
    crashes: Counter[tuple[int, int]] = field(default_factory=Counter)
    idle_crashes: int = 0
    target: Any = serve

    def finish_all(self, shards: Iterator[Shard]) -> Iterator[tuple[int, Told]]:
        """Process the shards and yield the number of each as it is finished, in any order."""
        more = True
        while True:
            if more and len(self.waiting) < self.count:
                shard = next(shards, None)
                more = shard is not None
                if shard is not None:
                    self.waiting.append(shard)
            self._hand_out()
            busy = [worker for worker in self.workers if worker.shard is not None]
            if not busy and not self.waiting and not more:
                return
            reading_on = more and len(self.waiting) < self.count
            yield from self._collected(busy, None if not reading_on else 0)

    def stop(self) -> None:
        """End the worker processes."""
        for worker in self.workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()

    def _hand_out(self) -> None:
        idle = [worker for worker in self.workers if worker.shard is None]
        while self.waiting and (idle or len(self.workers) < self.count):
            worker = idle.pop() if idle else self._started()
            worker.shard = self.waiting.popleft()
            try:
                worker.connection.send(worker.shard)
            except OSError:
                self._bury(worker)

    def _started(self) -> Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        position = context.RawValue("q", NOWHERE)
        process = context.Process(target=self.target, args=(theirs, position, self.settings, self.files), daemon=True)
        process.start()
        theirs.close()
        worker = Worker(process, ours, position)
        self.workers.append(worker)
        return worker

    def _collected(self, busy: list[Worker], timeout: float | None) -> Iterator[tuple[int, Told]]:
        ready = wait([worker.connection for worker in busy], timeout) if busy else []
        for worker in [worker for worker in busy if worker.connection in ready]:
            shard = worker.shard
            assert shard is not None
            try:
                answer: Told | tuple[int, str] = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if not isinstance(answer, Told):
                raise failure(*answer)
            worker.shard = None
            self.idle_crashes = 0
            yield shard.number, answer

    def _bury(self, worker: Worker) -> None:
        """Take away a worker that died; its shard waits again, without the record that killed two."""
        worker.connection.close()
        worker.process.join(5)
        self.workers.remove(worker)
        shard, position = worker.shard, int(worker.position.value)
        assert shard is not None
        how = _ending(worker.process.exitcode)
        if position == NOWHERE:
            self.idle_crashes += 1
            if self.idle_crashes >= IDLE_CRASHES:
                raise DragomanError(f"workers do not start ({how}); try --workers 1, and report it")
        else:
            self.crashes[shard.number, position] += 1
            if self.crashes[shard.number, position] >= TRIES:
                shard = _without(shard, position, how)
            else:
                shard = replace(shard, suspects=(*shard.suspects, position))
        self.waiting.appendleft(shard)


def _without(shard: Shard, position: int, how: str) -> Shard:
    """Replace an article that killed its workers by its rejection; the shard keeps its digest."""
    record = shard.records[position]
    assert isinstance(record, Article)
    message = f"the process that read it {how}, {TRIES} times; please report it with the text"
    lost = rejected(record, CRASHED, message)
    return replace(shard, records=(*shard.records[:position], lost, *shard.records[position + 1 :]))


def _ending(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"was ended by {signal.Signals(-exit_code).name}"
    return "hung up" if exit_code is None else f"ended with exit code {exit_code}"


def failure(exit_code: int, message: str) -> DragomanError:
    """Make the error that ends a run, told by a worker."""
    error = DragomanError(message)
    error.exit_code = exit_code
    return error
