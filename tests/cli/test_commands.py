"""Every command, its output and its exit code, as a user meets them."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import dates
from dragoman.pack import languages

Call = Callable[..., subprocess.CompletedProcess[str]]

AZ = "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb.\n"
EN = "The two ministers met in Bucharest on 3 May 2011 and signed an agreement on trade.\n"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("command", ["run", "check", "dates", "version"])
def test_help_lists_each_command(dragoman: Call, command: str) -> None:
    overall, own = dragoman("--help"), dragoman(command, "--help")

    assert f"\n  {command} " in overall.stdout
    assert own.stdout.startswith("Usage:")
    assert (overall.returncode, own.returncode) == (0, 0)


def test_version_is_the_installed_one(dragoman: Call) -> None:
    from importlib.metadata import version

    assert dragoman("version").stdout.strip() == version("dragoman")


def test_a_run_ends_with_a_summary_and_zero(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "az.txt").write_text(AZ, "utf-8")
    (tmp_path / "in" / "en.txt").write_text(EN, "utf-8")

    done = dragoman("run", "in", "--output", "out")

    assert done.returncode == 0
    assert "rejected" not in done.stderr
    assert "2 articles read (az 1, en 1), 0 rejected" in done.stdout
    assert "events" in done.stdout
    assert "1991-12-11" in done.stdout
    assert {row["doc_id"]: row["language"] for row in table(tmp_path / "out", "articles")} == {
        "az.txt": "az",
        "en.txt": "en",
    }


def test_a_quiet_run_says_nothing(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN)

    done = dragoman("run", "a.txt", "--output", "out", "--quiet")

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_rejected_record_makes_the_exit_code_one(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN)
    (tmp_path / "b.txt").write_text("")

    done = dragoman("run", "a.txt", "b.txt", "--output", "out")

    assert done.returncode == 1
    assert "rejected b.txt: empty" in done.stderr
    assert [row["status"] for row in table(tmp_path / "out", "articles")] == ["ok", "rejected"]


def test_standard_input_is_read(dragoman: Call, tmp_path: Path) -> None:
    done = dragoman("run", "-", "--output", "out", stdin=json.dumps({"id": "x", "text": EN}))

    assert done.returncode == 0
    assert [row["doc_id"] for row in table(tmp_path / "out", "articles")] == ["stdin#x"]


def test_a_given_language_is_used(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN)

    dragoman("run", "a.txt", "--output", "out", "--language", "az")

    assert [row["language"] for row in table(tmp_path / "out", "articles")] == ["az"]


def test_the_settings_file_of_the_folder_is_read_and_a_flag_wins(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('entities = "all"\n[input]\ntext = "body"\n')
    (tmp_path / "r.jsonl").write_text(json.dumps({"body": EN}))

    dragoman("run", "r.jsonl", "--output", "out", "--entities", "events")
    settings = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["settings"]

    assert (settings["entities"], settings["input"]["text"]) == ("events", "body")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "missing", "--output", "out"], 2, "missing: no such file or folder"),
        (["run"], 2, "Missing argument"),
        (["run", ".", "--output", "out", "--wrong"], 2, "No such option"),
        (["frobnicate"], 2, "No such command"),
        (["run", ".", "--output", "out", "--config", "none.toml"], 3, "none.toml: no such file"),
        (["run", ".", "--output", "out", "--language", "xx"], 3, "known languages: "),
        (["run", ".", "--output", "out", "--entities", "some"], 3, "must be one of events, all"),
        (["dates", "text", "--language", "xx"], 2, "known languages: "),
        (["dates", "12.12", "--published", "yesterday"], 2, "write YYYY-MM-DD"),
        (["dates", "12.12.2012"], 2, "too short to tell its language"),
        (["check", "--config", "none.toml"], 3, "none.toml: no such file"),
    ],
)
def test_what_is_wrong_is_told_with_its_exit_code(
    dragoman: Call, arguments: list[str], code: int, message: str
) -> None:
    done = dragoman(*arguments)

    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_check_prints_one_line_per_language(dragoman: Call) -> None:
    done = dragoman("check")

    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()[1:]] == [[code, "ok"] for code in languages()]


def test_check_finds_a_missing_engine(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[languages.az]\nnames = "no_such_package"\n')

    done = dragoman("check")

    assert done.returncode == 3
    assert "no_such_package" in done.stdout


def test_dates_prints_what_the_grammar_finds(dragoman: Call) -> None:
    (timex,) = dates.find(AZ, language="az")

    plain = dragoman("dates", AZ.strip())
    listed = dragoman("dates", AZ.strip(), "--json")

    assert plain.stdout.split("\t")[:2] == ["1991-ci il dekabrın 11-də", "1991-12-11"]
    assert json.loads(listed.stdout)["start"] == timex.start


def test_dates_reads_a_file(dragoman: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN)

    assert dragoman("dates", "a.txt").stdout.startswith("3 May 2011\t2011-05-03\t")


def test_an_interrupted_run_leaves_only_what_it_goes_on_from(tmp_path: Path) -> None:
    with (tmp_path / "r.jsonl").open("w") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": number, "text": EN * 20}) + "\n")
    command = [sys.executable, "-m", "dragoman", "run", "r.jsonl", "--output", "out"]
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".out.building/*/*.sqlite")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)

    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)

    assert running.returncode == 130
    assert {path.name for path in tmp_path.iterdir()} <= {"r.jsonl", ".out.building"}
