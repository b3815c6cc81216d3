"""dragoman run --format jsonl: events on standard output while the input still comes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXT = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."
COMMAND = [sys.executable, "-m", "dragoman", "run", "-", "--format", "jsonl"]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        COMMAND,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    yield process
    process.kill()
    process.communicate()


def test_events_come_before_the_input_ends(running: subprocess.Popen[str]) -> None:
    assert running.stdin is not None and running.stdout is not None
    found = []
    for number in (1, 2):
        running.stdin.write(json.dumps({"id": f"n{number}", "text": TEXT}) + "\n")
        running.stdin.flush()
        found.append(json.loads(running.stdout.readline()))

    assert [event["doc_id"] for event in found] == ["stdin#n1", "stdin#n2"]
    assert found[0]["type"] == "treaty_signed"
    assert (found[0]["participants"], found[0]["date"]) == (["AZE", "TUR"], "2011-05-03")


def test_the_events_are_those_of_the_table(tmp_path: Path) -> None:
    import dragoman

    given = "".join(json.dumps({"id": number, "text": TEXT}) + "\n" for number in range(3))
    streamed = subprocess.run(COMMAND, cwd=tmp_path, input=given, capture_output=True, text=True, check=True).stdout
    tables = [sys.executable, "-m", "dragoman", "run", "-", "--output", "run", "--quiet"]
    subprocess.run(tables, cwd=tmp_path, input=given, text=True, check=True)
    events = dragoman.read(tmp_path / "run").events

    assert [json.loads(line)["event_id"] for line in streamed.splitlines()] == list(events["event_id"])


def test_a_rejection_is_told_aside_and_the_stream_goes_on(tmp_path: Path) -> None:
    given = "{broken\n" + json.dumps({"id": "whole", "text": TEXT}) + "\n"
    done = subprocess.run(COMMAND, cwd=tmp_path, input=given, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("rejected stdin#1: invalid-json:")
    assert json.loads(done.stdout)["doc_id"] == "stdin#whole"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "xml"], "it must be one of tables, jsonl"),
        ([], "no --output"),
        (["--format", "jsonl", "--output", "x"], "leave out --output"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: list[str], message: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "run", "-", *options]
    done = subprocess.run(command, cwd=tmp_path, input="", capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert message in done.stderr
