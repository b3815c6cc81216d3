"""The rows of a run's tables as plain Python values, for programs that walk through them one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dragoman.errors import UsageError
from dragoman.results import Run

Row = dict[str, Any]


def rows(run: Run, table: str) -> list[Row]:
    """Return a table's rows in their order; None where nothing is known, lists for lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = run.folder / f"{table}.parquet"
    try:
        listed: list[Row] = pq.read_table(path).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise UsageError(f"{path}: cannot be read ({error}); make the run again") from error
    return listed


def by_document(listed: Iterable[Row]) -> dict[str, list[Row]]:
    """Group rows by their article, keeping their order."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        grouped[row["doc_id"]].append(row)
    return dict(grouped)
