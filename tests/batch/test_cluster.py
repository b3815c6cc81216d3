"""Runs on a Dask cluster, from and to addresses: the tables are those of any other run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import reading
from dragoman.batch import cluster, job, publishing
from dragoman.batch.pool import CRASHED
from dragoman.batch.shards import ShardFiles, divide
from dragoman.config import Settings
from dragoman.errors import DragomanError, UsageError
from dragoman.records import Article
from dragoman.reporting import Reporter

TEXT = "{} Azerbaijan and Turkey signed a treaty of friendship in Baku on {} May 2011."

pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    texts = ["" if number % 50 == 49 else TEXT.format(number, number % 28 + 1) for number in range(150)]
    path.write_text("".join(json.dumps({"id": f"{n:03}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


@pytest.fixture
def memory() -> Iterator[Any]:
    """An empty store in memory."""
    import fsspec

    store = fsspec.filesystem("memory")
    store.rm("/", recursive=True) if store.ls("/") else None
    yield store
    store.rm("/", recursive=True) if store.ls("/") else None


def run(plan: reading.Plan, output: Path, **options: Any) -> job.RunSummary:
    listener = Reporter(0, quiet=True, stream=sys.stderr, clock=float)
    return job.run(job.Job(plan, output, Settings(), **options), listener=listener, note={}, ending=dict)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in {".csv", ".parquet"}}


@pytest.fixture
def quiet(source: Path, tmp_path: Path) -> dict[str, bytes]:
    run(reading.plan([source]), tmp_path / "quiet")
    return tables(tmp_path / "quiet")


def test_a_cluster_makes_the_same_tables(source: Path, quiet: dict[str, bytes], tmp_path: Path) -> None:
    run(reading.plan([source]), tmp_path / "run", cluster="local:2")

    assert tables(tmp_path / "run") == quiet


@pytest.mark.slow
def test_a_record_that_kills_workers_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import deadly

    texts = [TEXT.format(deadly.ALWAYS if number == 1 else number, 3) for number in range(3)]
    files = ShardFiles(tmp_path)
    shards = divide(Article(f"a#{number}", "a", text) for number, text in enumerate(texts))
    crowd = cluster.Cluster("local:1", Settings(), files, task=deadly.read_unless_killed)
    try:
        finished = [number for number, _ in crowd.finish_all(shards)]
    finally:
        crowd.stop()

    assert finished == [0]
    assert [outcome.article and outcome.article[9] for outcome in files.load(0)] == [None, CRASHED, None]


def test_a_worker_with_other_models_is_refused(source: Path) -> None:
    shard = next(divide(reading.read(reading.plan([source]), settings=Settings())))

    assert cluster.read_shard(shard, Settings(), "other") == (
        3,
        "a worker has another dragoman or other models; install the same there",
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("local:", "write the number of workers"),
        ("local:0", "write the number of workers"),
        ("scheduler:8786", "give tcp://HOST:PORT"),
    ],
)
def test_a_wrong_address_of_a_cluster_is_refused(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cluster.check(address)


def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTS_WITHIN", 1)

    with pytest.raises(UsageError, match="no scheduler answers there"):
        cluster.Cluster("tcp://127.0.0.1:1", Settings(), ShardFiles(tmp_path))


def test_a_store_is_read_and_written_as_a_folder_is(
    source: Path, quiet: dict[str, bytes], memory: Any, tmp_path: Path
) -> None:
    memory.pipe_file("/in/articles.jsonl", source.read_bytes())
    memory.pipe_file("/in/.hidden/other.txt", b"not read")
    summary = run(reading.plan(["memory://in"]), tmp_path / "here", address="memory://out/run")
    written = {name: memory.cat_file(f"/out/run/{name}") for name in quiet}

    assert written == quiet
    assert json.loads(memory.cat_file("/out/run/run.json"))["counts"]["articles"] == {"ok": 147, "rejected": 3}
    assert summary.folder == "memory://out/run"
    assert [path.name for path in tmp_path.iterdir() if "here" in path.name] == []


def test_names_are_those_below_the_folder_given(memory: Any) -> None:
    for path in ("/in/b.txt", "/in/deep/a.jsonl.gz", "/in/deep/../c.txt"):
        memory.pipe_file(path, b"x")
    found = reading.plan(["memory://in"])

    assert [source.name for source in found.sources] == sorted(source.name for source in found.sources)
    assert {source.name for source in found.sources} >= {"b.txt", "deep/a.jsonl.gz"}
    assert [source.name for source in reading.plan(["memory://in/b.txt"]).sources] == ["b.txt"]


def test_an_upload_cut_off_is_finished_by_the_same_command(
    source: Path, quiet: dict[str, bytes], memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, local: str, remote: str, **options: Any) -> None:
        if remote.endswith("timeline.csv"):
            raise OSError("the line is dead")
        put_file(self, local, remote, **options)

    put_file = type(memory).put_file
    with monkeypatch.context() as patched:
        patched.setattr(type(memory), "put_file", broken)
        with pytest.raises(UsageError, match="give the same command again"):
            run(reading.plan([source]), tmp_path / "here", address="memory://out/run")
    half = memory.exists("/out/run/articles.csv"), memory.exists("/out/run/run.json")
    monkeypatch.setattr("dragoman.flow.process", lambda article, **options: 1 / 0)
    run(reading.plan([source]), tmp_path / "here", address="memory://out/run")

    assert half == (True, False)
    assert {name: memory.cat_file(f"/out/run/{name}") for name in quiet} == quiet


def test_a_run_at_an_address_is_not_replaced_unasked(memory: Any) -> None:
    memory.pipe_file("/out/run/run.json", b"{}")
    with pytest.raises(UsageError, match="say --overwrite"):
        publishing.check("memory://out/run", overwrite=False)
    memory.pipe_file("/out/run/mine.txt", b"mine")
    with pytest.raises(UsageError, match="holds other things"):
        publishing.check("memory://out/run", overwrite=True)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["memory://nowhere"], "no such file or folder"),
        (["memory://x", "a.txt"], "cannot be read together with addresses"),
        (["nostore://x"], "check the address"),
    ],
)
def test_an_address_that_cannot_be_read_is_told(inputs: list[str], message: str) -> None:
    with pytest.raises(DragomanError, match=message):
        reading.plan(inputs)
