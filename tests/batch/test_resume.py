"""Runs that are cut off: what stays, what is refused, what comes out in the end."""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import results
from dragoman.batch import job
from dragoman.batch.place import building_folder
from dragoman.batch.shards import ShardFiles
from dragoman.config import Settings
from dragoman.errors import UsageError

CONFTEST = Path(__file__).with_name("conftest.py")
FAULTS = Path(__file__).parents[2] / "benchmarks" / "faults.py"
Stop = Callable[[int], None]


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem + "_of_batch", path)
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


sample, faults = module(CONFTEST), module(FAULTS)
run_of, write_articles, Quiet = sample.run_of, sample.write_articles, sample.Quiet


@pytest.fixture
def quiet(articles: Path, tmp_path: Path) -> dict[str, bytes]:
    """The tables of a run that nobody disturbed."""
    run_of(articles, tmp_path / "quiet")
    tables: dict[str, bytes] = faults.tables_of(tmp_path / "quiet")
    return tables


def cut_off(articles: Path, output: Path, stopped: Stop) -> None:
    stopped(2)
    with pytest.raises(KeyboardInterrupt):
        run_of(articles, output)
    stopped(0)


def test_a_run_cut_off_goes_on_and_comes_out_the_same(
    articles: Path, quiet: dict[str, bytes], tmp_path: Path, stopped: Stop
) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    kept = len(list(building_folder(tmp_path / "run").glob("shards/*.jsonl")))
    listener = Quiet()
    run_of(articles, tmp_path / "run", listener)

    assert kept == 2
    assert "2 shards were finished earlier and not done again" in listener.lines
    assert listener.records == 200
    assert faults.tables_of(tmp_path / "run") == quiet
    assert not building_folder(tmp_path / "run").exists()


def test_workers_make_no_difference(articles: Path, quiet: dict[str, bytes], tmp_path: Path) -> None:
    run_of(articles, tmp_path / "run", workers=2)

    assert faults.tables_of(tmp_path / "run") == quiet


def test_a_damaged_shard_is_done_again(articles: Path, quiet: dict[str, bytes], tmp_path: Path, stopped: Stop) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    path = ShardFiles(building_folder(tmp_path / "run") / "shards").path(1)
    path.write_bytes(path.read_bytes()[:100])
    listener = Quiet()
    run_of(articles, tmp_path / "run", listener)

    assert "1 shards were finished earlier and not done again" in listener.lines
    assert faults.tables_of(tmp_path / "run") == quiet


def test_a_half_written_run_is_no_run(articles: Path, tmp_path: Path, stopped: Stop) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    folder = building_folder(tmp_path / "run")
    for place, message in ((tmp_path / "run", "not finished"), (folder, "no finished run")):
        with pytest.raises(UsageError, match=message):
            results.read(place)


def test_changed_input_is_refused_with_the_way_out(articles: Path, tmp_path: Path, stopped: Stop) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    write_articles(articles, 201)
    with pytest.raises(UsageError, match="input changed since; say --fresh"):
        run_of(articles, tmp_path / "run")
    summary = run_of(articles, tmp_path / "run", fresh=True)

    assert summary.ok + summary.rejected == 201


def test_input_changed_behind_its_time_stamp_is_refused_too(articles: Path, tmp_path: Path, stopped: Stop) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    noted = articles.stat()
    articles.write_text(articles.read_text().replace("Report 1.", "Report 9."))
    os.utime(articles, ns=(noted.st_atime_ns, noted.st_mtime_ns))

    with pytest.raises(UsageError, match="input changed since"):
        run_of(articles, tmp_path / "run")


def test_changed_settings_are_refused(articles: Path, tmp_path: Path, stopped: Stop) -> None:
    cut_off(articles, tmp_path / "run", stopped)

    with pytest.raises(UsageError, match="and settings changed since"):
        run_of(articles, tmp_path / "run", settings=Settings(entities="all"))


