"""Read the tables of a finished run as pandas DataFrames."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.tables import BOOLEAN, BY_NAME, INTEGER, LIST, NUMBER, STRING, Table

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {STRING: "string", INTEGER: "Int64", NUMBER: "Float64", BOOLEAN: "boolean", LIST: "object"}


class Run:
    """A finished run. Each table is read from Parquet when it is first asked for.

    Strings, integers, numbers and booleans have pandas' nullable types, a list column holds Python lists
    (empty where there is nothing), missing is `pd.NA`. `info` is `run.json`.
    """

    def __init__(self, folder: Path, info: dict[str, Any]) -> None:
        self.folder = folder
        self.info = info

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {count}" for name, count in self.info["counts"]["tables"].items())
        return f"Run({str(self.folder)!r}: {rows})"

    @cached_property
    def articles(self) -> pd.DataFrame:
        return self._table("articles")

    @cached_property
    def entities(self) -> pd.DataFrame:
        return self._table("entities")

    @cached_property
    def dates(self) -> pd.DataFrame:
        return self._table("dates")

    @cached_property
    def events(self) -> pd.DataFrame:
        return self._table("events")

    @cached_property
    def treaties(self) -> pd.DataFrame:
        return self._table("treaties")

    @cached_property
    def timeline(self) -> pd.DataFrame:
        return self._table("timeline")

    @cached_property
    def rejects(self) -> pd.DataFrame:
        return self._table("rejects")

    def _table(self, name: str) -> pd.DataFrame:
        import pandas as pd
        import pyarrow.parquet as pq

        path = self.folder / f"{name}.parquet"
        try:
            columns = pq.ParquetFile(path).read().to_pydict()
        except (OSError, ValueError) as error:
            raise UsageError(f"{path}: cannot be read ({error}); make the run again") from error
        table: Table = BY_NAME[name]
        kinds = {column.name: DTYPES[column.kind] for column in table.columns}
        return pd.DataFrame({key: pd.Series(cells, dtype=kinds.get(key, "object")) for key, cells in columns.items()})


def read(folder: Path | str) -> Run:
    """Open a run's folder.

    Raises UsageError for a folder that is not there, holds no run, or a run that is not complete.
    """
    folder = Path(folder)
    if not folder.exists() and folder.with_name(f".{folder.name}.building").is_dir():
        raise UsageError(f"{folder}: the run was begun and is not finished; give the same command again")
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give the --output of a finished run")
    try:
        info = json.loads((folder / "run.json").read_text("utf-8"))
        rows = info["counts"]["tables"]
    except FileNotFoundError:
        raise UsageError(f"{folder}: no run.json, so no finished run; make the run again") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder / 'run.json'}: not a run's ({error!r}); make the run again") from error
    missing = [name for name in BY_NAME if name not in rows or not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise UsageError(f"{folder}: {', '.join(missing)} missing; the run is not complete, make it again")
    return Run(folder, info)
