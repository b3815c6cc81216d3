"""The promises that hold the house together: knowledge out of the code, small files, a light start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import pack

ROOT = Path(__file__).parents[2]
CODE = sorted((ROOT / "pipeline").rglob("*.py"))
EVERYTHING = [*CODE, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
LETTERS = re.compile(r"[\u0980-\u09FF\u0400-\u04FFəğışçöüƏĞİŞÇÖÜ]")
VAGUE = {"common", "utils", "util", "helpers", "helper", "core", "misc"}
HEAVY = {"spacy", "pandas", "torch", "pyarrow", "numpy", "trafilatura", "stanza", "py3langid", "thinc"}
LONGEST = 400
START_SECONDS = 0.5


def strings(path: Path) -> Iterator[str]:
    """Yield every string of a module that is code, not a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def test_no_letter_of_a_language_stands_in_the_code() -> None:
    guilty = [path.name for path in CODE if LETTERS.search(path.read_text("utf-8"))]

    assert guilty == []


def test_no_letter_of_a_language_hides_behind_an_escape() -> None:
    marks = set("\u0964\u0965\u2116")
    guilty = {
        (path.name, text)
        for path in CODE
        for text in strings(path)
        if len(set(LETTERS.findall(text)) - marks) > 2 and not text.startswith("[")
    }

    assert guilty == set()


def test_no_language_is_named_in_the_code() -> None:
    codes = set(pack.languages())
    guilty = {path.name: text for path in CODE for text in strings(path) if text in codes}

    assert guilty == {}


def test_languages_are_found_by_listing_the_folder() -> None:
    folders = sorted(path.parent.name for path in (ROOT / "models").glob("*/language.toml"))

    assert list(pack.languages()) == folders
    assert len(folders) >= 3


@pytest.mark.parametrize(
    "file", ["detection.toml", "abbreviations.toml", "sentences.toml", "tokens.toml", "dates.toml"]
)
def test_every_language_brings_the_same_files(file: str) -> None:
    without = [language for language in pack.languages() if not (ROOT / "models" / language / file).is_file()]

    assert without == []


def test_a_file_has_at_most_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in EVERYTHING
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }

    assert long == {}


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    guilty = [path for path in EVERYTHING if VAGUE & {path.stem, *path.relative_to(ROOT).parts}]

    assert guilty == []


def test_only_the_command_line_prints() -> None:
    speakers = {"cli.py", "reporting.py"}
    guilty = [
        path.name
        for path in CODE
        if path.name not in speakers
        and "commands" not in path.parts
        and re.search(r"^\s*print\(", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert guilty == []


def test_the_clock_is_read_by_the_command_line_only() -> None:
    clock = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    guilty = [path.name for path in CODE if "commands" not in path.parts and clock.search(path.read_text("utf-8"))]

    assert guilty == []


def test_no_host_stands_in_the_constraints() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")

    assert "://" not in text
    assert "spacy==" in text


def test_help_imports_nothing_heavy() -> None:
    program = "import sys, dragoman, dragoman.cli as cli; cli.application(); print(*sys.modules, sep='\\n')"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert HEAVY & set(out.split()) == set()


def test_help_answers_in_half_a_second() -> None:
    def seconds() -> float:
        start = time.monotonic()
        subprocess.run([sys.executable, "-m", "dragoman", "--help"], capture_output=True, check=True)
        return time.monotonic() - start

    assert min(seconds() for _ in range(5)) < START_SECONDS
