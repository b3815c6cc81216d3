"""Settings of a run: defaults, then config.toml, then the flags; unknown names are errors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dragoman.errors import ConfigError
from dragoman.pack import languages, load_pack

Layer = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class InputSettings:
    """Which keys or columns hold what, and how long a text may be (code points) and take (processor
    seconds for each 100,000 code points begun)."""

    id: str = "id"
    title: str = "title"
    published: str = "published"
    text: str = "text"
    max_characters: int = 2_000_000
    max_seconds: int = 60
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class DateSettings:
    """`dateparser` lets that library read what the grammar marks as a date but cannot read itself."""

    dateparser: bool = True


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The release to read with; None for the working knowledge."""

    release: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """The engine for names and, if it is not the shipped one, the folder of its model."""

    names: str = "spacy"
    names_model: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run can be told. `language` is set where detection is switched off."""

    entities: str = "events"
    language: str | None = None
    input: InputSettings = field(default_factory=InputSettings)
    dates: DateSettings = field(default_factory=DateSettings)
    models: ModelSettings = field(default_factory=ModelSettings)
    languages: Mapping[str, LanguageSettings] = field(default_factory=dict)

    def of(self, language: str) -> LanguageSettings:
        """Return the settings of a language; what nobody set is as its pack says, or else the default."""
        if language in self.languages:
            return self.languages[language]
        engine = load_pack(language).settings.get("names")
        return LanguageSettings(names=engine) if engine else LanguageSettings()


KINDS = {str: "a string", int: "a whole number", bool: "true or false"}
CHOICES = {"entities": ("events", "all")}


def read_config(path: Path) -> dict[str, object]:
    """Read config.toml as one layer of settings."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; check --config") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend that line") from error


def settle(*layers: Layer, names: tuple[str, ...] = ()) -> Settings:
    """Lay the later settings over the earlier; `names` say in an error where each layer came from."""
    settings = Settings()
    for number, layer in enumerate(layers):
        where = names[number] if number < len(names) else "settings"
        settings = _lay(settings, layer, where, "")
    return _checked(settings, names[-1] if names else "settings")


def load_settings(path: Path | None = None, flags: Layer | None = None) -> Settings:
    """Settle defaults, config.toml (the given one, or the one in the current folder) and flags."""
    found = path or (Path("config.toml") if Path("config.toml").is_file() else None)
    layers: list[Layer] = [read_config(found)] if found else []
    names = (str(found),) if found else ()
    return settle(*layers, flags or {}, names=(*names, "command line"))


def _lay(settings: Any, layer: Layer, where: str, prefix: str) -> Any:
    known = {item.name for item in fields(settings)}
    hints = get_type_hints(type(settings))
    changes: dict[str, Any] = {}
    for key, value in layer.items():
        if key not in known:
            raise ConfigError(f"{where}: unknown key {prefix}{key}{_nearest(key, known)}")
        current = getattr(settings, key)
        if key == "languages" and prefix == "":
            changes[key] = _languages(current, _table(value, where, key), where)
        elif is_dataclass(current):
            changes[key] = _lay(current, _table(value, where, key), where, f"{prefix}{key}.")
        else:
            changes[key] = _typed(value, hints[key], where, f"{prefix}{key}")
    return replace(settings, **changes)


def _languages(current: Mapping[str, LanguageSettings], raw: Layer, where: str) -> dict[str, LanguageSettings]:
    merged = dict(current)
    known = set(languages())
    for code, table in raw.items():
        if code not in known:
            raise ConfigError(f"{where}: unknown key languages.{code}{_nearest(code, known)}")
        before = merged.get(code, LanguageSettings())
        merged[code] = _lay(before, _table(table, where, f"languages.{code}"), where, f"languages.{code}.")
    return merged


def _table(value: object, where: str, key: str) -> Layer:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where}: {key} is {value!r}; write a table [{key}]")
    return value


def _typed(value: object, hint: Any, where: str, key: str) -> object:
    kinds = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    if (isinstance(value, bool) and bool not in kinds) or not isinstance(value, tuple(kinds)):
        wanted = " or ".join(KINDS.get(kind, "nothing") for kind in kinds)
        raise ConfigError(f"{where}: {key} is {value!r}; it must be {wanted}")
    return value


def _nearest(key: str, known: set[str]) -> str:
    close = get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; known keys: {', '.join(sorted(known))}"


def _checked(settings: Settings, where: str) -> Settings:
    for key, value in {"entities": settings.entities}.items():
        if value not in CHOICES[key]:
            raise ConfigError(f"{where}: {key} is {value!r}; it must be one of {', '.join(CHOICES[key])}")
    if settings.language is not None and settings.language not in languages():
        known = ", ".join(languages())
        raise ConfigError(f"{where}: no knowledge of language {settings.language!r}; known languages: {known}")
    for key in ("max_characters", "max_seconds"):
        if getattr(settings.input, key) < 1:
            raise ConfigError(f"{where}: input.{key} must be at least 1")
    return settings
