"""Shards to the workers of a Dask cluster and their files back: nothing need be shared but the network.

The same shards as everywhere go out, a few for each worker; a shard's file comes back and is kept on this side,
so that a run cut off goes on where it was. A worker must have the same dragoman and models, which it is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dragoman import flow, provenance
from dragoman.batch.pool import CRASHED, TRIES, failure
from dragoman.batch.shards import Outcome, Shard, ShardFiles, Told, outcome_of, packed, told
from dragoman.config import Settings
from dragoman.errors import DragomanError, EngineError, UsageError
from dragoman.records import Article

AHEAD = 3
"""So many shards for each thread of the cluster are on their way at the same time."""

LOCAL = "local:"
CONNECTS_WITHIN = 30
"""Seconds after which a scheduler that does not answer is given up."""

Answer = tuple[bytes, Told] | tuple[int, str]
ONE_AT_A_TIME = threading.Lock()
"""A worker with several threads reads one shard at a time: the libraries underneath are not made for more."""


def knowledge() -> str:
    """Hash the programs and models that shards are read with."""
    return f"{provenance.program_hash()} {provenance.models_hashes()['all']}"


_own_knowledge = lru_cache(maxsize=1)(knowledge)


def read_shard(shard: Shard, settings: Settings, wanted: str) -> Answer:
    """Read a shard in a worker; returns its file, or (exit code, message) of what makes the whole run fail."""
    if _own_knowledge() != wanted:
        return EngineError.exit_code, "a worker has another dragoman or other models; install the same there"
    try:
        with ONE_AT_A_TIME:
            outcomes = [outcome_of(result) for result in flow.process_all(shard.records, settings=settings)]
        return packed(shard, outcomes), told(outcomes)
    except DragomanError as error:
        return error.exit_code, str(error)


class Cluster:
    """A Dask cluster, by the address of its scheduler or as `local:N`; end it with `stop`.

    `task` is what its workers do with a shard.
    """

    def __init__(self, address: str, settings: Settings, files: ShardFiles, *, task: Any = read_shard) -> None:
        self._distributed, self._task = _distributed(), task
        self._address, self._settings, self._files = address, settings, files
        self._own: Any = None
        self._client = self._connected()
        self._wanted = knowledge()

    def finish_all(self, shards: Iterator[Shard]) -> Iterator[tuple[int, Told]]:
        """Process the shards and yield the number of each as it is finished, in any order."""
        try:
            yield from self._finished(shards)
        except (self._distributed.comm.CommClosedError, self._distributed.CancelledError) as error:
            lost = f"--cluster {self._address}: was lost ({error})"
            raise UsageError(f"{lost}; give the same command again: what is done is kept") from error

    def _finished(self, shards: Iterator[Shard]) -> Iterator[tuple[int, Told]]:
        underway: dict[Any, Shard] = {}
        more = True
        while more or underway:
            while more and len(underway) < self._room():
                shard = next(shards, None)
                more = shard is not None
                if shard is not None:
                    underway[self._submitted(shard)] = shard
            if underway:
                self._distributed.wait(list(underway), return_when="FIRST_COMPLETED")
            for future in [future for future in underway if future.done()]:
                shard = underway.pop(future)
                yield shard.number, self._kept(shard, future)

    def stop(self) -> None:
        """Leave the cluster; end it where it is our own."""
        for part in (self._client, self._own):
            if part is not None:
                with suppress(Exception):  # whatever is gone already
                    part.close()

    def _connected(self) -> Any:
        client = self._distributed.Client
        try:
            if not self._address.startswith(LOCAL):
                return client(self._address, timeout=CONNECTS_WITHIN)
            self._own = _local(_count(self._address))
            return client(self._own)
        except (OSError, ValueError) as error:
            raise UsageError(f"--cluster {self._address}: no scheduler answers there ({error})") from error

    def _room(self) -> int:
        """Return how many shards may be on their way; a cluster may grow and shrink."""
        threads = sum(self._client.nthreads().values())
        return AHEAD * max(1, int(threads))

    def _submitted(self, shard: Shard) -> Any:
        return self._client.submit(self._task, shard, self._settings, self._wanted, pure=False)

    def _kept(self, shard: Shard, future: Any) -> Told:
        """Keep the file of a shard; one that killed its workers is read again record by record."""
        answer = self._answer(future)
        if answer is None:
            outcomes = [self._outcome(shard, position) for position in range(len(shard.records))]
            self._files.save(shard, outcomes)
            return told(outcomes)
        self._files.keep(shard.number, answer[0])
        return answer[1]

    def _outcome(self, shard: Shard, position: int) -> Outcome:
        """Read one record of a shard that killed its workers; reject it if it kills them again."""
        record = shard.records[position]
        alone = replace(shard, records=(record,))
        answer = self._answer(self._submitted(alone))
        if answer is not None:
            return ShardFiles.unpacked(answer[0])[0]
        assert isinstance(record, Article)
        message = "the workers that read it ended, again and again; please report it with the text"
        return outcome_of(flow.rejected(record, CRASHED, message))

    def _answer(self, future: Any) -> tuple[bytes, Told] | None:
        """Return what a task gave; None where its workers were killed."""
        try:
            answer: Any = future.result()
        except self._distributed.KilledWorker:
            return None
        finally:
            future.release()
        if isinstance(answer[0], bytes):
            return answer[0], answer[1]
        raise failure(*answer)


def check(address: str) -> None:
    """Raise UsageError for what is no address of a cluster, EngineError where Dask is not installed."""
    if address.startswith(LOCAL):
        _count(address)
    elif "://" not in address:
        raise UsageError(f"--cluster {address}: give tcp://HOST:PORT of a Dask scheduler, or local:N")
    _distributed()


def _count(address: str) -> int:
    number = address.removeprefix(LOCAL)
    if not number.isdecimal() or int(number) < 1:
        raise UsageError(f"--cluster {address}: write the number of workers, such as {LOCAL}4")
    return int(number)


def _local(count: int) -> Any:
    """Start workers on this machine, as processes of one thread each; a shard that kills two is suspect."""
    import dask

    with dask.config.set({"distributed.scheduler.allowed-failures": TRIES - 1}):
        return _distributed().LocalCluster(
            n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
        )


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise EngineError("Dask is not installed; install dragoman[cluster]") from None
    return distributed
