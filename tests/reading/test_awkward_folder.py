"""A folder with everything that goes wrong, through the whole program: nothing is lost, the rest is read."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EN = "Romania recognised the independence of Azerbaijan on 11 December 1991."
AZ = "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb."

EXPECTED = {
    "a.txt": "ok",
    "binary.txt": "binary",
    "deep/nested/az.txt": "ok",
    "empty.txt": "empty",
    "lines.jsonl#1": "ok",
    "lines.jsonl#2": "invalid-json",
    "lines.jsonl#3": "missing-text",
    "lines.jsonl#same": "ok",
    "lines.jsonl#same@5": "duplicate-id",
    "loop": "symlink-loop",
    "long.txt": "too-large",
    "missing.csv": "missing-text",
    "notes.docx": "unsupported-format",
    "numbers.txt": "undetermined",
    "turkish.txt": "unsupported-language",
    "utf16.txt": "ok",
    "windows.txt": "ok",
    "আমার লেখা.txt": "ok",
}


def build(folder: Path) -> None:
    (folder / "deep" / "nested").mkdir(parents=True)
    (folder / "a.txt").write_text(EN)
    (folder / "deep" / "nested" / "az.txt").write_text(AZ, "utf-8-sig")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "long.txt").write_bytes(b"word " * 10_000_000)
    (folder / "lines.jsonl").write_text(
        "\n".join(
            [
                json.dumps({"text": EN}),
                '{"text": broken}',
                json.dumps({"title": "no text"}),
                json.dumps({"id": "same", "text": EN}),
                json.dumps({"id": "same", "text": EN}),
            ]
        )
    )
    (folder / "loop").symlink_to(folder)
    (folder / "missing.csv").write_text("id,body\n1,words\n")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    (folder / "numbers.txt").write_text("1991 1992 1993")
    (folder / "turkish.txt").write_text("Taraflar ticaret anlaşmasını imzaladı ve yürürlüğe koydu.", "utf-8")
    (folder / "utf16.txt").write_text(AZ, "utf-16")
    (folder / "windows.txt").write_bytes(f"{EN} The \u201ctreaty\u201d followed \u2013 later.".encode("cp1254"))
    (folder / "আমার লেখা.txt").write_text("রোমানিয়া ১৯৯১ সালের ১১ ডিসেম্বর আজারবাইজানকে স্বীকৃতি দেয়।", "utf-8")


def rows(run: Path, table: str) -> list[dict[str, str]]:
    with (run / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    home = tmp_path_factory.mktemp("awkward")
    (home / "in").mkdir()
    build(home / "in")
    command = [sys.executable, "-m", "dragoman", "run", "in", "--output", "out"]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, encoding="utf-8"), home / "out"


def test_every_record_ends_in_articles_with_its_reason(
    finished: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, run = finished

    found = {row["doc_id"]: row["reason"] or row["status"] for row in rows(run, "articles")}
    assert found == EXPECTED
    assert done.returncode == 1


def test_every_rejection_says_what_to_do(finished: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, run = finished

    rejects = rows(run, "rejects")
    assert sorted(row["reason"] for row in rejects) == sorted(status for status in EXPECTED.values() if status != "ok")
    assert all(len(row["message"]) > 10 for row in rejects)


def test_the_events_of_the_rest_are_found(finished: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, run = finished

    found = {row["doc_id"] for row in rows(run, "events") if row["date"] == "1991-12-11"}
    assert found == {doc_id for doc_id, status in EXPECTED.items() if status == "ok"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read everything")
def test_an_unreadable_file_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN)
    (tmp_path / "secret.txt").write_text(EN)
    (tmp_path / "secret.txt").chmod(0)
    command = [sys.executable, "-m", "dragoman", "run", tmp_path, "--output", tmp_path / "out"]

    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 1
    assert {row["doc_id"]: row["reason"] for row in rows(tmp_path / "out", "articles")} == {
        "a.txt": "",
        "secret.txt": "unreadable",
    }
