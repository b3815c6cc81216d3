"""What a run was made with: versions of the programs, hashes of the models and rules."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from dragoman.pack import models_folder

NAME = re.compile(r"[A-Za-z0-9._-]+")
RELEASES = "releases"
"""The folder under `models/` that holds frozen states of the others, and so is no knowledge itself."""


def dragoman_version() -> str:
    """Return the installed version; "unknown" where the package is used without being installed."""
    return _version("dragoman") or "unknown"


def versions() -> dict[str, str]:
    """List the versions of Python, dragoman and what it directly needs, as far as installed."""
    try:
        needed = metadata.requires("dragoman") or []
    except metadata.PackageNotFoundError:
        needed = []
    names = {match[0] for need in needed if "extra ==" not in need and (match := NAME.match(need))}
    found = {name: version for name in sorted(names) if (version := _version(name))}
    return {"python": platform.python_version(), "dragoman": dragoman_version(), **found}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def knowledge_files(models: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of knowledge under a models folder with its path inside, sorted.

    Releases, hidden files, caches, trainings under way (`*.part`) and models replaced (`*.before`) are none.
    """
    for path in sorted(models.rglob("*")):
        parts = path.relative_to(models).parts
        passing = any(part.startswith((".", "__")) or part.endswith((".part", ".before")) for part in parts)
        if path.is_file() and parts[0] != RELEASES and not passing:
            yield "/".join(parts), path


def file_hashes(models: Path) -> dict[str, str]:
    """Hash every file of knowledge under a models folder; sha256 by path."""
    return {name: _hash_file(path) for name, path in knowledge_files(models)}


def models_hashes(models: Path | None = None) -> dict[str, str]:
    """Hash everything under `models/`: one sha256 per top folder or file, and `all` over these."""
    return folder_hashes(file_hashes(models or models_folder()))


def folder_hashes(files: Mapping[str, str]) -> dict[str, str]:
    """Sum up the hashes of files: one sha256 per top folder or file, and `all` over these."""
    grouped: dict[str, list[str]] = {}
    for name in sorted(files, key=lambda name: name.split("/")):
        top, _, rest = name.partition("/")
        grouped.setdefault(top, []).append(f"{rest}\0{files[name]}\n")
    hashes = {top: hashlib.sha256("".join(lines).encode()).hexdigest() for top, lines in grouped.items()}
    whole = "".join(f"{top}\0{sha256}\n" for top, sha256 in sorted(hashes.items()))
    return {"all": hashlib.sha256(whole.encode()).hexdigest(), **hashes}


def program_hash() -> str:
    """Hash the program's own files, so that a changed checkout of the same version is told apart."""
    whole = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for file in sorted(here.rglob("*.py")):
        whole.update(f"{file.relative_to(here).as_posix()}\0{_hash_file(file)}\n".encode())
    return whole.hexdigest()


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
