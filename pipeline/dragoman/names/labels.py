"""Our labels, and the table `models/labels.toml` that turns the labels of others into ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dragoman.errors import PackError
from dragoman.pack import models_folder, read_toml

LABELS = ("PER", "ORG", "LOC", "GPE", "NORP", "MISC")


def label_table(use: str, *, models: Path | None = None) -> Mapping[str, str | None]:
    """Read one part of labels.toml (`training` or `models`); None stands for a label to drop."""
    path = (models or models_folder()) / "labels.toml"
    parts = read_toml(path)
    if use not in parts:
        raise PackError(f"{path}: no table [{use}]; add it")
    table: dict[str, str | None] = {}
    for theirs, ours in parts[use].items():
        if ours not in (*LABELS, ""):
            known = ", ".join(LABELS)
            raise PackError(
                f'{path}: [{use}] {theirs} = {ours!r} is none of {known}; write one of them or ""'
            )
        table[theirs] = ours or None
    return table