def test_changed_models_are_refused(
    articles: Path, tmp_path: Path, stopped: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(articles, tmp_path / "run", stopped)
    monkeypatch.setattr("dragoman.provenance.models_hashes", lambda models=None: {"all": "other"})

    with pytest.raises(UsageError, match="and models changed since"):
        run_of(articles, tmp_path / "run")


def test_a_run_cut_off_before_a_shard_was_done_leaves_nothing(articles: Path, tmp_path: Path, stopped: Stop) -> None:
    before = set(tmp_path.iterdir())
    stopped(-1)
    with pytest.raises(KeyboardInterrupt):
        run_of(articles, tmp_path / "run")

    assert set(tmp_path.iterdir()) == before


def test_a_run_killed_when_all_was_in_place_only_tidies_up(
    articles: Path, quiet: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(job.shutil, "rmtree", lambda *given, **options: None)
        run_of(articles, tmp_path / "run")
    left = building_folder(tmp_path / "run").exists()
    summary = run_of(articles, tmp_path / "run")

    assert left and not building_folder(tmp_path / "run").exists()
    assert (summary.ok, summary.rejected) == (196, 4)
    assert faults.tables_of(tmp_path / "run") == quiet


def test_a_finished_run_is_not_replaced_unasked(articles: Path, tmp_path: Path) -> None:
    run_of(articles, tmp_path / "run")
    with pytest.raises(UsageError, match="say --overwrite"):
        run_of(articles, tmp_path / "run")
    summary = run_of(articles, tmp_path / "run", overwrite=True)

    assert summary.ok == 196


@pytest.fixture
def frozen(articles: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run in a process of its own that holds its lock and waits for more input."""
    command = [sys.executable, "-m", "dragoman", "run", "-", "--output", str(tmp_path / "run")]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not building_folder(tmp_path / "run").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    yield running
    running.kill()
    running.communicate()


def test_two_runs_into_one_folder_exclude_each_other(
    articles: Path, tmp_path: Path, frozen: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(UsageError, match=f"process {frozen.pid} on .* is writing this run"):
        run_of(articles, tmp_path / "run")


def test_a_lock_ends_with_the_process_that_held_it(
    articles: Path, tmp_path: Path, frozen: subprocess.Popen[bytes]
) -> None:
    frozen.send_signal(signal.SIGKILL)
    frozen.wait()
    left = (tmp_path / ".run.lock").exists()
    summary = run_of(articles, tmp_path / "run")

    assert left and summary.ok == 196
    assert not (tmp_path / ".run.lock").exists()


def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", 600)
    run_of(source, tmp_path / "quiet", settings=Settings(language="en"))
    room = (tmp_path / "quiet" / "events.csv").stat().st_size // 2
    command = [sys.executable, "-m", "dragoman", "run", str(source), "--output", str(tmp_path / "run")]
    command += ["--language", "en"]  # the guesser of languages wants more room than the run
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    stood = (tmp_path / "run").exists()
    again = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (full.returncode, stood) == (2, False)
    assert "make room and give the same command again" in full.stderr
    assert "shards were finished earlier" in again.stderr
    assert faults.tables_of(tmp_path / "run") == faults.tables_of(tmp_path / "quiet")


@pytest.mark.slow
def test_runs_killed_at_random_moments_come_out_the_same(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", 400)
    found = faults.matrix([str(source)], tmp_path, moments=3, workers=2, seed=7)

    assert [fault.same for fault in found] == [True, True, True]


def command_line(process: str) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_a_worker_killed_from_outside_changes_nothing(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", 600)
    run_of(source, tmp_path / "quiet")
    running = subprocess.Popen(faults.command_of([str(source)], tmp_path / "run", 2))
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    deadline = time.monotonic() + 60
    while not list(building_folder(tmp_path / "run").glob("shards/*.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = [pid for pid in children.read_text().split() if b"spawn_main" in command_line(pid)]
    os.kill(int(workers[0]), signal.SIGKILL)

    assert running.wait(120) == 1
    assert faults.tables_of(tmp_path / "run") == faults.tables_of(tmp_path / "quiet")
    rejected = json.loads((tmp_path / "run" / "run.json").read_text())["counts"]["reasons"]
    assert rejected == {"empty": 12}


def test_a_run_killed_while_it_took_the_place_of_another_goes_on(
    articles: Path, quiet: dict[str, bytes], tmp_path: Path, stopped: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_of(write_articles(tmp_path / "other.jsonl", 3), tmp_path / "run")
    replace, calls = os.replace, []

    def killed_at_the_second(source: Path, target: Path) -> None:
        if Path(target) == tmp_path / "run":
            calls.append(source)
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("dragoman.writing.os.replace", killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            run_of(articles, tmp_path / "run", overwrite=True)
    run_of(articles, tmp_path / "run", overwrite=True)

    assert len(calls) == 1
    assert faults.tables_of(tmp_path / "run") == quiet
