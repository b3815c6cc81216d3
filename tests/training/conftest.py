from __future__ import annotations

from pathlib import Path

import pytest
from tests_training import corpus_folder, model_folder

from dragoman.names.recipe import Recipe, read_recipe


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return corpus_folder(tmp_path)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return model_folder(tmp_path)


@pytest.fixture
def recipe(output: Path) -> Recipe:
    return read_recipe(output / "recipe.toml")
