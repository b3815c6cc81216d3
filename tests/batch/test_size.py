"""Articles of any length: read within bounded memory, or rejected by name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import measured
import pytest

MEBIBYTE = 1024 * 1024
SENTENCE = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011, after long talks.\n"


def run(folder: Path, source: str) -> tuple[int, dict[str, int]]:
    """Run one file; return the peak memory in MiB and the reasons of rejections."""
    command = [sys.executable, measured.__file__, "run", source, "--output", "run", "--quiet"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    info = json.loads((folder / "run" / "run.json").read_text())
    return int(done.stderr.split()[-1]), info["counts"]["reasons"]


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.csv"])
def test_an_article_of_200_megabytes_is_rejected_by_name_in_little_memory(name: str, tmp_path: Path) -> None:
    heads = {"long.txt": ("", ""), "long.jsonl": ('{"text": "', '"}\n'), "long.csv": ('id,text\n1,"', '"\n')}
    before, after = heads[name]
    with (tmp_path / name).open("w") as file:
        file.write(before)
        for _ in range(200):
            file.write("Baku and Ankara talk. " * (MEBIBYTE // 22))
        file.write(after)
    peak, reasons = run(tmp_path, name)

    assert reasons["too-large"] == 1
    assert peak < 600


def test_a_long_article_is_read_in_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(SENTENCE * 3000)
    peak, reasons = run(tmp_path, "long.txt")

    assert reasons == {}
    assert peak < 600
