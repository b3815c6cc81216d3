"""One table as two files, CSV for people and Parquet for programs, holding the same."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.cells import guarded, split
from dragoman.rows import Row
from dragoman.tables import BOOLEAN, INTEGER, LIST, NUMBER, STRING, Column, Table

ROWS_AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the run, by name inside the run's folder; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table of the run and its files."""

    table: Table
    rows: int
    csv: WrittenFile
    parquet: WrittenFile


def write(table: Table, rows: Iterable[Row], *, folder: Path) -> WrittenTable:
    """Write a table's rows, as they come, to `<table>.csv` and `<table>.parquet`."""
    csv_path, parquet_path = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
    schema = parquet_schema(table)
    count = 0
    with (
        csv_path.open("w", encoding="utf-8-sig", newline="") as file,
        pq.ParquetWriter(parquet_path, schema, compression="zstd") as writer,
    ):
        sheet = csv.writer(file, lineterminator="\r\n")
        sheet.writerow(table.names)
        rows = iter(rows)
        while batch := list(islice(rows, ROWS_AT_A_TIME)):
            count += len(batch)
            columns = list(zip(*batch, strict=True))
            kinds = [column.kind for column in table.columns]
            written_columns = (_csv_cells(cells, kind) for cells, kind in zip(columns, kinds, strict=True))
            sheet.writerows(zip(*written_columns, strict=True))
            writer.write_table(columnar(table, columns, schema))
        if not count:
            writer.write_table(schema.empty_table())
    return WrittenTable(table, count, written(csv_path), written(parquet_path))


def _csv_cells(cells: Sequence[Any], kind: str) -> list[str]:
    """Write a column's values as CSV holds them."""
    if kind in {STRING, LIST}:
        return ["" if cell is None else guarded(cell) for cell in cells]
    if kind == BOOLEAN:
        return ["" if cell is None else ("true" if cell else "false") for cell in cells]
    return ["" if cell is None else str(cell) for cell in cells]


def parquet_schema(table: Table) -> pa.Schema:
    types = {
        STRING: pa.string(),
        INTEGER: pa.int64(),
        NUMBER: pa.float64(),
        BOOLEAN: pa.bool_(),
        LIST: pa.list_(pa.string()),
    }
    return pa.schema([pa.field(column.name, types[column.kind]) for column in table.columns])


def written(path: Path) -> WrittenFile:
    """Describe a file that is complete."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return WrittenFile(path.name, path.stat().st_size, sha256)


def columnar(table: Table, columns: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Make an Arrow table of some rows, given by column; lists as lists."""
    arrays = [
        pa.array(_typed(column, cells), type=field.type)
        for column, cells, field in zip(table.columns, columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _typed(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    if column.kind == LIST:
        return [split(cell) for cell in cells]
    if column.kind == BOOLEAN:
        return [None if cell is None else bool(cell) for cell in cells]
    return cells
