"""CSV and Parquet: one record a row."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from dragoman.config import InputSettings, Settings
from dragoman.reading.documents import WIDEST
from dragoman.reading.encodings import SAMPLE, Undecodable, detect_encoding
from dragoman.reading.fields import Place, article_of, named, too_large
from dragoman.records import Article, Rejection

BATCH = 64
"""Rows of Parquet held at a time."""

DELIMITERS = ",;\t|"

MOST_OF_HEADER = 1 << 20
"""So many characters of a first line are read."""


def read_csv(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read records from CSV with a header; comma, semicolon, tab or bar divide its columns."""
    buffered: Any = io.BufferedReader(stream, SAMPLE) if isinstance(stream, io.RawIOBase) else stream
    head = bytes(buffered.peek(SAMPLE)[:SAMPLE])
    try:
        encoding = settings.input.encoding or _encoding(head)
    except Undecodable as error:
        yield place.reject(error.reason, str(error), data=head)
        return
    csv.field_size_limit(settings.input.max_characters * 4)
    text = io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline="")
    try:
        yield from _rows(text, place, settings.input)
    finally:
        text.detach()


def _encoding(head: bytes) -> str:
    """Decide the encoding from the first bytes, cut before a character that may be incomplete."""
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[: head.rfind(b"\n") + 1] or head
    name, mark = detect_encoding(head)
    return {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(name, name) if mark else name


def _rows(text: io.TextIOWrapper, place: Place, settings: InputSettings) -> Iterator[Article | Rejection]:
    header = text.readline(MOST_OF_HEADER)
    if not header.strip():
        yield place.reject("empty", "holds no header", data=b"")
        return
    delimiter = max(DELIMITERS, key=header.count)
    try:
        columns = next(csv.reader([header], delimiter=delimiter))
    except csv.Error as error:
        yield place.reject("invalid-csv", f"row 1: {error}; mend the header")
        return
    missing = _without_text(columns, place, settings)
    if missing:
        yield missing
        return
    rows = csv.reader(_bounded(text, settings.max_characters * 4 + MOST_OF_HEADER), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        here = Place(place.name, str(number))
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            if "field limit" in str(error):
                yield too_large(here, None, settings)
            message = f"row {number}: {error}; mend the quotes, the rows after it were not read"
            yield Place(place.name, f"{number}-").reject("invalid-csv", message)
            return
        if row:
            yield article_of(dict(zip(columns, row, strict=False)), here, settings)
    if number == 1:
        yield place.reject("empty", "holds a header but no row", data=b"")


def _bounded(text: io.TextIOWrapper, most: int) -> Iterator[str]:
    """Yield the lines; one that is longer than allowed is not held, but ends the reading."""
    while line := text.readline(most):
        if len(line) == most:
            raise csv.Error(f"field limit: a line of more than {most} characters")
        yield line


def _without_text(columns: Sequence[str], place: Place, settings: InputSettings) -> Rejection | None:
    if settings.text in columns:
        return None
    have = named(columns)
    message = f"has no column {settings.text}, it has {have}; name the right one in [input] text"
    return place.reject("missing-text", message)


def read_parquet(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read records from Parquet, some rows at a time."""
    import pyarrow
    from pyarrow import parquet

    wanted = settings.input
    try:
        file = parquet.ParquetFile(stream)
        columns = list(file.schema_arrow.names)
        missing = _without_text(columns, place, wanted)
        if missing:
            yield missing
            return
        if pyarrow.types.is_string(file.schema_arrow.field(wanted.text).type):
            file = parquet.ParquetFile(stream, read_dictionary=[wanted.text])
        used = [name for name in (wanted.id, wanted.title, wanted.published, wanted.text) if name in columns]
        yield from _batches(file, used, place, wanted)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError, OSError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield place.reject("invalid-parquet", f"damaged or no Parquet: {first}; write it again")


def _size(cell: Any) -> int:
    """Return the bytes of a text without taking it out: few bytes of a file may stand for many of these."""
    held = getattr(cell, "value", cell)
    return held.as_buffer().size if hasattr(held, "as_buffer") and held.is_valid else 0


def _batches(file: Any, columns: Sequence[str], place: Place, settings: InputSettings) -> Iterator[Article | Rejection]:
    number = 0
    for batch in file.iter_batches(batch_size=BATCH, columns=list(columns)):
        for row in range(batch.num_rows):
            number += 1
            here = Place(place.name, str(number))
            cells = {name: batch.column(name)[row] for name in columns}
            if _size(cells[settings.text]) > settings.max_characters * WIDEST:
                yield too_large(here, None, settings)
            else:
                yield article_of({name: cell.as_py() for name, cell in cells.items()}, here, settings)
    if number == 0:
        yield place.reject("empty", "holds no row", data=b"")
