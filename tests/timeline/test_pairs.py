"""The timeline on pairs of mentions that a reader judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from timeline_pairs import load, told

PAIRS = load()
LEAST_RECALL = 0.9


def one_row(pair: dict[str, Any], folder: Path) -> dict[str, Any] | None:
    """Return the row that holds both mentions, if there is one."""
    ids, lines = told([pair["one"], pair["other"], *pair.get("also", [])], folder)
    both = [line for line in lines if {ids[0], ids[1]} <= set(line["event_ids"].split(";"))]
    return both[0] if both else None


def test_the_pairs_are_many_and_mixed() -> None:
    mixed = [pair for pair in PAIRS if pair["one"]["language"] != pair["other"]["language"]]

    assert len(PAIRS) >= 40
    assert len(mixed) >= 20
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair["same"]], ids=lambda pair: pair["name"])
def test_two_happenings_stay_two_rows(pair: dict[str, Any], tmp_path: Path) -> None:
    assert one_row(pair, tmp_path) is None


def test_most_happenings_told_twice_are_one_row(tmp_path: Path) -> None:
    same = [pair for pair in PAIRS if pair["same"]]
    folders = [tmp_path / str(number) for number in range(len(same))]
    for folder in folders:
        folder.mkdir()
    found = [one_row(pair, folder) for pair, folder in zip(same, folders, strict=True)]
    missed = [pair["name"] for pair, row in zip(same, found, strict=True) if row is None]

    print(f"recall {1 - len(missed) / len(same):.3f} of {len(same)}; missed: {missed}")
    assert len(missed) / len(same) <= 1 - LEAST_RECALL, missed


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "conflict" in pair], ids=lambda pair: pair["name"])
def test_what_two_sources_say_differently_is_listed(pair: dict[str, Any], tmp_path: Path) -> None:
    row = one_row(pair, tmp_path)

    assert row is not None
    assert row["conflicts"].startswith(f"{pair['conflict']}: ")
    assert "(a.txt)" in row["conflicts"] and "(b.txt)" in row["conflicts"]
