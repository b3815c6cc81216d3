"""Programs and windows that are closed after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from reportable import ARTICLES, run_of, write_articles
from reviewing import Program, View


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    return run_of(write_articles(folder / "articles", ARTICLES), folder / "run")


@pytest.fixture(scope="module")
def unchanged(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program for tests that only look: no verdict may be given there."""
    pytest.importorskip("nicegui", reason="NiceGUI is not installed (pip install 'dragoman[review]')")
    program = Program(run, tmp_path_factory.mktemp("unchanged"))
    yield program
    assert program.stored == ()
    program.kill()


@pytest.fixture
def review(run: Path, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    pytest.importorskip("nicegui", reason="NiceGUI is not installed (pip install 'dragoman[review]')")
    programs: list[Program] = []

    def started(other: Path | None = None, *more: str) -> Program:
        programs.append(Program(other or run, tmp_path / "corrections", *more))
        return programs[-1]

    yield started
    for program in programs:
        program.kill()


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., View]]:
    contexts = []

    def opened(program: Program, *, width: int = 1280, height: int = 900, scheme: str = "light") -> View:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        return View(context.new_page(), program.address)

    yield opened
    for context in contexts:
        context.close()
