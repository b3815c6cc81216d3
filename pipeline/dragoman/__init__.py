"""Bengali, Azerbaijani and English articles about diplomacy, read into normalized event tables.

`load(language)` gives a spaCy pipeline, `read(folder)` the tables of a run as pandas DataFrames, `display` the
marks in a text; `process`, `Article` and `load_settings` are the flow without spaCy. Everything is imported when it is
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.components import load as load
    from dragoman.config import load_settings as load_settings
    from dragoman.displaying import display as display
    from dragoman.flow import process as process
    from dragoman.language import detect as detect
    from dragoman.records import Article as Article
    from dragoman.results import read as read

HOMES = {
    "display": "displaying",
    "load": "components",
    "read": "results",
    "process": "flow",
    "detect": "language",
    "Article": "records",
    "load_settings": "config",
}

__all__ = ["Article", "detect", "display", "load", "load_settings", "process", "read"]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
