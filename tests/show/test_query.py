"""SQL over a run."""

from __future__ import annotations

import builtins
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from sample_run import write
from typer.testing import CliRunner

from dragoman.cli import application
from dragoman.errors import UsageError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    write(tmp_path / "it's a run")
    return tmp_path / "it's a run"


def ask(run: Path, sql: str, *options: str) -> str:
    pytest.importorskip("duckdb", reason="DuckDB is not installed (pip install 'dragoman[query]')")
    done = CliRunner().invoke(application(), ["query", str(run), sql, *options], catch_exceptions=False)
    return done.stdout


def test_the_tables_answer_as_csv(run: Path) -> None:
    sql = "select doc_id, participants, start from events where type = 'recognition' order by doc_id"

    assert ask(run, sql) == "doc_id,participants,start\nnews/bn.txt,AZE;ROU,58\nnews/en.txt,AZE;ROU,32\n"


def test_tables_can_be_joined_and_told_as_json(run: Path) -> None:
    sql = "select t.kind, t.signed, e.type from treaties t join events e using (event_id) where 'ROU' in t.parties"

    assert [json.loads(line) for line in ask(run, sql, "--format", "json").splitlines()] == [
        {"kind": "treaty", "signed": "1996-03", "type": "treaty_in_force"}
    ]


def test_a_table_is_drawn_for_people(run: Path) -> None:
    assert "│ recognition" in ask(run, "select type from events", "--format", "table")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select nothing from nowhere", "the tables are articles, entities, dates"),
        ("selct 1", "query: Parser Error"),
        ("select * from read_csv('/etc/passwd')", "Permission Error"),
        ("copy events to 'stolen.csv'", "Permission Error"),
        ("install httpfs", "query: "),
        ("set enable_external_access = true", "query: "),
    ],
)
def test_wrong_or_reaching_sql_is_a_usage_error(sql: str, message: str, run: Path) -> None:
    with pytest.raises(UsageError, match=message):
        ask(run, sql)


def test_without_duckdb_the_extra_is_named(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "duckdb", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'dragoman\[query\]'"):
        CliRunner().invoke(application(), ["query", str(run), "select 1"], catch_exceptions=False)
