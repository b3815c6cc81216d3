"""One table as two files, CSV for people and Parquet for programs, holding the same."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.cells import guarded, split
from dragoman.rows import Cell, Row
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
    kinds = [column.kind for column in table.columns]
    count = 0
    batch: list[Row] = []
    with (
        csv_path.open("w", encoding="utf-8-sig", newline="") as file,
        pq.ParquetWriter(parquet_path, schema, compression="zstd") as writer,
    ):
        sheet = csv.writer(file, lineterminator="\r\n")
        sheet.writerow(table.names)
        for row in rows:
            count += 1
            sheet.writerow([csv_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)])
            batch.append(row)
            if len(batch) == ROWS_AT_A_TIME:
                writer.write_table(_columnar(table, batch, schema))
                batch.clear()
        writer.write_table(_columnar(table, batch, schema))
    return WrittenTable(table, count, written(csv_path), written(parquet_path))


def csv_cell(cell: Cell, kind: str) -> str:
    """Write one value as CSV holds it; `kind` is the column's."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if kind == BOOLEAN:
        return "true" if cell else "false"
    return str(cell)


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


def _columnar(table: Table, rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
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
