"""`datapackage.json`: the tables of a run in the words of Frictionless Data (Data Package, Table Schema).

The resources are the CSV files; each names the Parquet file of the same rows under `parquet`, a property of ours,
because validators take a cell that is a list for a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.sheets import WrittenFile, WrittenTable
from dragoman.tables import INTEGER, LIST, STRING, Column, Table


def describe(tables: Iterable[WrittenTable], *, version: str) -> dict[str, Any]:
    """Describe the files of a run; `version` is the program's."""
    return {
        "profile": "data-package",
        "name": "dragoman-run",
        "title": "Diplomatic events, dates, names and treaties read from articles",
        "version": version,
        "resources": [_resource(table) for table in tables],
    }


def _resource(written: WrittenTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": written.table.name,
        "description": written.table.description,
        **_file(written.csv, "text/csv", "csv"),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": schema(written.table),
        "parquet": _file(written.parquet, "application/vnd.apache.parquet", "parquet"),
    }


def _file(file: WrittenFile, mediatype: str, form: str) -> dict[str, Any]:
    return {
        "path": file.name,
        "format": form,
        "mediatype": mediatype,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def schema(table: Table) -> dict[str, Any]:
    """Describe a table's columns and keys as a Table Schema."""
    described: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
    }
    if table.key is not None:
        described["primaryKey"] = table.key
    if table.refers:
        described["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": column}} for column, other in table.refers
        ]
    return described


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == table.key:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.kind == INTEGER:
        constraints["minimum"] = 0
    described: dict[str, Any] = {
        "name": column.name,
        "type": STRING if column.kind == LIST else column.kind,
        "description": column.description,
    }
    if column.kind == LIST:
        described["listDelimiter"] = ";"
    if column.kind == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if constraints:
        described["constraints"] = constraints
    return described
