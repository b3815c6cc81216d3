"""Tables written by a second process: the same bytes, whatever becomes of that process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sample_run import REJECTIONS, bengali, english

from dragoman import aside, sheets
from dragoman.spool import Spool
from dragoman.tables import TABLES, Table
from dragoman.writing import RunWriter


def written(folder: Path, *, workers: int) -> dict[str, bytes]:
    with RunWriter(folder, settings={}, command=[], workers=workers) as writer:
        for extraction in (english(), bengali()):
            writer.add(extraction)
        for rejection in REJECTIONS:
            writer.reject(rejection)
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, bytes]:
    return written(tmp_path / "alone" / "run", workers=1)


def test_two_processes_write_what_one_writes(
    tmp_path: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[sheets.WrittenTable] = []
    kept = aside._brought
    monkeypatch.setattr(aside, "LARGE", 0)

    def watched(*given: Any) -> list[sheets.WrittenTable]:
        brought.extend(kept(*given))
        return brought

    monkeypatch.setattr(aside, "_brought", watched)

    assert written(tmp_path / "both" / "run", workers=2) == alone
    assert [one.table.name for one in brought] == ["articles", "entities", "dates", "treaties", "rejects"]


def test_a_small_run_starts_no_second_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "writing_aside", lambda *given: pytest.fail("was started"))

    assert len(written(tmp_path / "run", workers=2)) == 2 * len(TABLES) + 1


def dies(table: Table, spool: Spool, folder: Path) -> sheets.WrittenTable:
    os._exit(9)


def test_what_a_process_that_dies_leaves_undone_is_written_here(
    tmp_path: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = aside.writing_aside
    monkeypatch.setattr(aside, "LARGE", 0)
    monkeypatch.setattr(aside, "writing_aside", lambda tables, spool, folder, write: start(tables, spool, folder, dies))

    assert written(tmp_path / "dying" / "run", workers=2) == alone
