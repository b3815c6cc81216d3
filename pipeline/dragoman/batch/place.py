"""The folder in which a run is built: who may write it, and whether what stands in it belongs to this run.

Beside the output `<name>` stand, while it is built, `.<name>.building` and `.<name>.lock`.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman import provenance
from dragoman.batch.shards import MOST_CHARACTERS, MOST_RECORDS, ShardFiles
from dragoman.errors import UsageError
from dragoman.reading import Plan

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

STATE_FILE = "state.json"
STATE_FORMAT = 1


def building_folder(output: Path) -> Path:
    """Return the folder in which a run is built before it is moved to its place."""
    return output.parent / f".{output.name}.building"


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Keep every other run away from an output; raises UsageError where one is at work there.

    The lock belongs to the process and ends with it, however it ends; a file left behind locks nothing.
    """
    path = output.parent / f".{output.name}.lock"
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle = _locked_file(path)
    except OSError as error:
        raise UsageError(f"{output}: cannot write there ({error.strerror}); name another folder") from error
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} {platform.node()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _locked_file(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if fcntl is None:
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 200).decode("utf-8", "replace").split()
            os.close(handle)
            who = f"process {holder[0]} on {holder[-1]}" if holder else "another process"
            raise UsageError(f"{path}: {who} is writing this run; wait for it, or name another --output") from None
        if _same_file(handle, path):
            return handle
        os.close(handle)  # its last holder has just removed it


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def identity(plan: Plan, settings: Mapping[str, Any]) -> dict[str, str]:
    """Hash everything that the tables depend on: input files, settings, models, programs."""
    files = hashlib.sha256()
    for source in plan.sources:
        files.update(json.dumps([source.name, source.size, source.version()]).encode())
    for rejection in plan.rejections:
        files.update(json.dumps([rejection.path, rejection.reason]).encode())
    return {
        "input": files.hexdigest(),
        "settings": _hash(settings),
        "models": provenance.models_hashes()["all"],
        "programs": _hash([provenance.versions(), provenance.program_hash(), MOST_RECORDS, MOST_CHARACTERS]),
    }


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def opened(building: Path, wanted: Mapping[str, str], *, fresh: bool) -> ShardFiles:
    """Open the building folder, with the finished shards that stand in it if they belong to this very run.

    Raises UsageError where they belong to another one. `fresh` throws away what is there.
    """
    files = ShardFiles(building / "shards")
    begun = None if fresh else _state(building)
    if begun is not None and files.any():
        differs = [part for part in wanted if begun.get(part) != wanted[part]]
        if differs:
            raise changed(building, " and ".join(differs))
    else:
        shutil.rmtree(building, ignore_errors=True)
    try:
        files.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(building / "tables", ignore_errors=True)
        shutil.rmtree(building / "tables.old", ignore_errors=True)
        _write_state(building, {"format": STATE_FORMAT, **wanted})
    except OSError as error:
        raise UsageError(f"{building}: cannot write there ({error.strerror}); name another --output") from error
    return files


def changed(building: Path, what: str) -> UsageError:
    """Make the error that refuses to continue a run with something else than it was begun with."""
    return UsageError(
        f"{building}: an unfinished run stands here, and {what} changed since; "
        "say --fresh to begin anew, or put back what was there"
    )


def _state(building: Path) -> dict[str, Any] | None:
    try:
        state = json.loads((building / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return state if isinstance(state, dict) and state.get("format") == STATE_FORMAT else None


def _write_state(building: Path, state: Mapping[str, Any]) -> None:
    unfinished = building / f"{STATE_FILE}.unfinished"
    unfinished.write_text(json.dumps(state, indent=2) + "\n", "utf-8")
    os.replace(unfinished, building / STATE_FILE)
