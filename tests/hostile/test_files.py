"""Files made to harm: bombs, names that lead elsewhere, words without end. The run goes on, in bounded memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import measured
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman import flow
from dragoman.annotations import export
from dragoman.config import settle
from dragoman.pack import languages
from dragoman.records import Article, Rejection

MEBIBYTE = 1 << 20
TEXT = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."


def run(folder: Path, *options: str) -> tuple[int, dict[str, str]]:
    """Run a folder; return the peak memory in MiB and the status or reason of each article."""
    import dragoman

    command = [sys.executable, measured.__file__, "run", "in", "--output", "out", "--quiet", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    articles = dragoman.read(folder / "out").articles
    found = {row.doc_id: row.status if row.status == "ok" else row.reason for row in articles.itertuples()}
    return int(done.stderr.split()[-1]), found


def packed(path: Path, head: bytes, tail: bytes, mebibytes: int) -> None:
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(head)
        for _ in range(mebibytes):
            file.write(b"a" * MEBIBYTE)
        file.write(tail)


@pytest.mark.slow
def test_bombs_are_rejected_by_name_in_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed(folder / "a.txt.gz", b"", b"", 300)
    packed(folder / "b.jsonl.gz", b'{"text": "', b'"}\n' + json.dumps({"text": TEXT}).encode(), 300)
    packed(folder / "c.csv.gz", b"id,text\n1,", b"\n", 300)
    packed(folder / "d.csv.gz", b"", b"\n", 300)
    packed(folder / "e.html.gz", b"<p>", b"", 300)
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 64, pa.int32()), pa.array(["a" * 50 * MEBIBYTE]))
    pq.write_table(pa.table({"text": many}), folder / "f.parquet", compression="zstd")
    del many
    with zipfile.ZipFile(folder / "g.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", "a" * MEBIBYTE)
    (folder / "h.txt").write_bytes((folder / "g.zip").read_bytes())
    (folder / "i.txt").write_text(TEXT)
    peak, found = run(tmp_path)

    assert {name: reason for name, reason in found.items() if not name.startswith("f.")} == {
        "a.txt.gz": "too-large",
        "b.jsonl.gz#1": "too-large",
        "b.jsonl.gz#2": "ok",
        "c.csv.gz#1": "too-large",
        "c.csv.gz#1-": "invalid-csv",
        "d.csv.gz": "missing-text",
        "e.html.gz": "too-large",
        "g.zip": "unsupported-format",
        "h.txt": "binary",
        "i.txt": "ok",
    }
    assert {reason for name, reason in found.items() if name.startswith("f.")} == {"too-large"}
    assert peak < 600


def test_names_that_lead_elsewhere_write_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "work"
    (folder / "in").mkdir(parents=True)
    names = ["../../up", "/etc/passwd", "..\\..\\up", "a/../../../b", "\u202egpj.exe", "x\u0000y", "." * 300, "con:*?"]
    lines = [json.dumps({"id": name, "title": name, "text": TEXT}) + "\n" for name in names]
    (folder / "in" / "a.jsonl").write_text("".join(lines))
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(folder)}
    _, found = run(folder)
    for tool in ("brat", "inception"):
        export(folder / "out", folder / tool, format=tool)

    assert sorted(found.values()) == ["ok"] * len(names)
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(folder)} == before
    written = list((folder / "brat").glob("*.ann"))
    assert len(written) == len(names) - 1  # a name with NUL is not the one in the tables


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("letter", ["a", "İ", "ক", "\n", "\u202e"])
def test_a_word_of_ten_megabytes_takes_seconds(letter: str, language: str) -> None:
    settings = settle({"language": language, "input": {"max_characters": 20_000_000}})
    flow.process(Article("warm", "warm", TEXT), settings=settings)
    text = f"Baku {letter * (10 * MEBIBYTE // len(letter.encode()))} Turkey signed a treaty on 3 May 2011."
    before = time.process_time()
    made = flow.process(Article("a", "a", text), settings=settings)
    seconds = time.process_time() - before

    assert not isinstance(made, Rejection)
    assert seconds < 30


PAGES = {
    "a.html": "<div>" * 300_000 + f"<p>{TEXT}" + "</div>" * 300_000,
    "b.html": "<p " + "a=1 " * 500_000 + f">{TEXT}",
    "c.html": "<" * 2_000_000,
    "d.html": "<table><tr><td>" * 100_000 + TEXT,
    "e.html": f"<!--{'-' * 2_000_000}{TEXT}",
}


@pytest.mark.slow
def test_pages_nested_without_end_are_read_or_rejected(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, page in PAGES.items():
        (tmp_path / "in" / name).write_text(page)
    (tmp_path / "in" / "z.txt").write_text(TEXT)
    peak, found = run(tmp_path)

    assert found.pop("z.txt") == "ok"
    assert set(found) == set(PAGES)
    assert set(found.values()) <= {"ok", "empty", "too-slow"}
    assert peak < 600
