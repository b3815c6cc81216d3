"""A run's tables into a database: SQLite, DuckDB or PostgreSQL, again and again without doubling a row.

A store holds the same tables as a run, keyed as they are; its articles replace earlier ones of the same doc_id, with
all their rows. The timeline is merged anew from all events of the store. One transaction: all of it or nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman import results, timeline
from dragoman.batch.databases import Database, database_of
from dragoman.cells import joined
from dragoman.rows import Row
from dragoman.sheets import columnar, parquet_schema
from dragoman.spool import Spool
from dragoman.tables import EVENTS, LIST, TABLES, TIMELINE, Table

ROWS_AT_A_TIME = 20_000


def check(target: str) -> None:
    """Raise UsageError where a store cannot be opened: a wrong address, a driver or a server that is missing."""
    database_of(target).close()


def load(folder: Path, target: str) -> None:
    """Write a finished run into a store, such as `sqlite:events.db`; a second time changes nothing."""
    run = results.read(folder)
    database = database_of(target)
    with database.transaction():
        for table in TABLES:
            database.create(table)
        database.stage([name for name in TABLES if name is not TIMELINE], lambda table: _batches(run.folder, table))
        for table in TABLES:
            if table is not TIMELINE:
                _replace(database, table)
        database.unstage([table for table in TABLES if table is not TIMELINE])
        with tempfile.TemporaryDirectory() as space:
            database.stage([TIMELINE], lambda table: _timeline(database, Path(space)))
        database.delete(TIMELINE, "true")
        database.take_over(TIMELINE)
        database.unstage([TIMELINE])


def _replace(database: Database, table: Table) -> None:
    """Put the staged rows of a table in the place of earlier ones of the same articles, or files."""
    if "doc_id" in table.names:
        old = f'"doc_id" IN (SELECT "doc_id" FROM {database.staged("articles")})'
    else:
        articles, rejects = database.staged("articles"), database.staged("rejects")
        old = f'"path" IN (SELECT "path" FROM {articles} UNION SELECT "path" FROM {rejects})'
    if table.key is not None:
        old += f' AND "{table.key}" NOT IN (SELECT "{table.key}" FROM {database.staged(table.name)})'
    database.delete(table, old)
    database.take_over(table)


def _batches(folder: Path, table: Table) -> Iterator[pa.Table]:
    file = pq.ParquetFile(folder / f"{table.name}.parquet")
    for batch in file.iter_batches(batch_size=ROWS_AT_A_TIME):
        yield pa.Table.from_batches([batch])


def _timeline(database: Database, space: Path) -> Iterator[pa.Table]:
    """Merge all events of the store, in a spool of their own so that they come in the order a run has them."""
    spool = Spool(space / "events.sqlite")
    kinds = [column.kind for column in EVENTS.columns]
    spool.put(EVENTS, (_joined(row, kinds) for row in database.rows(EVENTS)))
    spool.put(TIMELINE, timeline.merged(spool.rows(EVENTS, order=timeline.ORDER)))
    schema, gathered = parquet_schema(TIMELINE), list[Row]()
    for row in spool.rows(TIMELINE):
        gathered.append(row)
        if len(gathered) == ROWS_AT_A_TIME:
            yield columnar(TIMELINE, list(zip(*gathered, strict=True)), schema)
            gathered = []
    if gathered:
        yield columnar(TIMELINE, list(zip(*gathered, strict=True)), schema)
    spool.close()


def _joined(row: Sequence[Any], kinds: Sequence[str]) -> Row:
    """Join the lists of a row into cells, where the database gives lists."""
    return tuple(
        joined(cell) if kind == LIST and not (cell is None or isinstance(cell, str)) else cell
        for cell, kind in zip(row, kinds, strict=True)
    )
