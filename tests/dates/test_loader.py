"""A wrong rule is refused with file, rule, problem and way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.dates.grammar import load_grammar
from dragoman.errors import RuleError
from dragoman.pack import models_folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    shutil.copytree(models_folder() / "en", tmp_path / "en")
    shutil.copy(models_folder() / "folding.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("id = 'en.x'\npattern = '{day}'\nvalue = '{day}'", "has no hits"),
        ("id = 'en.x'\nvalue = '{day}'\nhits = [{text = '5'}]", "has no pattern"),
        ("id = 'en.x'\npattern = '{day}'\nhits = [{text = '5'}]", "has no value"),
        ("id = 'en.x'\npattern = '{day} {colour}'\nvalue = '{day}'\nhits = [{text = '5'}]", "{colour}"),
        ("id = 'en.x'\npattern = 'on {day}'\nvalue = '{day}'\nhits = [{text = '5'}]", "does not begin"),
        ("id = 'en.x'\npattern = '{day}('\nvalue = '{day}'\nhits = [{text = '5'}]", "wrong pattern"),
        ("id = 'en.x'\npattern = '{day}'\nvalue = '{day}'\nhit = 1\nhits = [{text = '5'}]", "unknown keys"),
        ("id = 'en.date.iso'\npattern = '{day}'\nvalue = '{day}'\nhits = [{text = '5'}]", "stands there twice"),
    ],
)
def test_a_wrong_rule_is_refused(models: Path, rule: str, problem: str) -> None:
    path = models / "en" / "dates.toml"
    path.write_text(path.read_text("utf-8") + f"\n[[rule]]\n{rule}\n", "utf-8")

    with pytest.raises(RuleError) as caught:
        load_grammar("en", models)

    assert problem in str(caught.value)
    assert str(path) in str(caught.value)
