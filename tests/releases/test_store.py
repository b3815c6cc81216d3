"""Releases on disk: frozen once, checked whenever they are taken out, and never able to reach outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import provenance
from dragoman.errors import ReleaseError, UsageError
from dragoman.releases import store
from dragoman.releases.comparing import Difference, differences

FILES = {
    "languages.toml": "order = []\n",
    "xx/language.toml": 'name = "Exish"\n',
    "xx/rules/visit.toml": 'type = "visit"\n\n[[rule]]\nid = "xx.visit"\ntrigger = ["gone"]\n',
    "xx/names/weights.bin": "0123456789" * 100,
}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    for name, content in FILES.items():
        write(folder / name, content)
    write(folder / "xx/__pycache__/x.pyc", "passing")
    write(folder / "xx/names.part/state.json", "passing")
    return folder


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def freeze(models: Path, name: str, *, created: str = "2026-01-01") -> store.Release:
    sha256 = provenance.models_hashes(models)["all"]
    return store.freeze(name, sha256=sha256, created=created, scores={"articles": {}, "floors": {}}, models=models)


def test_a_release_holds_all_knowledge_and_nothing_that_passes(models: Path) -> None:
    release = freeze(models, "1")

    assert sorted(release.files) == sorted(FILES)


def test_a_file_lies_on_the_disk_once(models: Path) -> None:
    first = freeze(models, "1")
    write(models / "xx/rules/visit.toml", 'type = "visit"\n')
    second = freeze(models, "2", created="2026-01-02")

    stored = sorted(path.relative_to(models).as_posix() for path in models.glob("releases/2/files/**/*.*"))
    assert stored == ["releases/2/files/xx/rules/visit.toml"]
    assert second.files["xx/names/weights.bin"] == first.files["xx/names/weights.bin"]
    assert (second.size, second.own_size) == (1000 + 11 + 15 + 15, 15)


def test_the_working_knowledge_has_the_name_of_the_release_it_equals(models: Path) -> None:
    freeze(models, "1")
    before = store.name_of(provenance.models_hashes(models)["all"], models=models)
    write(models / "xx/language.toml", 'name = "Other"\n')
    after = store.name_of(provenance.models_hashes(models)["all"], models=models)

    assert (before, after) == ("1", "working")


def test_the_hash_of_a_release_is_the_one_that_runs_note(models: Path) -> None:
    assert freeze(models, "1").models == provenance.models_hashes(models)["all"]


def test_knowledge_that_changed_while_it_was_scored_is_not_frozen(models: Path) -> None:
    with pytest.raises(ReleaseError, match="changed while it was scored"):
        store.freeze("1", sha256="0" * 64, created="2026-01-01", scores={}, models=models)

    assert list((models / "releases").iterdir()) == []


def test_an_unpacked_release_is_the_knowledge_that_was_frozen(models: Path) -> None:
    release = freeze(models, "1")
    write(models / "xx/rules/visit.toml", "changed = true\n")
    with store.unpacked(release, models=models) as folder:
        found = {name: (folder / name).read_text("utf-8") for name, _ in provenance.knowledge_files(folder)}
        name = store.name_of(provenance.models_hashes(folder)["all"], models=folder)

    assert found == FILES
    assert name == "1"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.write_text("changed"), "is not what was frozen as xx/rules/visit.toml of release 1"),
        (lambda path: path.unlink(), "is missing, release 1 needs it"),
    ],
)
def test_a_changed_file_is_refused_with_its_name(models: Path, harm: Callable[[Path], None], said: str) -> None:
    release = freeze(models, "1")
    harm(models / "releases/1/files/xx/rules/visit.toml")

    with (
        pytest.raises(ReleaseError, match=rf"releases/1/files/xx/rules/visit\.toml: {said}"),
        store.unpacked(release, models=models),
    ):
        pass


@pytest.mark.parametrize("name", ["..", "../1", "a/b", "a\\b", "/tmp/x", "", ".hidden", "working", "a..b", "x" * 65])
def test_a_name_that_could_lead_elsewhere_is_refused(models: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no such name"):
        store.load(name, models=models)


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "xx/../../outside", "C:/x", "..\\x", ""])
@pytest.mark.parametrize("where", ["key", "at"])
def test_a_path_in_a_manifest_that_leads_outside_is_refused(models: Path, path: str, where: str) -> None:
    freeze(models, "1")
    manifest = models / "releases/1/release.json"
    raw = json.loads(manifest.read_text("utf-8"))
    file = raw["files"].pop("xx/language.toml")
    raw["files"] |= {path: file} if where == "key" else {"xx/language.toml": {**file, "at": path}}
    manifest.write_text(json.dumps(raw), "utf-8")

    with pytest.raises(ReleaseError, match="leads out of the release"):
        store.load("1", models=models)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "files": {"a": 3}}'])
def test_a_damaged_manifest_is_refused_but_loses_no_run(models: Path, content: str) -> None:
    freeze(models, "1")
    freeze(models, "2")
    (models / "releases/2/release.json").write_text(content, "utf-8")

    with pytest.raises(ReleaseError, match=r"releases/2/release\.json"):
        store.listed(models=models)
    assert store.name_of(provenance.models_hashes(models)["all"], models=models) == "1"


def test_a_release_is_never_written_over(models: Path) -> None:
    freeze(models, "1")

    with pytest.raises(UsageError, match="there already"):
        freeze(models, "1")


def test_rolling_back_brings_every_file_back_and_takes_new_ones_away(models: Path) -> None:
    first = freeze(models, "1")
    write(models / "xx/rules/visit.toml", "changed = true\n")
    write(models / "yy/language.toml", 'name = "New"\n')
    (models / "languages.toml").unlink()
    freeze(models, "2", created="2026-01-02")

    changed = store.use(first, models=models)

    assert changed == ("languages.toml", "xx/rules/visit.toml", "yy/language.toml")
    assert {name: path.read_text("utf-8") for name, path in provenance.knowledge_files(models)} == FILES
    assert not (models / "yy").exists()


def test_rolling_back_does_not_lose_what_is_in_no_release(models: Path) -> None:
    release = freeze(models, "1")
    write(models / "xx/language.toml", "mine = true\n")
    with pytest.raises(UsageError, match="in no release"):
        store.use(release, models=models)
    kept = (models / "xx/language.toml").read_text("utf-8")
    store.use(release, discard=True, models=models)

    assert kept == "mine = true\n"
    assert (models / "xx/language.toml").read_text("utf-8") == FILES["xx/language.toml"]


def test_nothing_is_rolled_back_to_a_release_with_a_changed_file(models: Path) -> None:
    release = freeze(models, "1")
    write(models / "xx/rules/visit.toml", "changed = true\n")
    write(models / "xx/language.toml", "changed = true\n")
    write(models / "releases/1/files/xx/rules/visit.toml", "tampered = true\n")
    with pytest.raises(ReleaseError):
        store.use(release, discard=True, models=models)

    assert (models / "xx/language.toml").read_text("utf-8") == "changed = true\n"


def test_a_difference_is_told_rule_by_rule(models: Path, tmp_path: Path) -> None:
    release = freeze(models, "1")
    rules = FILES["xx/rules/visit.toml"].replace("gone", "went") + '\n[[rule]]\nid = "xx.new"\ntrigger = ["come"]\n'
    write(models / "xx/rules/visit.toml", rules)
    write(models / "xx/words/calendar.toml", "")
    with store.unpacked(release, models=models) as before:
        found = differences(before, models)

    assert found == (
        Difference("+", "rule", "xx.new"),
        Difference("~", "rule", "xx.visit"),
        Difference("+", "file", "xx/words/calendar.toml"),
    )
