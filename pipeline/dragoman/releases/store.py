"""The releases on disk: plain files, each kept once, with a manifest that holds their hashes.

    models/releases/<id>/release.json    every file of the release: sha256, size, and where it lies
    models/releases/<id>/scores.json     what it scored (see scores.py)
    models/releases/<id>/files/...       the files that no earlier release holds, under their own names

A hash is checked whenever a file is taken out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dragoman import provenance
from dragoman.errors import DragomanError, ReleaseError, UsageError
from dragoman.pack import MODELS, models_folder

FORMAT = 1
MANIFEST, SCORES, FILES = "release.json", "scores.json", "files"
WORKING = "working"
NUMBERS = re.compile(r"\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]")
"""Three numbers, which are easier to read in one line."""
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Frozen:
    """One file of a release; `at` is where it lies, from the folder of releases."""

    sha256: str
    size: int
    at: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release as its manifest tells it. `models` is the hash that runs note, `created` an ISO 8601 time."""

    id: str
    created: str
    note: str
    models: str
    dragoman: str
    programs: str
    files: Mapping[str, Frozen]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files.values())

    @property
    def own_size(self) -> int:
        """Bytes that it added to the disk."""
        places = {file.at: file.size for file in self.files.values() if file.at.startswith(f"{self.id}/")}
        return sum(places.values())


def releases_folder(models: Path | None = None) -> Path:
    return (models or models_folder()) / provenance.RELEASES


def checked_id(name: str) -> str:
    """Return an id that may name a folder; UsageError for any other."""
    if not ID.fullmatch(name) or ".." in name or name == WORKING:
        raise UsageError(f"release {name!r}: no such name; write letters, digits, '.', '-' and '_', such as 2026-01-31")
    return name


