"""A whole run: read, divide, process, write; from where it was left, if it was left."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dragoman import reading
from dragoman.batch import place, publishing, stores
from dragoman.batch.pool import Pool
from dragoman.batch.shards import Shard, ShardFiles, Told, divide, told
from dragoman.batch.worker import finish, unwritable
from dragoman.config import Settings
from dragoman.errors import UsageError
from dragoman.writing import RUN_FILE, RunSummary, RunWriter, check_place, noted_summary

if TYPE_CHECKING:
    from dragoman.batch.cluster import Cluster


class Listener(Protocol):
    """Is told how far the run is."""

    def read(self, size: int) -> None: ...

    def finished(self, told: Told) -> None: ...

    def say(self, line: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What to run and where to. `store` is where to write its tables besides, `cluster` a Dask cluster in the place
    of `workers`; `command` and `started` (a clock time) are for `run.json` only. With `address` the finished run
    goes there, and `output` is its stand-in on this machine."""

    plan: reading.Plan
    output: Path
    settings: Settings
    workers: int = 1
    overwrite: bool = False
    fresh: bool = False
    store: str | None = None
    cluster: str | None = None
    address: str | None = None
    command: Sequence[str] = ()
    started: str | None = None


def run(job: Job, *, listener: Listener, note: Mapping[str, Any], ending: Any) -> RunSummary:
    """Do a job, or what is left of it; `ending()` gives what run.json says last (finished, timings).

    What is finished stays beside the output until the run is complete, and the same job goes on from there.
    """
    output = job.output.resolve()
    if job.store is not None:
        stores.check(job.store)
    with place.locked(output):
        noted = asdict(job.settings)
        identity = place.identity(job.plan, noted)
        building = place.building_folder(output)
        complete = _complete_already(output, building, identity)
        if complete is not None:
            return _stored(job, complete, building)
        if job.address is not None:
            publishing.check(job.address, overwrite=job.overwrite)
        check_place(output, overwrite=_may_replace(job))
        files = place.opened(building, identity, fresh=job.fresh)
        try:
            summary = _built(job, building, files, listener, {**note, "identity": identity}, ending)
        except (sqlite3.OperationalError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise UsageError(f"{output}: {unwritable(error)[1]}") from error
        finally:
            if not files.any():
                shutil.rmtree(building, ignore_errors=True)
        return _stored(job, summary, building)


def _stored(job: Job, summary: RunSummary, building: Path) -> RunSummary:
    """Bring the finished run where it is to go and take the building folder away, which says that nothing is left."""
    output = job.output.resolve()
    if job.store is not None:
        stores.load(output, job.store)
    if job.address is not None:
        publishing.publish(output, job.address)
    shutil.rmtree(building, ignore_errors=True)
    if job.address is None:
        return summary
    shutil.rmtree(output, ignore_errors=True)
    return replace(summary, folder=job.address)


def _may_replace(job: Job) -> bool:
    return job.overwrite or job.address is not None


def _complete_already(output: Path, building: Path, identity: Mapping[str, str]) -> RunSummary | None:
    """Return the run's summary where all that was left to do was to take the building folder away."""
    try:
        info = json.loads((output / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if building.is_dir() and isinstance(info, dict) and info.get("identity") == dict(identity):
        return noted_summary(output, info)
    return None


def _built(
    job: Job, building: Path, files: ShardFiles, listener: Listener, note: Mapping[str, Any], ending: Any
) -> RunSummary:
    with RunWriter(
        job.output,
        settings=asdict(job.settings),
        command=job.command,
        started=job.started,
        overwrite=_may_replace(job),
        building=building / "tables",
        workers=job.workers,
        note=note,
    ) as writer:
        reused = 0
        for number, old in _in_order(_finished(job, building, files, listener)):
            reused += old
            writer.take(files.load(number))
        if reused:
            listener.say(f"{reused} shards were finished earlier and not done again")
        listener.say("writing the tables")
        return writer.close(**ending())


def _finished(job: Job, building: Path, files: ShardFiles, listener: Listener) -> Iterator[tuple[int, bool]]:
    """Yield the number of each shard when its file is complete, and whether it was so before."""
    known: list[int] = []
    records = reading.read(job.plan, settings=job.settings, progress=listener.read)
    left = _left(divide(records), building, files, known)
    pool = _pool(job, files)
    try:
        found = _alone(left, job.settings, files) if pool is None else pool.finish_all(left)
        for number, news in found:
            yield from _reported(known, files, listener)
            listener.finished(news)
            yield number, False
        yield from _reported(known, files, listener)
    finally:
        if pool is not None:
            pool.stop()


def _pool(job: Job, files: ShardFiles) -> Pool | Cluster | None:
    """Return who reads the shards; None where this process does."""
    if job.cluster is not None:
        from dragoman.batch.cluster import Cluster

        return Cluster(job.cluster, job.settings, files)
    return Pool(job.workers, job.settings, files) if job.workers > 1 else None


def _reported(known: list[int], files: ShardFiles, listener: Listener) -> Iterator[tuple[int, bool]]:
    while known:
        number = known.pop(0)
        listener.finished(told(files.load(number)))
        yield number, True


def _left(shards: Iterable[Shard], building: Path, files: ShardFiles, known: list[int]) -> Iterator[Shard]:
    """Yield the shards that are not finished; the numbers of the others go to `known`."""
    for shard in shards:
        digest = files.digest_of(shard.number)
        if digest is None:
            yield shard
        elif digest == shard.digest:
            known.append(shard.number)
        else:
            raise place.changed(building, "input")


def _alone(shards: Iterable[Shard], settings: Settings, files: ShardFiles) -> Iterator[tuple[int, Told]]:
    for shard in shards:
        yield shard.number, finish(shard, settings=settings, files=files)


def _in_order(numbers: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, bool]]:
    """Put the finished shards back in the order of the input, so that the run is the same however they came."""
    early: dict[int, bool] = {}
    due = 0
    for number, old in numbers:
        early[number] = old
        while due in early:
            yield due, early.pop(due)
            due += 1
