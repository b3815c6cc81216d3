"""Reads the files of a plan one after the other; of their records, only the current one is held."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.config import Settings
from dragoman.reading import documents, lines, tabular
from dragoman.reading.encodings import SAMPLE
from dragoman.reading.fields import Place
from dragoman.reading.remote import RemoteFile
from dragoman.reading.sources import Plan, Source, plan
from dragoman.records import Article, Rejection

Progress = Callable[[int], None]
Records = Iterator[Article | Rejection]

TEXTS = {".txt": documents.read_text, ".md": documents.read_text}
PAGES = {".html": documents.read_html, ".htm": documents.read_html}
TABLES = {".jsonl": lines.read_lines, ".ndjson": lines.read_lines, ".csv": tabular.read_csv}
PACKED = ".gz"
PARQUET = ".parquet"
READERS = {**TEXTS, **PAGES, **TABLES}


def read(
    inputs: Sequence[str | Path] | Plan,
    *,
    settings: Settings,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Records:
    """Read files, folders and `-`, sorted by name; `progress` is told how many bytes of the disk were read.

    A doc_id that was there before is rejected the second time.
    """
    listed = inputs if isinstance(inputs, Plan) else plan(inputs)
    yield from listed.rejections
    for source in listed.sources:
        seen: set[str] = set()  # a doc_id begins with the name of its file
        for number, record in enumerate(_read_source(source, settings, stdin, progress), 1):
            yield _unrepeated(record, number, seen)


def _unrepeated(record: Article | Rejection, number: int, seen: set[str]) -> Article | Rejection:
    """Reject a record whose id was used before, under an id of its own."""
    doc_id = record.doc_id
    if doc_id is None or doc_id not in seen:
        seen.add(doc_id or "")
        return record
    own = f"{doc_id}@{number}"
    while own in seen:
        own += "+"
    seen.add(own)
    if isinstance(record, Rejection):
        return replace(record, doc_id=own)
    place = Place(record.path, record.doc_id.partition("#")[2] or None)
    message = f"record {number} of this file has an id that was there before; give each record its own"
    rejection = place.reject("duplicate-id", message, data=record.text.encode("utf-8"))
    return replace(rejection, doc_id=own)


def _read_source(source: Source, settings: Settings, stdin: BinaryIO | None, progress: Progress | None) -> Records:
    place = Place(source.name)
    if source.path is None:
        yield from documents.read_standard_input(stdin or sys.stdin.buffer, place, settings)
        return
    suffixes = [suffix.lower() for suffix in source.path.suffixes]
    packed = suffixes[-1:] == [PACKED]
    suffix = (suffixes[:-1] if packed else suffixes)[-1:]
    kind = suffix[0] if suffix else ""
    if kind not in READERS and (packed or kind != PARQUET):
        yield _unsupported(place, source.path)
        return
    try:
        with source.path.open("rb", buffering=SAMPLE) as raw:
            stream: Any = Counted(raw, progress) if progress else raw
            if kind == PARQUET:
                yield from tabular.read_parquet(raw, place, settings)
                if progress:
                    progress(source.size)
            else:
                yield from READERS[kind](_unpacked(stream) if packed else stream, place, settings)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield place.reject("undecodable", f"damaged gzip: {error}; pack it again")
    except UnicodeDecodeError as error:
        message = f"not valid {error.encoding}: {error.reason}; what comes after it was not read; convert it to UTF-8"
        yield place.reject("undecodable", message)
    except OSError as error:
        yield place.reject("unreadable", f"cannot be read: {error.strerror or error}; check the permissions")


def _unpacked(stream: BinaryIO) -> BinaryIO:
    return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]


def _unsupported(place: Place, path: Path | RemoteFile) -> Rejection:
    known = " ".join(sorted([*READERS, PARQUET]))
    ending = path.suffix or "no ending"
    message = f"{ending} is not a format that is read; known: {known} (and .gz of the text ones)"
    return place.reject("unsupported-format", message)


class Counted(io.RawIOBase):
    """A binary stream that tells how much was read from it."""

    def __init__(self, stream: BinaryIO, progress: Progress) -> None:
        self.stream = stream
        self.progress = progress

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        data = self.stream.read(-1 if size is None else size)
        self.progress(len(data))
        return data

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def readline(self, size: int | None = -1) -> bytes:
        data = self.stream.readline(-1 if size is None else size)
        self.progress(len(data))
        return data
