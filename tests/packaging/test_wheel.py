"""The built wheel is complete: in an empty environment and folder it does all that a checkout does."""

from __future__ import annotations

import csv
import subprocess
import sys
import sysconfig
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from dragoman.pack import languages, models_folder

ROOT = Path(__file__).parents[2]
ARTICLES = {
    "az": "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb.",
    "bn": "১৯৯১ সালের ১১ ডিসেম্বর রোমানিয়া আজারবাইজানের স্বাধীনতাকে স্বীকৃতি দেয়।",
    "en": "Romania recognised the independence of Azerbaijan on 11 December 1991.",
}
LIBRARY = """
import spacy, dragoman
nlp = spacy.blank("en")
nlp.add_pipe("dragoman_dates")
doc = nlp("They met on 3 May 2011.")
print([span.kb_id_ for span in doc.spans["dates"]])
print([event.date for event in dragoman.load("az")(%r)._.events])
print(dragoman.__file__)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the checkout, with setuptools as it is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    unwanted = ignore_patterns("__pycache__", "*.egg-info")
    for name in ("pipeline", "models"):
        copytree(ROOT / name, source / name, ignore=unwanted)
    for path in ROOT.iterdir():
        if path.is_file():
            copy(path, source)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment that sees the packages of this one, but not its dragoman."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    Path(site, "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_wheel_holds_all_of_the_models_but_the_files_of_releases(wheel: Path) -> None:
    ours = {
        name
        for path in models_folder().rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        if not fnmatch(name := path.relative_to(models_folder()).as_posix(), "releases/*/files/*")
    }
    prefix = "dragoman/models/"
    packed = {
        name.removeprefix(prefix) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(prefix)
    }

    assert packed == ours


def test_the_installed_wheel_reads_every_language(python: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for language, text in ARTICLES.items():
        (tmp_path / "in" / f"{language}.txt").write_text(text, "utf-8")

    command = [python.parent / "dragoman", "run", "in", "--output", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [
            (row["language"], row["type"], row["date"], row["participants"]) for row in csv.DictReader(file)
        ]

    assert done.returncode == 0
    assert sorted(found) == [(code, "recognition", "1991-12-11", "AZE;ROU") for code in languages()]


def test_the_components_work_in_a_plain_spacy_pipeline(python: Path, tmp_path: Path) -> None:
    program = LIBRARY % ARTICLES["az"]
    done = subprocess.run([python, "-c", program], cwd=tmp_path, capture_output=True, text=True)

    assert done.stderr == ""
    dates, events, home = done.stdout.splitlines()
    assert (dates, events) == ("['2011-05-03']", "['1991-12-11']")
    assert Path(home).is_relative_to(python.parents[1])


def test_check_is_content_with_the_installed_models(python: Path, tmp_path: Path) -> None:
    done = subprocess.run([python.parent / "dragoman", "check"], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0
