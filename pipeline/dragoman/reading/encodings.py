"""From bytes to text, decided safely: what cannot be read with confidence is not read at all."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dragoman.pack import models_folder, read_toml

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer first."""

MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"\x1f\x8b",
    b"BZh",
    b"PAR1",
    b"SQLite",
    b"{\\rtf",
)
"""How files begin that are no text, whatever their name."""

SAMPLE = 65536
CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
CONTROL_SHARE = 0.002
BELIEVED = 0.97
"""This share of the characters outside ASCII must be usual ones of an encoding."""

CASE_SHARE = 0.02
"""In a text, at most this share of the letters is a capital after a small letter."""


class Undecodable(Exception):
    """The bytes are no text that can be read; `reason` is a code of `Rejection`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ByteEncoding:
    """An encoding of one byte a letter and what a text in it looks like."""

    name: str
    usual: frozenset[str]
    least: float
    most: float


@lru_cache(maxsize=2)
def byte_encodings() -> tuple[ByteEncoding, ...]:
    """Read `models/encodings.toml`."""
    raw = read_toml(models_folder() / "encodings.toml")["encoding"]
    return tuple(
        ByteEncoding(item["name"], frozenset(item["usual"]), item.get("least", 0.0), item.get("most", 1.0))
        for item in raw
    )


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """Return the text of some bytes, without a byte order mark; line ends stay as they are."""
    name, skip = detect_encoding(data) if encoding is None else (encoding, 0)
    try:
        return data[skip:].decode(name)
    except UnicodeDecodeError as error:
        message = f"not valid {name} at byte {error.start + skip}; convert it to UTF-8"
        raise Undecodable("undecodable", message) from None
    except LookupError:
        raise Undecodable("undecodable", f"no encoding is called {name}; mend input.encoding") from None


def detect_encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding of some bytes and the length of the byte order mark before the text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, len(mark)
    if data.startswith(MAGIC):
        raise Undecodable("binary", "is no text but a file of another kind; convert it to text")
    wide = _utf16(data[:SAMPLE])
    if wide is not None:
        return wide, 0
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, CONTROL)) > len(sample) * CONTROL_SHARE:
        raise Undecodable("binary", "holds control bytes, so it is no text; convert it to text")
    try:
        data.decode("utf-8")
        return "utf-8", 0
    except UnicodeDecodeError as error:
        return _by_likeness(data, error.start), 0


def _utf16(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark by its zero bytes: every other one, where much of the text is ASCII."""
    zeros = sample.count(0)
    if len(sample) < 4 or zeros < len(sample) * 0.1:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for name, share, rest in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if share > rest * 20 and rest <= len(sample) * 0.001:
            try:
                text = sample[: len(sample) // 2 * 2].decode(name, "strict")
            except UnicodeDecodeError:
                return None
            return name if sum(char.isprintable() or char.isspace() for char in text) > len(text) * 0.99 else None
    return None


def _by_likeness(data: bytes, failed_at: int) -> str:
    """Choose an encoding of one byte a letter if the text looks right in it."""
    for encoding in byte_encodings():
        try:
            text = data.decode(encoding.name)
        except UnicodeDecodeError:
            continue
        counts = Counter(text)
        foreign = {char: count for char, count in counts.items() if ord(char) > 127}
        letters = sum(count for char, count in counts.items() if char.isalpha())
        outside = sum(count for char, count in foreign.items() if char.isalpha())
        usual = sum(count for char, count in foreign.items() if char in encoding.usual)
        looks_right = usual >= sum(foreign.values()) * BELIEVED
        if (
            looks_right
            and not _case_upside_down(text[:SAMPLE])
            and encoding.least * letters <= outside <= encoding.most * letters
        ):
            return encoding.name
    tried = ", ".join(encoding.name for encoding in byte_encodings())
    message = f"neither UTF-8 (byte {failed_at}) nor UTF-16, {tried}; convert it to UTF-8"
    raise Undecodable("undecodable", message)


def _case_upside_down(text: str) -> bool:
    """Tell whether capitals follow small letters all the time, as in a text read in the wrong encoding."""
    turns = sum(1 for first, second in pairwise(text) if first.islower() and second.isupper())
    return turns > len(text) * CASE_SHARE
