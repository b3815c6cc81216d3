"""Shorthands for the tests of reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.config import settle
from dragoman.reading import read
from dragoman.records import Article, Rejection

Records = list[Article | Rejection]


@pytest.fixture
def records(tmp_path: Path) -> Callable[..., Records]:
    """Read the test's folder, with input settings given by name."""

    def reading(**options: object) -> Records:
        return list(read([tmp_path], settings=settle({"input": options})))

    return reading