def load(name: str, *, models: Path | None = None) -> Release:
    """Read the manifest of a release; ReleaseError where it is damaged."""
    folder = releases_folder(models)
    path = folder / checked_id(name) / MANIFEST
    if not path.is_file():
        known = ", ".join(release.id for release in listed(models=models)) or "none"
        raise UsageError(f"{path}: no such release; there are: {known}")
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw.pop("format") != FORMAT:
            raise ReleaseError(f"{path}: written by another dragoman; update dragoman")
        files = {_inside(name, path): Frozen(**file) for name, file in raw.pop("files").items()}
        release = Release(**raw, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(f"{path}: is damaged ({error!r}); restore it from version control") from error
    if release.id != name:
        raise ReleaseError(f"{path}: is the manifest of {release.id}; restore it from version control")
    for file in files.values():
        _inside(file.at, path)
    return release


def _inside(name: str, path: Path) -> str:
    """Return a path of a manifest that stays inside; ReleaseError for one that leads out."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or "\\" in name or ":" in name or {"..", "."} & set(name.split("/")):
        raise ReleaseError(f"{path}: the path {name!r} leads out of the release; restore it from version control")
    return name


def listed(*, models: Path | None = None) -> tuple[Release, ...]:
    """Read all releases, the oldest first."""
    return tuple(sorted((load(name, models=models) for name in _names(releases_folder(models))), key=_age))


def _names(folder: Path) -> list[str]:
    return sorted(name for path in folder.glob(f"*/{MANIFEST}") if not (name := path.parent.name).startswith("."))


def _age(release: Release) -> tuple[str, str]:
    return release.created, release.id


def name_of(sha256: str, *, models: Path | None = None) -> str:
    """Name the latest release whose knowledge has this hash; `working` if there is none.

    A damaged manifest is passed over: it is no reason to lose a run.
    """
    same: list[Release] = []
    for name in _names(releases_folder(models)):
        with suppress(DragomanError):
            same += [release for release in [load(name, models=models)] if release.models == sha256]
    return max(same, key=_age).id if same else WORKING


def freeze(
    name: str, *, sha256: str, created: str, note: str = "", scores: Mapping[str, Any], models: Path | None = None
) -> Release:
    """Freeze the knowledge with its scores; it appears whole or not at all.

    `sha256` is that of the knowledge which was scored; ReleaseError where it has changed since.
    """
    models = models or models_folder()
    folder = releases_folder(models)
    place = folder / checked_id(name)
    if place.exists():
        raise UsageError(f"{place}: this release is there already; choose another --id")
    building = folder / f".{name}.{os.getpid()}.building"
    shutil.rmtree(building, ignore_errors=True)
    try:
        files = _copied(name, building, models)
        if provenance.folder_hashes({path: file.sha256 for path, file in files.items()})["all"] != sha256:
            raise ReleaseError(f"{models}: changed while it was scored; give the command again")
        release = Release(
            id=name,
            created=created,
            note=note,
            models=sha256,
            dragoman=provenance.dragoman_version(),
            programs=provenance.program_hash(),
            files=files,
        )
        _write(building / MANIFEST, {"format": FORMAT, **asdict(release)})
        _write(building / SCORES, scores)
        os.replace(building, place)
    except OSError as error:
        raise UsageError(f"{folder}: cannot write there ({error.strerror}); make room or mend the rights") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return release


def _copied(name: str, building: Path, models: Path) -> dict[str, Frozen]:
    """Copy the files that no release holds yet, and say where each lies."""
    known = {file.sha256: file.at for release in listed(models=models) for file in release.files.values()}
    files: dict[str, Frozen] = {}
    for relative, path in provenance.knowledge_files(models):
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in known:
            copy = building / FILES / relative
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
            known[sha256] = f"{name}/{FILES}/{relative}"
        files[relative] = Frozen(sha256, len(content), known[sha256])
    return files


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = NUMBERS.sub(r"[\1, \2, \3]", json.dumps(content, ensure_ascii=False, indent=1))
    path.write_text(text + "\n", "utf-8", newline="\n")


def content_of(release: Release, path: str, *, models: Path | None = None) -> bytes:
    """Take a file out of a release; ReleaseError names it if it is missing or has changed."""
    file = release.files[path]
    place = releases_folder(models) / file.at
    try:
        content = place.read_bytes()
    except OSError:
        raise ReleaseError(f"{place}: is missing, release {release.id} needs it; restore it") from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ReleaseError(f"{place}: is not what was frozen as {path} of release {release.id}; restore it")
    return content


@contextmanager
def unpacked(release: Release, *, models: Path | None = None) -> Iterator[Path]:
    """Lay out the files of a release, each checked, as a models folder of its own for a while.

    Its folder `releases` holds nothing but the manifest, so that a run made with it finds its name.
    """
    with tempfile.TemporaryDirectory(prefix="dragoman-") as holder:
        folder = Path(holder, release.id)
        for path in release.files:
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content_of(release, path, models=models))
        manifest = folder / provenance.RELEASES / release.id / MANIFEST
        manifest.parent.mkdir(parents=True)
        shutil.copyfile(releases_folder(models) / release.id / MANIFEST, manifest)
        yield folder


@contextmanager
def opened(name: str | None) -> Iterator[Path]:
    """Let this process, and those it starts, read with a release; with None as before.

    To be called before anything is read: what has been loaded already stays loaded.
    """
    if name is None:
        yield models_folder()
        return
    with unpacked(load(name)) as folder:
        before = os.environ.get(MODELS)
        os.environ[MODELS] = str(folder)
        try:
            yield folder
        finally:
            if before is None:
                del os.environ[MODELS]
            else:
                os.environ[MODELS] = before


def is_open(name: str) -> bool:
    """Tell whether this process reads with that release."""
    return models_folder().name == name


def use(release: Release, *, discard: bool = False, models: Path | None = None) -> tuple[str, ...]:
    """Make the working knowledge that of a release again and name the files that changed.

    Raises UsageError where the working knowledge is in no release, unless it is to be discarded.
    """
    models = models or models_folder()
    now = provenance.file_hashes(models)
    if not discard and name_of(provenance.folder_hashes(now)["all"], models=models) == WORKING:
        raise UsageError(
            f"{models}: holds changes that are in no release; freeze them (dragoman release), or say --discard"
        )
    wanted = {path for path, file in release.files.items() if now.get(path) != file.sha256}
    contents = {path: content_of(release, path, models=models) for path in sorted(wanted)}
    for path, content in contents.items():
        _replace(models / path, content)
    gone = sorted(set(now) - set(release.files))
    for path in gone:
        (models / path).unlink()
        _remove_empty((models / path).parent, models)
    return tuple(sorted([*contents, *gone]))


def _replace(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    aside.write_bytes(content)
    os.replace(aside, place)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
