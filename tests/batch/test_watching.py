"""dragoman watch: each file once, whenever it comes and however the watching ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman
from dragoman import reading
from dragoman.batch import job
from dragoman.batch.watching import Watch
from dragoman.config import Settings
from dragoman.errors import UsageError
from dragoman.reporting import Reporter

SIGNED = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."
VISITED = "The president of Georgia visited Kazakhstan on 5 June 2012."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(SIGNED)
    return folder


def listener() -> Reporter:
    return Reporter(0, quiet=True, stream=sys.stderr, clock=float)


def watch(inbox: Path, settings: Settings | None = None) -> Watch:
    watched = Watch(inbox, inbox.parent / "run", settings or Settings(), listener())
    watched.begin()
    return watched


def events(run: Path) -> list[str]:
    return sorted(dragoman.read(run).events["doc_id"])


def tables(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(run.iterdir()) if path.suffix in {".csv", ".parquet"}}


def test_a_file_is_read_when_it_lies_still(inbox: Path) -> None:
    watched = watch(inbox)
    looks = [watched.look()]
    (inbox / "a.txt").write_text(SIGNED + " ")
    looks += [watched.look(), watched.look(), watched.look()]

    assert looks == [0, 0, 1, 0]


def test_the_tables_are_those_of_one_run_over_all_files(inbox: Path, tmp_path: Path) -> None:
    for name, text in (("c.txt", VISITED), ("b.txt", SIGNED), ("empty.txt", "")):
        watched = watch(inbox)
        watched.look(at_once=True)
        watched.write({}, dict)
        (inbox / name).write_text(text)
    watched.look(at_once=True)
    watched.write({}, dict)
    plan = reading.plan([inbox])
    job.run(job.Job(plan, tmp_path / "whole", Settings()), listener=listener(), note={}, ending=dict)

    assert tables(tmp_path / "run") == tables(tmp_path / "whole")
    assert not watched.behind()


def test_a_changed_file_replaces_its_rows_and_a_removed_one_keeps_them(inbox: Path, tmp_path: Path) -> None:
    (inbox / "b.txt").write_text(SIGNED)
    watched = watch(inbox)
    watched.look(at_once=True)
    watched.write({}, dict)
    (inbox / "a.txt").write_text(VISITED)
    (inbox / "b.txt").unlink()
    watched.look(at_once=True)
    watched.write({}, dict)
    found = dragoman.read(tmp_path / "run").events

    assert dict(zip(found["doc_id"], found["type"], strict=True)) == {"a.txt": "visit", "b.txt": "treaty_signed"}


def test_what_was_read_before_a_kill_is_written_and_not_read_again(inbox: Path, tmp_path: Path) -> None:
    watch(inbox).look(at_once=True)
    again = watch(inbox)

    assert again.look(at_once=True) == 0
    assert again.behind()
    again.write({}, dict)
    assert events(tmp_path / "run") == ["a.txt"]


def test_changed_settings_are_refused(inbox: Path) -> None:
    watch(inbox).look(at_once=True)

    with pytest.raises(UsageError, match="settings changed since; say --fresh"):
        watch(inbox, Settings(entities="all"))


def test_a_run_of_another_kind_is_not_replaced(inbox: Path, tmp_path: Path) -> None:
    plan = reading.plan([inbox])
    job.run(job.Job(plan, tmp_path / "run", Settings()), listener=listener(), note={}, ending=dict)

    with pytest.raises(UsageError, match="holds a run already"):
        watch(inbox)


@pytest.fixture
def watching(inbox: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "dragoman", "watch", "inbox", "--output", "run", "--every", "0.2"]
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield running
    running.kill()
    running.wait()


def test_articles_come_in_while_it_watches(watching: subprocess.Popen[bytes], inbox: Path, tmp_path: Path) -> None:
    deadline = time.monotonic() + 90
    while not (tmp_path / "run" / "run.json").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    (inbox / "b.txt").write_text(VISITED)
    found: list[str] = []
    while len(found) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
        try:
            found = events(tmp_path / "run")
        except UsageError:  # the moment between the old folder and the new
            continue
    watching.send_signal(signal.SIGINT)

    assert found == ["a.txt", "b.txt"]
    assert watching.wait(30) == 0
