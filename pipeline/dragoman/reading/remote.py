"""Addresses such as `s3://bucket/articles`: any store that fsspec knows, read file by file.

fsspec comes with the extra `cluster`; what a store needs besides (s3fs, gcsfs, ...) is the user's to install.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from dragoman.errors import EngineError, UsageError

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_address(place: object) -> bool:
    """Tell whether an input or output is an address and not a path."""
    return isinstance(place, str) and ADDRESS.match(place) is not None


def store_of(address: str) -> tuple[Any, str]:
    """Open the store of an address; returns it and the path in it.

    Raises EngineError where fsspec or what the store needs is not installed, UsageError for an unknown kind.
    """
    try:
        import fsspec
    except ImportError:
        raise EngineError(f"{address}: fsspec is not installed; install dragoman[cluster]") from None
    try:
        store, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise EngineError(f"{address}: {error}") from None
    except ValueError as error:
        raise UsageError(f"{address}: {error}; check the address") from None
    return store, str(path).rstrip("/") or "/"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a store, with as much of a path's manners as reading needs."""

    store: Any
    path: str

    def open(self, mode: str = "rb", buffering: int = -1) -> BinaryIO:
        return io.BufferedReader(self.store.open(self.path, mode), max(buffering, io.DEFAULT_BUFFER_SIZE))

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @property
    def suffixes(self) -> list[str]:
        return PurePosixPath(self.path).suffixes

    def version(self) -> str:
        """Return what changes when the file does, as far as its store tells."""
        return str(self.store.ukey(self.path))


def files_behind(addresses: Sequence[str]) -> Iterator[tuple[str, RemoteFile, int]]:
    """Yield name, file and size in bytes of everything behind addresses of one store.

    Names are relative to the folder that holds them all; what begins with a full stop is left out.
    """
    opened = [store_of(address) for address in addresses]
    if len({type(store) for store, _ in opened}) > 1:
        raise UsageError(f"{', '.join(addresses)}: these are stores of several kinds; read one kind in a run")
    found: dict[str, tuple[RemoteFile, int]] = {}
    folders = []
    for address, (store, path) in zip(addresses, opened, strict=True):
        listed = _listed(store, path, address)
        folders.append(str(PurePosixPath(path).parent) if list(listed) == [path] else path)
        found.update({name: (RemoteFile(store, name), size) for name, size in listed.items()})
    root = os.path.commonpath(folders)
    for path, (file, size) in found.items():
        name = path.removeprefix(root).lstrip("/")
        if not any(part.startswith(".") for part in name.split("/")):
            yield name, file, size


def _listed(store: Any, path: str, address: str) -> dict[str, int]:
    try:
        listed: dict[str, Any] = store.find(path, detail=True)
    except OSError as error:
        raise UsageError(f"{address}: cannot be listed ({error}); check the address and the access to it") from error
    if not listed and not store.exists(path):
        raise UsageError(f"{address}: no such file or folder; check the address")
    return {name: int(info.get("size") or 0) for name, info in listed.items()}
