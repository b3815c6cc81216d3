"""Settings: the later layer wins, unknown names are errors that help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import LanguageSettings, Settings, load_settings, settle
from dragoman.errors import ConfigError
from dragoman.pack import languages

ROOT = Path(__file__).parents[2]


def test_the_shipped_file_holds_the_defaults() -> None:
    shipped = load_settings(ROOT / "config.toml")

    assert replace(shipped, languages={}) == Settings()
    assert set(shipped.languages) == set(languages())


def test_the_later_layer_wins() -> None:
    file = {"entities": "all", "input": {"text": "body", "title": "head"}}
    flags = {"entities": "events", "input": {"text": "content"}}

    settings = settle(file, flags)

    assert (settings.entities, settings.input.text, settings.input.title) == ("events", "content", "head")


def test_a_language_keeps_what_a_later_layer_does_not_name() -> None:
    file = {"languages": {"az": {"names": "stanza", "names_model": "m"}}}
    settings = settle(file, {"languages": {"az": {"names": "spacy"}}})

    assert settings.of("az") == LanguageSettings("spacy", "m")
    assert settings.of("en") == LanguageSettings()


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ({"entites": "all"}, "unknown key entites; did you mean entities"),
        ({"input": {"tekst": "x"}}, r"unknown key input\.tekst; did you mean text"),
        ({"input": {"zzz": "x"}}, r"unknown key input\.zzz; known keys: "),
        ({"languages": {"zz": {}}}, r"unknown key languages\.zz"),
        ({"languages": {"az": {"engine": "x"}}}, r"unknown key languages\.az\.engine"),
        ({"input": "text"}, r"input is 'text'; write a table \[input\]"),
        ({"input": {"max_characters": "many"}}, "max_characters is 'many'; it must be a whole number"),
        ({"input": {"max_characters": True}}, "must be a whole number"),
        ({"input": {"max_characters": 0}}, "must be at least 1"),
        ({"entities": "some"}, "must be one of events, all"),
        ({"dates": {"dateparser": "yes"}}, "dateparser is 'yes'; it must be true or false"),
        ({"language": "xx"}, "no knowledge of language 'xx'; known languages: az, bn, en"),
    ],
)
def test_a_wrong_setting_says_where_and_what_is_right(layer: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=f"^my.toml: .*{message}"):
        settle(layer, names=("my.toml",))


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("entities = \n")

    with pytest.raises(ConfigError, match=r"c\.toml: not valid TOML: .*line 1"):
        load_settings(tmp_path / "c.toml")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path / "c.toml")
