"""What differs between the databases that a run can be written to: types, how rows go in, the driver."""

from __future__ import annotations

import importlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import pyarrow as pa

from dragoman.cells import joined
from dragoman.errors import EngineError, UsageError
from dragoman.tables import BOOLEAN, INTEGER, LIST, NUMBER, STRING, Table

STAGE = "dragoman_new_"
POSTGRESQL = ("postgresql://", "postgres://")


class Database(ABC):
    """One open database, in the SQL that all three understand."""

    types: ClassVar[dict[str, str]]
    temporary = "TEMPORARY "

    def __init__(self, connection: Any, target: str) -> None:
        self.connection, self.target = connection, target

    @abstractmethod
    def fill(self, name: str, table: Table, rows: pa.Table) -> None:
        """Append rows to a table that is there."""

    def run(self, statement: str) -> Any:
        return self.connection.execute(statement)

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all or nothing of what is done inside, and close the database."""
        try:
            self.run("BEGIN")
            yield
            self.run("COMMIT")
        except Exception as error:
            raise UsageError(f"{self.target}: nothing was written ({error}); the tables are in --output") from error
        finally:
            self.close()

    def create(self, table: Table) -> None:
        key = f', PRIMARY KEY ("{table.key}")' if table.key else ""
        self.run(f'CREATE TABLE IF NOT EXISTS "{table.name}" ({self._columns(table)}{key})')

    def _columns(self, table: Table) -> str:
        return ", ".join(
            f'"{column.name}" {self.types[column.kind]}{" NOT NULL" if column.required and column.kind != LIST else ""}'
            for column in table.columns
        )

    def staged(self, name: str) -> str:
        return f'"{STAGE}{name}"'

    def stage(self, tables: Iterable[Table], rows_of: Callable[[Table], Iterable[pa.Table]]) -> None:
        """Bring new rows into tables beside the real ones."""
        for table in tables:
            self.run(f"CREATE {self.temporary}TABLE {self.staged(table.name)} ({self._columns(table)})")
            for rows in rows_of(table):
                self.fill(f"{STAGE}{table.name}", table, rows)

    def unstage(self, tables: Iterable[Table]) -> None:
        for table in tables:
            self.run(f"DROP TABLE {self.staged(table.name)}")

    def delete(self, table: Table, condition: str) -> None:
        self.run(f'DELETE FROM "{table.name}" WHERE {condition}')

    def take_over(self, table: Table) -> None:
        """Bring the staged rows into the real table; a row of the same key is overwritten."""
        names = ", ".join(f'"{name}"' for name in table.names)
        others = ", ".join(f'"{name}" = excluded."{name}"' for name in table.names if name != table.key)
        conflict = f' ON CONFLICT ("{table.key}") DO UPDATE SET {others}' if table.key else ""
        source = self.staged(table.name)
        self.run(f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM {source} WHERE true{conflict}')

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        """Yield all rows of a table, some at a time."""
        names = ", ".join(f'"{name}"' for name in table.names)
        cursor = self.connection.cursor()
        cursor.execute(f'SELECT {names} FROM "{table.name}"')
        while batch := cursor.fetchmany(1000):
            yield from batch
        cursor.close()


class SQLite(Database):
    """Lists are joined with `;`, as in the CSV files."""

    types: ClassVar[dict[str, str]] = {
        STRING: "TEXT",
        INTEGER: "INTEGER",
        NUMBER: "REAL",
        BOOLEAN: "INTEGER",
        LIST: "TEXT",
    }

    def fill(self, name: str, table: Table, rows: pa.Table) -> None:
        columns = [
            [joined(cell or ()) for cell in rows[column.name].to_pylist()]
            if column.kind == LIST
            else rows[column.name].to_pylist()
            for column in table.columns
        ]
        places = ", ".join("?" * len(columns))
        self.connection.executemany(f'INSERT INTO "{name}" VALUES ({places})', zip(*columns, strict=True))


class DuckDB(Database):
    types: ClassVar[dict[str, str]] = {
        STRING: "VARCHAR",
        INTEGER: "BIGINT",
        NUMBER: "DOUBLE",
        BOOLEAN: "BOOLEAN",
        LIST: "VARCHAR[]",
    }

    def fill(self, name: str, table: Table, rows: pa.Table) -> None:
        self.connection.register("dragoman_rows", rows)
        self.run(f'INSERT INTO "{name}" SELECT * FROM dragoman_rows')
        self.connection.unregister("dragoman_rows")

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        # A cursor of DuckDB is a connection of its own and would not see this transaction.
        names = ", ".join(f'"{name}"' for name in table.names)
        found = self.run(f'SELECT {names} FROM "{table.name}"')
        while batch := found.fetchmany(1000):
            yield from batch


class PostgreSQL(Database):
    types: ClassVar[dict[str, str]] = {
        STRING: "text",
        INTEGER: "bigint",
        NUMBER: "double precision",
        BOOLEAN: "boolean",
        LIST: "text[]",
    }

    def run(self, statement: str) -> Any:
        if statement in {"BEGIN", "COMMIT"}:  # the driver begins a transaction by itself
            return self.connection.commit() if statement == "COMMIT" else None
        with self.connection.cursor() as cursor:
            return cursor.execute(statement)

    def fill(self, name: str, table: Table, rows: pa.Table) -> None:
        with self.connection.cursor() as cursor:
            cursor.adbc_ingest(name, rows, mode="append", temporary=True)


def database_of(target: str) -> Database:
    """Open `sqlite:FILE`, `duckdb:FILE` or `postgresql://...`.

    Raises UsageError for another address or a database that cannot be opened, EngineError for a missing driver.
    """
    kind, _, place = target.partition(":")
    if target.startswith(POSTGRESQL):
        driver = _driver("adbc_driver_postgresql.dbapi", "postgresql")
        return PostgreSQL(_opened(target, driver.connect, target), _nameless(target))
    if kind == "sqlite" and place:
        return SQLite(_opened(target, lambda: sqlite3.connect(place, isolation_level=None)), target)
    if kind == "duckdb" and place:
        return DuckDB(_opened(target, _driver("duckdb", "query").connect, place), target)
    raise UsageError(f"--to {target}: give sqlite:FILE, duckdb:FILE or postgresql://USER@HOST/DATABASE")


def _driver(module: str, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise EngineError(f"{module} is not installed; install dragoman[{extra}]") from None


def _opened(target: str, connect: Callable[..., Any], *place: str) -> Any:
    try:
        return connect(*place)
    except Exception as error:  # each driver has its own tree of errors
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise UsageError(f"--to {_nameless(target)}: cannot be opened ({first}); check the address") from error


def _nameless(target: str) -> str:
    """Leave user and password out of an address that is shown."""
    kind, mark, rest = target.partition("://")
    return f"{kind}{mark}{rest.rpartition('@')[2]}" if mark else target
