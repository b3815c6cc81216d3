"""Rows on their way into the tables, kept on disk so that memory does not grow with the corpus.

One SQLite file in the run's temporary folder; sorting is SQLite's own (SQLITE_TMPDIR says where its overflow
goes).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from dragoman.intervals import day_number
from dragoman.rows import Row
from dragoman.tables import EVENTS, TABLES, Table

CACHE_KIBIBYTES = 64 * 1024


class Spool:
    """A place for rows in any order, from which they come back sorted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connection(str(path))
        for setting in ("journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        for table in TABLES:
            columns = ", ".join(f'"{name}"' for name in table.names)
            self._connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        self._connection.execute("CREATE UNIQUE INDEX one_article ON articles (doc_id) WHERE status = 'ok'")
        self._connection.execute("BEGIN")

    @classmethod
    def opened(cls, path: Path) -> Self:
        """Open a settled spool to read it, in another process too."""
        spool = cls.__new__(cls)
        spool.path = path
        spool._connection = _connection(f"{path.as_uri()}?mode=ro", uri=True)
        return spool

    def settle(self) -> int:
        """Put all rows into the file, which takes no more of them; return its size in bytes."""
        self._connection.execute("COMMIT")
        return self.path.stat().st_size

    def knows(self, doc_id: str) -> bool:
        """Tell whether an article with this doc_id was read already."""
        query = "SELECT 1 FROM articles WHERE doc_id = ? AND status = 'ok'"
        found = self._connection.execute(query, (doc_id,))
        return found.fetchone() is not None

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        places = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)

    def rows(self, table: Table, *, order: str | None = None) -> Iterator[Row]:
        """Yield a table's rows in its own order, or another; equal rows keep no order of arrival."""
        names = ", ".join(f'"{name}"' for name in table.names)
        yield from self._connection.execute(
            f'SELECT {names} FROM "{table.name}" ORDER BY {order or table.order}, {names}'
        )

    def counts(self, table: Table, column: str) -> dict[str, int]:
        """Count a table's rows by the values of a column, empty ones left out."""
        found = self._connection.execute(
            f'SELECT "{column}", count(*) FROM "{table.name}" WHERE "{column}" IS NOT NULL GROUP BY 1 ORDER BY 1'
        )
        return {str(value): count for value, count in found}

    def telling_events(self, language: str) -> Iterator[Row]:
        """Yield the events of a language that show a reader most: dated, between two states, surest first."""
        names = ", ".join(f'"{name}"' for name in EVENTS.names)
        yield from self._connection.execute(
            f"""SELECT {names} FROM events WHERE language = ?
            ORDER BY date IS NULL, participants NOT LIKE '%;%', confidence DESC, {EVENTS.order}""",
            (language,),
        )

    def close(self) -> None:
        self._connection.close()


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, isolation_level=None, check_same_thread=False, uri=uri)
    connection.create_function("day_number", 1, day_number, deterministic=True)
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    return connection
