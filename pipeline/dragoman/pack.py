"""A language's pack: what `models/<language>/` says about it.

`language.toml` holds the basics (name, folding, letters); `words/*.toml` and `rules/**/*.toml` are read by the
step that owns them, through `Pack.read`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import PackError
from dragoman.folding import fold

MODELS = "DRAGOMAN_MODELS"
"""The variable of the environment that names another folder of knowledge; worker processes inherit it."""


def models_folder() -> Path:
    """Return the folder of knowledge: the one that `DRAGOMAN_MODELS` names, else the one that came with the program."""
    chosen = os.environ.get(MODELS)
    if not chosen:
        return own_models()
    if not Path(chosen, "languages.toml").is_file():
        raise PackError(f"{chosen}: holds no languages.toml; mend the variable {MODELS}, or take it away")
    return Path(chosen)


def own_models() -> Path:
    """Return the checkout's own `models/` where there is one, else the copy inside the installed package."""
    here = Path(__file__).resolve().parent
    checkout = here.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / "models").is_dir():
        return checkout / "models"
    return here / "models"


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of the pack; a mistake in it names file, line and problem."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PackError(f"{path}: no such file; restore it or reinstall dragoman") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: not valid TOML: {error}; mend that line") from error


LONGEST_WORD = 40
"""Folded words of so many code points at most are remembered, and of texts the last ones: steps ask again."""


@dataclass(frozen=True, eq=False)
class Pack:
    """The knowledge of one language. `settings` is `language.toml`."""

    language: str
    folder: Path
    settings: Mapping[str, Any]
    fold_table: Mapping[str, str]

    def fold(self, text: str) -> str:
        """Return the folded view of a text, as long as the text itself."""
        return _folded_word(self, text) if len(text) <= LONGEST_WORD else _folded_text(self, text)

    def read(self, *parts: str) -> dict[str, Any]:
        """Read one TOML file of this pack, for example `pack.read("words", "states.toml")`."""
        return read_toml(self.folder.joinpath(*parts))


@lru_cache(maxsize=1 << 15)
def _folded_word(pack: Pack, word: str) -> str:
    return fold(word, pack.fold_table)


@lru_cache(maxsize=2)
def _folded_text(pack: Pack, text: str) -> str:
    return fold(text, pack.fold_table)


def languages(models: Path | None = None) -> tuple[str, ...]:
    """List the languages that have a folder with a `language.toml`, in alphabetical order."""
    folder = models or models_folder()
    return tuple(sorted(path.parent.name for path in folder.glob("*/language.toml")))


@lru_cache(maxsize=32)
def load_pack(language: str, models: Path | None = None) -> Pack:
    """Load the pack of a language (ISO 639-1 code)."""
    folder = (models or models_folder()) / language
    if not (folder / "language.toml").is_file():
        known = ", ".join(languages(models)) or "none"
        raise PackError(f"{folder}: no language.toml; known languages: {known}")
    settings = read_toml(folder / "language.toml")
    shared = read_toml(folder.parent / "folding.toml")
    pairs = {**shared["fold"], **settings.get("fold", {})}
    wrong = [key for key, value in pairs.items() if len(key) != 1 or len(value) != 1]
    if wrong:
        raise PackError(f"{folder / 'language.toml'}: fold {wrong} must map one character to one")
    return Pack(language, folder, settings, pairs)
