"""The command line as a user calls it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Completed = subprocess.CompletedProcess[str]


@pytest.fixture
def dragoman(tmp_path: Path) -> Callable[..., Completed]:
    """Call dragoman in the test's folder."""

    def call(*arguments: object, stdin: str = "") -> Completed:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return call
