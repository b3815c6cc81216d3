"""Tables written by another process, while this one merges the events of a large run.

That process reads the spool and writes into a folder of its own, so that one left behind by a killed run spoils
nothing; what it wrote is then moved to the other tables. If it fails, this process writes the tables itself.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from dragoman import sheets
from dragoman.spool import Spool
from dragoman.tables import TABLES, Table

LARGE = 8_000_000
"""From so many bytes of spooled rows on, a second process is worth its start."""

Writer = Callable[[Table, Spool, Path], sheets.WrittenTable]
Found = list[sheets.WrittenTable]


@contextmanager
def writing_aside(tables: Sequence[Table], spool: Path, folder: Path, write: Writer) -> Iterator[Callable[[], Found]]:
    """Begin to write tables of a settled spool; the yielded function waits for them and brings them to the folder.

    It returns nothing where the other process did not finish.
    """
    place = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(place, ignore_errors=True)  # of a killed run that had the same number
    place.mkdir()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    names = [table.name for table in tables]
    process = context.Process(target=_write, args=(theirs, names, spool, place, write), daemon=True)
    process.start()
    theirs.close()
    try:
        yield lambda: _brought(ours, tables, place, folder)
    finally:
        ours.close()
        process.terminate()
        process.join()
        shutil.rmtree(place, ignore_errors=True)


def _brought(connection: Connection, tables: Sequence[Table], place: Path, folder: Path) -> Found:
    try:
        files: list[tuple[int, sheets.WrittenFile, sheets.WrittenFile]] = connection.recv()
    except (EOFError, OSError):
        return []
    for _, *both in files:
        for file in both:
            os.replace(place / file.name, folder / file.name)
    return [sheets.WrittenTable(table, *one) for table, one in zip(tables, files, strict=True)]


def _write(connection: Connection, names: Sequence[str], path: Path, folder: Path, write: Writer) -> None:
    """Do the other process's part: each table's number of rows and files are told at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run's own process decides when it ends
    spool = Spool.opened(path)
    written = [write(table, spool, folder) for name in names for table in TABLES if table.name == name]
    with suppress(OSError):  # the run's own process was killed meanwhile
        connection.send([(one.rows, one.csv, one.parquet) for one in written])
