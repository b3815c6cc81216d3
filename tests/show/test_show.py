"""Events in the terminal: chosen, shown with their evidence, safe to print."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportable import ARTICLES, HOSTILE, run_of, write_articles
from typer.testing import CliRunner

from dragoman.cli import application
from dragoman.errors import UsageError
from dragoman.visible import visible


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show")
    return run_of(write_articles(folder / "articles", ARTICLES), folder / "run")


def show(*arguments: object) -> str:
    done = CliRunner().invoke(application(), ["show", *map(str, arguments)], catch_exceptions=False)

    assert done.exit_code == 0
    return done.stdout


def heads(output: str) -> list[str]:
    """Return the article names and the first three cells of each event."""
    lines = [line for line in output.splitlines() if line and not line.startswith("    ")]
    return ["|".join(line.split("  ")[1:4]) if line.startswith(" ") else line for line in lines]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--type", "relations_established"], ["az.txt", "1992-06-21|relations_established|AZE ROU"]),
        (["--language", "bn"], ["bn.txt", "1991-12-11|recognition|ROU → AZE"]),
        (["--article", "az.txt", "--until", "1991"], ["az.txt", "1991-12-11|recognition|ROU → AZE"]),
        (["--since", "1992-06-21", "--until", "1992-06"], ["az.txt", "1992-06-21|relations_established|AZE ROU"]),
        (["--state", "rou", "--state", "AZE", "--until", "1991-11"], []),
    ],
)
def test_events_are_chosen(options: list[str], expected: list[str], run: Path) -> None:
    assert heads(show(run, *options)) == expected


def test_the_evidence_is_plain_where_nobody_looks_in_colour(run: Path) -> None:
    output = show(run, "--language", "bn")

    assert ARTICLES["bn.txt"].strip() in output
    assert "\x1b" not in output


def test_the_evidence_is_marked_in_colour_on_a_terminal(run: Path) -> None:
    output = show(run, "--language", "bn", "--color")

    assert "\x1b[1;31mস্বীকৃতি\x1b[0m" in output
    assert "\x1b[36m১৯৯১ সালের ১১ ডিসেম্বর\x1b[0m" in output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--type", "recogniton"], "--type recogniton: no event has it; there are recognition"),
        (["--state", "XYZ"], "--state XYZ: no event has it"),
        (["--article", "zz.txt"], "az.txt"),
        (["--since", "12.05.1991"], "write 1991, 1991-12 or 1991-12-26"),
        (["--until", "1991-13"], "not a year, month or day"),
    ],
)
def test_a_choice_that_cannot_be_met_is_a_usage_error(options: list[str], message: str, run: Path) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        show(run, *options)


def test_articles_cannot_steer_the_terminal(tmp_path: Path) -> None:
    articles = {**HOSTILE, "escape.txt": "Romania recognised \x1b[2J\x1b]0;owned\x07 Azerbaijan on 11 December 1991.\n"}
    output = show(run_of(write_articles(tmp_path / "articles", articles), tmp_path / "run"), "--no-color")

    assert {"\x1b", "\x07", "\u202e", "\u2066", "\u200b"} & set(output) == set()
    assert "⟨U+202E⟩" in output
    assert max(map(len, output.splitlines())) < 2_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("ক্\u200dষ ক্\u200cষ", "ক্\u200dষ ক্\u200cষ"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_only_signs_that_deceive_are_written_out(text: str, expected: str) -> None:
    assert visible(text) == expected
