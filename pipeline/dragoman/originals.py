"""Find again the articles that a run was made from.

A run keeps no texts. They are read once more from where the run found them, and count only if their hash is the
one in `articles`: a file that is gone or was changed gives no text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.config import Settings, settle
from dragoman.errors import ConfigError, UsageError
from dragoman.listing import Row
from dragoman.reading import Plan, plan, read
from dragoman.reading.sources import STANDARD_INPUT
from dragoman.records import Rejection
from dragoman.results import Run


def texts(
    run: Run, articles: Sequence[Row], *, inputs: Sequence[str | Path] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield `(doc_id, text)` of those of the given articles that are still as they were.

    `inputs` are the files and folders that were given to the run; without them they are taken from `run.json`
    (see `found_inputs`). Inputs that are given must be there (UsageError).
    """
    hashes = {row["doc_id"]: row["sha256"] for row in articles if row["status"] == "ok"}
    files = {row["path"] for row in articles}
    found = _plan(run, inputs)
    if found is None or not hashes:
        return
    wanted = replace(found, sources=tuple(source for source in found.sources if source.name in files))
    for record in read(wanted, settings=_settings(run.info)):
        if not isinstance(record, Rejection) and hashes.get(record.doc_id) == _hash(record.text):
            yield record.doc_id, record.text


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plan(run: Run, inputs: Sequence[str | Path] | None) -> Plan | None:
    if inputs is not None:
        return plan(inputs, leave_out=run.folder)
    try:
        places = found_inputs(run)
        return plan(places, leave_out=run.folder) if places else None
    except (UsageError, OSError):
        return None


def found_inputs(run: Run) -> list[str]:
    """Return where the inputs of a run are: seen from here, from a folder above the run's, or from where it began."""
    noted = [item for item in noted_inputs(run.info) if item != STANDARD_INPUT]
    began = run.info.get("working_folder")
    for base in (Path.cwd(), *run.folder.resolve().parents, *([Path(began)] if isinstance(began, str) else [])):
        places = [base / item for item in noted]
        if places and all(place.exists() for place in places):
            return [str(place) for place in places]
    return []


def noted_inputs(info: Mapping[str, Any]) -> Collection[str]:
    """Return the inputs of a run as its `run.json` tells them: under `inputs`, or in the command."""
    noted = info.get("inputs")
    if isinstance(noted, list):
        return [str(item) for item in noted]
    command = info.get("command") or []
    return _positional([str(word) for word in command[2:]]) if list(command[1:2]) == ["run"] else []


def _positional(words: list[str]) -> Collection[str]:
    """Take the inputs out of the words after `dragoman run`, as the command itself would."""
    from typer.main import get_command

    from dragoman.cli import application

    group: Any = get_command(application())
    context = group.commands["run"].make_context("run", words, resilient_parsing=True)
    return [str(item) for item in context.params.get("inputs") or ()]


def _settings(info: Mapping[str, Any]) -> Settings:
    """Read texts as the run did: with its settings of input, where they are still understood."""
    noted = info.get("settings")
    known = {"input": noted["input"]} if isinstance(noted, dict) and isinstance(noted.get("input"), dict) else {}
    try:
        return settle(known)
    except ConfigError:
        return Settings()
