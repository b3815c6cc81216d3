"""Opening a run with pandas."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_run import write

from dragoman.errors import UsageError
from dragoman.results import read


def test_tables_come_typed_and_lists_as_lists(tmp_path: Path) -> None:
    write(tmp_path / "run")
    run = read(tmp_path / "run")
    recognition = run.events[run.events["type"] == "recognition"]

    assert recognition["participants"].tolist() == [["AZE", "ROU"], ["AZE", "ROU"]]
    assert run.events["persons"].tolist()[0] == ["ক;খ", "গ\\ঘ"]
    assert str(run.events["start"].dtype) == "Int64"
    assert str(run.dates["relative"].dtype) == "boolean"
    assert run.treaties["count_min"].isna().all()
    assert run.info["counts"]["tables"]["events"] == len(run.events)


def test_every_table_is_there_even_when_empty(tmp_path: Path) -> None:
    write(tmp_path / "run", records=[])
    run = read(tmp_path / "run")

    frames = [run.articles, run.entities, run.dates, run.events, run.treaties, run.timeline, run.rejects]
    assert [len(frame) for frame in frames] == [0] * 7
    assert "event_id" in run.events.columns


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        read(tmp_path / "nowhere")


def test_a_folder_without_a_run_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no finished run"):
        read(tmp_path)


def test_half_a_run_is_a_usage_error(tmp_path: Path) -> None:
    write(tmp_path / "run")
    (tmp_path / "run" / "events.parquet").unlink()
    with pytest.raises(UsageError, match="events missing"):
        read(tmp_path / "run")


def test_a_damaged_table_is_a_usage_error(tmp_path: Path) -> None:
    write(tmp_path / "run")
    (tmp_path / "run" / "events.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match="cannot be read"):
        _ = read(tmp_path / "run").events
