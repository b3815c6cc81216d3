"""Which files a run reads, by what name, in what order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.reading.remote import RemoteFile, files_behind, is_address
from dragoman.records import Rejection

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "stdin"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `name` is its path relative to the input root, `path` None for standard input."""

    name: str
    path: Path | RemoteFile | None
    size: int = 0

    def version(self) -> int | str | None:
        """Return what changes when the file does: the time of its last change, or what its store says."""
        if isinstance(self.path, Path):
            return self.path.stat().st_mtime_ns
        return None if self.path is None else self.path.version()


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of a run, sorted by name, and what could not even be opened."""

    sources: tuple[Source, ...]
    rejections: tuple[Rejection, ...] = ()

    @property
    def size(self) -> int:
        """Bytes on disk, all files together."""
        return sum(source.size for source in self.sources)


def plan(inputs: Sequence[str | Path], *, leave_out: Path | None = None) -> Plan:
    """List the files behind files, folders, addresses and `-`; names are relative to the folder that holds them all.

    Files and folders whose names begin with a full stop are left out; a link that leads out of the folder
    that was given is a rejection. `leave_out` is a folder not to read, such as the one that is written.
    """
    given = [str(item) for item in inputs]
    if any(map(is_address, given)):
        return _remote_plan(given)
    paths = [_existing(item) for item in given if item != STANDARD_INPUT]
    root = _root(paths)
    sources: dict[str, Source] = {}
    rejections: dict[str, Rejection] = {}
    for path in paths:
        for found in _walk(path, root, leave_out) if path.is_dir() else [_source(path, root)]:
            if isinstance(found, Source):
                sources[found.name] = found
            else:
                rejections[found.path] = found
    if STANDARD_INPUT in given:
        sources[STANDARD_INPUT_NAME] = Source(STANDARD_INPUT_NAME, None)
    return Plan(
        tuple(sources[name] for name in sorted(sources)),
        tuple(rejections[name] for name in sorted(rejections)),
    )


def _remote_plan(given: Sequence[str]) -> Plan:
    local = [item for item in given if not is_address(item)]
    if local:
        raise UsageError(f"{local[0]}: cannot be read together with addresses; write a path as file:///...")
    found = sorted(files_behind(given), key=lambda one: one[0])
    return Plan(tuple(Source(name, file, size) for name, file, size in found))


def _existing(item: str) -> Path:
    path = Path(item)
    if not path.exists():
        raise UsageError(f"{item}: no such file or folder; check the path")
    return path.absolute()


def _root(paths: Sequence[Path]) -> Path:
    """Return the folder that holds everything given: the folder itself where only one is given."""
    if not paths:
        return Path.cwd()
    folders = [path if path.is_dir() else path.parent for path in paths]
    return Path(os.path.commonpath(folders))


def _name(path: Path, root: Path) -> str:
    """Return the path relative to the root, with `/`; bytes that are no text are written as \\xNN."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _source(path: Path, root: Path) -> Source | Rejection:
    try:
        return Source(_name(path, root), path, path.stat().st_size)
    except OSError as error:
        return _unreadable(_name(path, root), error)


def _unreadable(name: str, error: OSError) -> Rejection:
    message = f"cannot be read: {error.strerror}; check the permissions"
    return Rejection(name, "unreadable", message, doc_id=name)


def _walk(folder: Path, root: Path, leave_out: Path | None) -> Iterator[Source | Rejection]:
    """Yield the files below a folder; links that lead away, back or nowhere are rejections."""
    real_root = folder.resolve()
    left_out = leave_out.resolve() if leave_out is not None else None
    failures: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in list(folders):
            path = Path(here, name)
            if path.resolve() == left_out:
                folders.remove(name)
            elif path.is_symlink():
                folders.remove(name)
                yield _linked_folder(path, root, real_root)
        for name in sorted(files):
            if not name.startswith("."):
                yield _file(Path(here, name), root, real_root)
    for error in failures:
        yield _unreadable(_name(Path(os.fsdecode(error.filename)), root), error)


def _linked_folder(path: Path, root: Path, real_root: Path) -> Rejection:
    name = _name(path, root)
    target = path.resolve()
    if not target.is_relative_to(real_root):
        return _outside(name, target)
    if path.parent.resolve().is_relative_to(target):
        message = f"leads back to {target}, a folder above it; remove the link"
        return Rejection(name, "symlink-loop", message, doc_id=name)
    message = f"leads to {target}, which is read already; remove the link"
    return Rejection(name, "already-read", message, doc_id=name)


def _outside(name: str, target: Path) -> Rejection:
    message = f"leads to {target}, outside the folder that was given; give that path as an input of its own"
    return Rejection(name, "outside-root", message, doc_id=name)


def _file(path: Path, root: Path, real_root: Path) -> Source | Rejection:
    name = _name(path, root)
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            message = "is a link that leads nowhere or in a circle; remove it"
            reason = "symlink-loop" if _circular(path) else "unreadable"
            return Rejection(name, reason, message, doc_id=name)
        if not target.is_relative_to(real_root):
            return _outside(name, target)
    if not path.is_file():
        message = "is neither a file nor a folder; remove it"
        return Rejection(name, "unreadable", message, doc_id=name)
    return _source(path, root)


def _circular(path: Path) -> bool:
    """Tell whether following a link comes back to a link already seen."""
    seen: set[Path] = set()
    while path.is_symlink():
        if path in seen:
            return True
        seen.add(path)
        path = Path(os.path.normpath(path.parent / os.readlink(path)))
    return False
