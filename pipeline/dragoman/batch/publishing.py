"""A finished run to an address such as `s3://bucket/run`: stores have no rename, so `run.json` comes last.

A run without `run.json` is an upload that was cut off; the same command brings it to its end.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.reading.remote import store_of
from dragoman.tables import TABLES
from dragoman.writing import PACKAGE_FILE, RUN_FILE

FILES = (*(f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "parquet")), PACKAGE_FILE)


def stand_in(address: str) -> Path:
    """Return the folder of this machine in which the run of an address is built."""
    name = address.rstrip("/").rpartition("/")[2] or "run"
    return Path.cwd() / f".{name}.{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def check(address: str, *, overwrite: bool) -> None:
    """Raise UsageError if a run cannot be written to this address."""
    store, folder = store_of(address)
    try:
        there = {str(path).rpartition("/")[2] for path in store.ls(folder, detail=False)}
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{address}: cannot be reached ({error}); check the address and the access") from error
    if there - {*FILES, RUN_FILE}:
        raise UsageError(f"{address}: holds other things than a run; name another --output")
    if RUN_FILE in there and not overwrite:
        raise UsageError(f"{address}: holds a run already; say --overwrite, or name another --output")


def publish(folder: Path, address: str) -> None:
    """Copy a finished run to an address, in the place of what stands there."""
    store, target = store_of(address)
    try:
        store.makedirs(target, exist_ok=True)
        if store.exists(f"{target}/{RUN_FILE}"):
            store.rm_file(f"{target}/{RUN_FILE}")
        for name in (*FILES, RUN_FILE):
            store.put_file(str(folder / name), f"{target}/{name}")
    except OSError as error:
        message = f"{address}: the run could not be written there ({error}); give the same command again"
        raise UsageError(message) from error
