"""dragoman release, as a user meets it: freeze, be refused, look, read with a release, go back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_models import RULES, small_models

Call = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "Chile and Peru signed a treaty in May 1998."
CONFIG = '[languages.en]\nnames = "gazetteer"\n'


@pytest.fixture
def dragoman(tmp_path: Path) -> Call:
    """Call dragoman in a folder with models of one language, six gold articles and one text to read."""
    models = small_models(tmp_path)
    lines = [_gold(number, word) for number, word in enumerate(["Chile", "Ghana", "Cuba", "Mali", "Togo", "Fiji"])]
    (tmp_path / "gold.jsonl").write_text("".join(lines), "utf-8")
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        environment = {**os.environ, "DRAGOMAN_MODELS": str(models)}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return call


def _gold(number: int, state: str) -> str:
    text = f"{state} and Peru signed a treaty in May 1998. {state} and Peru agreed in 2001."
    codes = {"Chile": "CHL", "Ghana": "GHA", "Cuba": "CUB", "Mali": "MLI", "Togo": "TGO", "Fiji": "FJI"}
    events = [
        {
            "type": "treaty_signed",
            "start": text.index(word),
            "end": text.index(word) + len(word),
            "date": date,
            "participants": [codes[state], "PER"],
        }
        for word, date in (("signed", "1998-05"), ("agreed", "2001"))
    ]
    return json.dumps({"id": str(number), "language": "en", "text": text, "events": events}) + "\n"


def worsen(folder: Path) -> None:
    """Take away the second rule."""
    path = folder / "models" / "en" / "rules" / "treaties.toml"
    path.write_text(RULES[: RULES.rindex("[[rule]]")], "utf-8")


def rows(folder: Path) -> int:
    return int(json.loads((folder / "run.json").read_text("utf-8"))["counts"]["tables"]["events"])


def named(folder: Path) -> str:
    return str(json.loads((folder / "run.json").read_text("utf-8"))["release"])


def test_a_release_is_frozen_told_and_named_by_runs(dragoman: Call, tmp_path: Path) -> None:
    before = dragoman("run", "text.txt", "--output", "before")
    frozen = dragoman("release", "--id", "1", "--note", "the first", "--gold", "gold.jsonl")
    dragoman("run", "text.txt", "--output", "after")
    told = dragoman("release", "list").stdout

    assert (before.returncode, frozen.returncode, frozen.stderr) == (0, 0, "")
    assert "en: 6 articles, F1 events.type 1.000, events.full 1.000" in frozen.stdout
    assert (named(tmp_path / "before"), named(tmp_path / "after")) == ("working", "1")
    assert told.startswith("* 1  ")
    assert "the first" in told


def test_worse_rules_are_refused_and_can_be_let_through_and_taken_back(dragoman: Call, tmp_path: Path) -> None:
    dragoman("release", "--id", "1", "--gold", "gold.jsonl")
    worsen(tmp_path)
    refused = dragoman("release", "--id", "2", "--gold", "gold.jsonl")
    none = not (tmp_path / "models" / "releases" / "2").exists()
    let = dragoman("release", "--id", "2", "--gold", "gold.jsonl", "--allow-regression")
    difference = dragoman("release", "diff", "1", "2").stdout.splitlines()
    back = dragoman("release", "use", "1")

    assert (refused.returncode, none, let.returncode, back.returncode) == (4, True, 0, 0)
    assert "en events.full: F1 1.000 -> 0.667" in refused.stdout
    assert "release 2 refused: en events.dated, en events.full" in refused.stderr
    assert difference[0] == "- rule en.treaty.agreed"
    assert "en treaty_signed.type: F1 1.000 (of 12) -> 0.667 (of 12)" in difference
    assert (tmp_path / "models" / "en" / "rules" / "treaties.toml").read_text("utf-8") == RULES


def test_a_run_reads_with_the_release_it_is_told(dragoman: Call, tmp_path: Path) -> None:
    dragoman("release", "--id", "1", "--gold", "gold.jsonl")
    (tmp_path / "models" / "en" / "rules" / "treaties.toml").unlink()
    working = dragoman("run", "text.txt", "--output", "working")
    flag = dragoman("run", "text.txt", "--output", "flag", "--release", "1", "--workers", "2")
    (tmp_path / "config.toml").write_text(f'{CONFIG}[models]\nrelease = "1"\n', "utf-8")
    config = dragoman("run", "text.txt", "--output", "config")

    assert [working.returncode, flag.returncode, config.returncode] == [0, 0, 0]
    assert [named(tmp_path / name) for name in ("working", "flag", "config")] == ["working", "1", "1"]
    assert [rows(tmp_path / name) for name in ("working", "flag", "config")] == [0, 1, 1]


def test_a_release_that_is_not_open_is_not_silently_passed_over() -> None:
    from dragoman import Article, process
    from dragoman.config import ModelSettings, Settings
    from dragoman.errors import ReleaseError

    with pytest.raises(ReleaseError, match="release 1 is not open"):
        process(Article("a", "a.txt", TEXT), settings=Settings(models=ModelSettings(release="1")))


def test_without_gold_nothing_is_frozen(dragoman: Call) -> None:
    done = dragoman("release", "--id", "1")

    assert done.returncode == 2
    assert "name annotated articles by --gold" in done.stderr
