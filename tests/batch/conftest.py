"""A small input, and runs of it inside the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import reading
from dragoman.batch import job
from dragoman.batch.shards import Told
from dragoman.config import Settings
from dragoman.writing import RunSummary

TEXT = "{} Azerbaijan and Turkey signed a treaty of friendship in Baku on {} May 2011. It entered into force in 2012."


class Quiet:
    """Listens and only counts."""

    def __init__(self) -> None:
        self.records = 0
        self.lines: list[str] = []

    def read(self, size: int) -> None:
        pass

    def finished(self, told: Told) -> None:
        self.records += told.records

    def say(self, line: str) -> None:
        self.lines.append(line)


def write_articles(path: Path, count: int) -> Path:
    """Write a file of short articles, every fiftieth of which cannot be read."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = "" if number % 50 == 49 else TEXT.format(f"Report {number}.", number % 28 + 1)
            file.write(json.dumps({"id": f"{number:05}", "text": text}) + "\n")
    return path


def run_of(source: Path, output: Path, listener: Quiet | None = None, **options: object) -> RunSummary:
    """Run a file or folder in this process."""
    settings = options.pop("settings", Settings())
    made = job.Job(reading.plan([source], leave_out=output), output, settings=settings, **options)  # type: ignore[arg-type]
    return job.run(made, listener=listener or Quiet(), note={}, ending=dict)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles.jsonl", 200)


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make runs in this process end by Ctrl-C after so many shards; 0 lets them run again."""
    finish = job.finish

    def stop_after(shards: int) -> None:
        def interrupted(shard: object, **options: object) -> Told:
            if getattr(shard, "number", 0) >= shards:
                raise KeyboardInterrupt
            return finish(shard, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(job, "finish", interrupted if shards else finish)

    return stop_after
