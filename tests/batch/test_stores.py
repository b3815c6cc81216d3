"""Runs written into databases: nothing doubled, nothing left over."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import reading, results
from dragoman.batch import job, stores
from dragoman.batch.databases import database_of
from dragoman.cells import joined
from dragoman.config import Settings
from dragoman.errors import UsageError
from dragoman.reporting import Reporter
from dragoman.tables import BOOLEAN, LIST, TABLES, Table

SIGNED = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."
VISITED = "The president of Georgia visited Kazakhstan on 5 June 2012."
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def run(folder: Path, **texts: str) -> Path:
    """Run some articles, given by id."""
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    plan = reading.plan([source])
    made = job.Job(plan, folder / "run", settings=Settings(), overwrite=True)
    job.run(made, listener=Reporter(0, quiet=True, stream=sys.stderr, clock=float), note={}, ending=dict)
    return folder / "run"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own, on a free port; its address."""
    pytest.importorskip("adbc_driver_postgresql", reason="the extra postgresql is not installed")
    if not BINARIES:
        pytest.skip("no PostgreSQL server is installed")
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    folder = Path("/tmp") / f"dragoman-postgres-{os.getpid()}"
    folder.mkdir()
    shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tools = BINARIES[-1].parent
    options = f"-p {port} -k {folder} -c fsync=off -h 127.0.0.1"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "check": True, "user": user, "cwd": folder}
    subprocess.run([tools / "initdb", "-D", folder / "data", "-A", "trust", "-U", "dragoman", "-E", "UTF8"], **quiet)
    subprocess.run([tools / "pg_ctl", "-D", folder / "data", "-o", options, "-w", "start"], **quiet)
    yield f"postgresql://dragoman@127.0.0.1:{port}/postgres"
    subprocess.run([tools / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        address = str(request.getfixturevalue("server"))
        database = database_of(address)
        for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public", "COMMIT"):
            database.run(statement)
        database.close()
        return address
    if request.param == "duckdb":
        pytest.importorskip("duckdb", reason="the extra query is not installed")
    return f"{request.param}:{tmp_path / 'events.db'}"


def rows(target: str, table: Table) -> list[tuple[Any, ...]]:
    """Read a table of a store, lists joined."""
    database = database_of(target)
    kinds = [column.kind for column in table.columns]
    found = [tuple(_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in database.rows(table)]
    database.close()
    return sorted(found, key=repr)


def _cell(cell: Any, kind: str) -> Any:
    if kind == LIST and not isinstance(cell, str):
        return joined(cell or ())
    return bool(cell) if kind == BOOLEAN else cell


def written(folder: Path, table: Table) -> list[tuple[Any, ...]]:
    """Read a table of a run in the same shape."""
    import pandas as pd

    frame = getattr(results.read(folder), table.name)
    kinds = [column.kind for column in table.columns]
    return sorted(
        (
            tuple(
                joined(cell) if kind == LIST else None if pd.isna(cell) else cell
                for cell, kind in zip(row, kinds, strict=True)
            )
            for row in frame.itertuples(index=False)
        ),
        key=repr,
    )


def test_a_store_holds_a_run_once_however_often_it_is_loaded(target: str, tmp_path: Path) -> None:
    folder = run(tmp_path, a=SIGNED, b=SIGNED, c=VISITED, d="")
    for _ in range(2):
        stores.load(folder, target)

    assert {table.name: rows(target, table) for table in TABLES} == {
        table.name: written(folder, table) for table in TABLES
    }
    assert len(rows(target, TABLES[3])) == 3


def test_a_changed_article_replaces_its_rows_and_leaves_the_others(target: str, tmp_path: Path) -> None:
    stores.load(run(tmp_path, a=SIGNED, b=SIGNED, d=""), target)
    stores.load(run(tmp_path, a=VISITED, d="", e=SIGNED), target)
    whole = run(tmp_path, a=VISITED, b=SIGNED, d="", e=SIGNED)

    assert {table.name: rows(target, table) for table in TABLES} == {
        table.name: written(whole, table) for table in TABLES
    }


def test_a_failure_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = f"sqlite:{tmp_path / 'events.db'}"
    stores.load(run(tmp_path, a=SIGNED), target)
    before = rows(target, TABLES[3])
    other = run(tmp_path, a=VISITED)
    monkeypatch.setattr("dragoman.timeline.merged", lambda events: 1 / 0)
    with pytest.raises(UsageError, match="nothing was written"):
        stores.load(other, target)

    assert rows(target, TABLES[3]) == before


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://x", "give sqlite:FILE"),
        ("sqlite:", "give sqlite:FILE"),
        ("sqlite:/nowhere/at/all.db", "cannot be opened"),
        ("postgresql://me:secret@127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_before_the_run(address: str, message: str) -> None:
    if address.startswith("postgresql"):
        pytest.importorskip("adbc_driver_postgresql", reason="the extra postgresql is not installed")
    with pytest.raises(UsageError, match=message) as caught:
        stores.check(address)

    assert "secret" not in str(caught.value)


def test_a_run_goes_into_a_store_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIGNED)
    command = [sys.executable, "-m", "dragoman", "run", "a.txt", "-o", "run", "-q", "--to", "sqlite:events.db"]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = sqlite3.connect(tmp_path / "events.db").execute("SELECT type, participants FROM events").fetchall()

    assert found == [("treaty_signed", "AZE;TUR")]
