"""A new language from CLDR: it loads, reads CLDR's own dates, says what it lacks, and nothing is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.newlanguage.checklist import lacking
from dragoman.newlanguage.folder import make_language
from dragoman.pack import languages, load_pack, models_folder, read_toml

CODES = ["tr", "fr", "de", "ru", "uk", "ka", "hy", "uz", "kk", "hi", "ur", "fa", "ar", "he", "ja", "id", "sw", "pl"]
EXAMPLES = """
import json, sys
from dragoman import dates, events, names
from dragoman.pack import load_pack
from dragoman.sentences import split

wrong = []
for code in sys.argv[1:]:
    for rule in load_pack(code).read("dates.toml")["rule"]:
        for hit in rule["hits"]:
            found = dates.find(hit["text"], language=code, published=hit.get("published"), fallback=False)
            if [timex.edtf for timex in found] != [hit["value"]]:
                wrong.append([code, rule["id"], hit["text"]])
    states = load_pack(code).read("words", "states.toml")
    text = states["FRA"]["names"][0] + "."
    if [entity.country for entity in names.find(text, language=code)] != ["FRA"]:
        wrong.append([code, "states", text])
    events.find(text, language=code, sentences=split(text, language=code), entities=(), timexes=())
print(json.dumps(wrong))
"""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Copy what belongs to no language."""
    folder = tmp_path / "models"
    shutil.copytree(models_folder() / "states", folder / "states")
    for path in models_folder().iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    return folder


def test_every_new_language_reads_the_dates_and_states_that_cldr_writes(models: Path) -> None:
    for code in CODES:
        make_language(code, models=models)
    command = [sys.executable, "-c", EXAMPLES, *CODES]
    environment = {**os.environ, "DRAGOMAN_MODELS": str(models)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert json.loads(done.stdout) == []


def test_a_new_language_has_the_files_of_every_language(models: Path) -> None:
    made = set(make_language("tr", models=models))
    shared = {
        path.relative_to(models_folder() / "en").as_posix()
        for path in (models_folder() / "en").rglob("*.toml")
        if path.parent.name not in ("rules", "names")
    }

    assert shared - made <= {"words/numbers.toml", "words/ordinary.toml"}
    assert languages(models) == ("tr",)


def test_what_cldr_knows_is_filled_in(models: Path) -> None:
    make_language("tr", models=models)
    pack = load_pack("tr", models)
    calendar = pack.read("words", "calendar.toml")

    assert calendar["month"]["08"] == ["Ağustos"]
    assert calendar["weekday"]["7"] == ["Pazar"]
    assert calendar["unit"] == {"day": ["gün"], "week": ["hafta"], "month": ["ay"], "year": ["yıl"]}
    assert pack.read("words", "states.toml")["DEU"] == {"names": ["Almanya"]}
    assert pack.read("words", "places.toml")["Athens"] == ["Atina"]
    assert pack.read("events.toml")["clauses"]["weak"] == ["ve"]
    assert pack.fold("İZMİR IĞDIR") == "izmir ığdır"


def test_figures_of_another_script_are_read(models: Path) -> None:
    make_language("fa", models=models)

    assert load_pack("fa", models).fold("۱۹۹۱ ١٩٩١") == "1991 1991"


def test_nothing_is_overwritten_and_what_is_missing_comes_back(models: Path) -> None:
    make_language("tr", models=models)
    mine = models / "tr" / "words" / "diplomacy.toml"
    mine.write_text('mission = ["büyükelçilik*"]\n', "utf-8")
    (models / "tr" / "cues.toml").unlink()
    again = make_language("tr", models=models)

    assert again == ("cues.toml",)
    assert mine.read_text("utf-8") == 'mission = ["büyükelçilik*"]\n'


def test_an_incomplete_language_says_what_it_lacks(models: Path) -> None:
    make_language("tr", models=models)
    (models / "tr" / "cues.toml").unlink()
    before = lacking("tr", models=models)
    (models / "tr" / "words" / "diplomacy.toml").write_text('mission = ["büyükelçilik*"]\n', "utf-8")
    after = lacking("tr", models=models)

    assert "cues.toml: is not there; dragoman new-language tr makes it" in before
    assert "rules/: no event rules; write some, or annotate articles and let dragoman learn propose them" in before
    assert set(before) - set(after) == {"words/diplomacy.toml: no words of diplomacy"}


def test_a_whole_language_lacks_nothing() -> None:
    assert {code: lacking(code) for code in languages()} == dict.fromkeys(languages(), ())


@pytest.mark.parametrize("code", ["xx", "qqq", "../tr", "TR", "t", "turkish", "tr/x", ""])
def test_what_is_no_language_makes_no_folder(models: Path, code: str) -> None:
    before = sorted(models.rglob("*"))
    with pytest.raises(UsageError):
        make_language(code, models=models)

    assert sorted(models.rglob("*")) == before


def test_every_stub_is_valid_toml(models: Path) -> None:
    for name in make_language("ja", models=models):
        if name.endswith(".toml"):
            assert "@" not in (models / "ja" / name).read_text("utf-8")
            assert isinstance(read_toml(models / "ja" / name), dict)


def test_the_command_names_the_files_and_what_is_to_do(models: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "new-language", "tr", "--models", str(models)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert f"made {models / 'tr' / 'language.toml'}" in done.stdout
    assert "to do  words/states.toml: no peoples" in done.stdout
