"""docs/tables.md says what the tables are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.exports import PROFILES
from dragoman.tables import TABLES, Table

TEXT = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained(table: Table) -> None:
    section = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    (mine,) = [part for part in section if part.startswith(f"{table.name}\n")]
    words = set(re.findall(r"\w+", mine))

    assert set(table.names) <= words


def test_every_format_is_explained() -> None:
    assert set(PROFILES) <= set(re.findall(r"^\| `(\w+)` \|", TEXT, flags=re.MULTILINE))


def test_the_number_of_pairs_is_told_rightly() -> None:
    pairs = (Path(__file__).parents[1] / "timeline" / "pairs.toml").read_text("utf-8").count("[[pair]]")

    assert f"holds {pairs} pairs" in TEXT
