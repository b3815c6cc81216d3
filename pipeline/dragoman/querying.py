"""SQL over the tables of a run, by DuckDB, which reads the Parquet files in place and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dragoman.errors import UsageError
from dragoman.results import Run
from dragoman.tables import TABLES

MISSING = "SQL needs DuckDB, which is not installed; pip install 'dragoman[query]'"


@contextmanager
def connected(run: Run) -> Iterator[Any]:
    """Open a DuckDB connection in which each table of the run is a view.

    It can read no other file, ask the network for nothing and install no extension. Raises UsageError without
    DuckDB.
    """
    try:
        import duckdb
    except ImportError:
        raise UsageError(MISSING) from None
    paths = [str((run.folder / f"{table.name}.parquet").resolve()) for table in TABLES]
    settings: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute(f"SET allowed_paths = [{', '.join(map(_literal, paths))}]")
        connection.execute("SET enable_external_access = false")
        for table, path in zip(TABLES, paths, strict=True):
            connection.execute(f'CREATE VIEW "{table.name}" AS SELECT * FROM read_parquet({_literal(path)})')
        connection.execute("SET lock_configuration = true")
        yield connection


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def query(run: Run, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run a query; returns the names of the columns and the rows. Raises UsageError for wrong SQL."""
    with connected(run) as connection:
        import duckdb

        try:
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            return names, result.fetchall() if names else []
        except duckdb.Error as error:
            tables = ", ".join(table.name for table in TABLES)
            raise UsageError(f"query: {error}; the tables are {tables}") from error
