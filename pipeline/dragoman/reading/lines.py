"""JSON Lines: one record a line, read line by line whatever the size of the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.config import Settings
from dragoman.reading.encodings import MARKS
from dragoman.reading.fields import Place, article_of, too_large
from dragoman.records import Article, Rejection

ESCAPED = 6
"""The most bytes that one character takes in JSON (an escape of six signs), beside a supplement of two."""

SPARE = 1 << 20
"""Room for the other fields of a record, in bytes."""


def read_lines(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read records from JSON Lines; blank lines are none."""
    limit = settings.input.max_characters * ESCAPED + SPARE
    encoding, lines = _recoded(stream, limit)
    if lines is None:
        message = f"JSON Lines must be UTF-8, this is {encoding}; convert it"
        yield place.reject("undecodable", message)
        return
    count = 0
    for number, line in enumerate(lines, 1):
        here = Place(place.name, str(number))
        if line is None:
            yield too_large(here, None, settings.input)
            count += 1
        elif line.strip():
            yield _record(line, here, settings)
            count += 1
    if count == 0:
        yield place.reject("empty", "holds no record", data=b"")


def _recoded(stream: BinaryIO, limit: int) -> tuple[str, Iterator[bytes | None] | None]:
    """Return the lines as UTF-8; a file in UTF-16 is recoded on the way."""
    head = stream.readline(limit + 1)
    for mark, name in MARKS:
        if head.startswith(mark):
            if name == "utf-8":
                return name, _lines(head[len(mark) :], stream, limit)
            if name.startswith("utf-16"):
                recoded = codecs.EncodedFile(_Resumed(head[len(mark) :], stream), "utf-8", name)  # type: ignore[arg-type]
                return name, _plain(recoded)
            return name, None
    return "utf-8", _lines(head, stream, limit)


def _plain(stream: Any) -> Iterator[bytes | None]:
    yield from stream


def _lines(head: bytes, stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is longer than the limit (the rest of it is skipped)."""
    line = head
    while line:
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            yield None
        else:
            yield line
        line = stream.readline(limit + 1)


class _Resumed:
    """A stream of which the first bytes were read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def read(self, size: int = -1) -> bytes:
        head, self.head = self.head, b""
        return head + self.stream.read(size)


def _record(line: bytes, place: Place, settings: Settings) -> Article | Rejection:
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"line {place.record} is not valid UTF-8 at byte {error.start}; convert it"
        return place.reject("undecodable", message, data=line)
    except json.JSONDecodeError as error:
        message = f"line {place.record}, column {error.colno}: {error.msg}; mend that line"
        return place.reject("invalid-json", message, data=line)
    except (RecursionError, ValueError) as error:
        return place.reject("invalid-json", f"line {place.record}: {error}; mend that line", data=line)
    if not isinstance(values, dict):
        message = f"line {place.record} is no object with keys but {type(values).__name__}; mend that line"
        return place.reject("invalid-json", message, data=line)
    return article_of(values, place, settings.input)
