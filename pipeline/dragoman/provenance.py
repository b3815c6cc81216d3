"""What a run was made with: versions of the programs, hashes of the models and rules."""

from __future__ import annotations

import hashlib
import platform
import re
from importlib import metadata
from pathlib import Path

from dragoman.pack import models_folder

NAME = re.compile(r"[A-Za-z0-9._-]+")
LEFT_OUT = {"__pycache__"}


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


def models_hashes(models: Path | None = None) -> dict[str, str]:
    """Hash everything under `models/`: one sha256 per top folder or file, and `all` over these."""
    folder = models or models_folder()
    hashes = {path.name: _hash(path) for path in sorted(folder.iterdir()) if path.name not in LEFT_OUT}
    whole = hashlib.sha256()
    for name, sha256 in hashes.items():
        whole.update(f"{name}\0{sha256}\n".encode())
    return {"all": whole.hexdigest(), **hashes}


def program_hash() -> str:
    """Hash the program's own files, so that a changed checkout of the same version is told apart."""
    whole = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for file in sorted(here.rglob("*.py")):
        whole.update(f"{file.relative_to(here).as_posix()}\0{_hash_file(file)}\n".encode())
    return whole.hexdigest()


def _hash(path: Path) -> str:
    if path.is_file():
        return _hash_file(path)
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        relative = file.relative_to(path)
        if file.is_file() and not LEFT_OUT & set(relative.parts):
            whole.update(f"{relative.as_posix()}\0{_hash_file(file)}\n".encode())
    return whole.hexdigest()


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
