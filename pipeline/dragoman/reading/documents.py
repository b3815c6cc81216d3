"""Files that hold one text: plain text, Markdown, HTML; and standard input."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.config import Settings
from dragoman.limits import TOO_SLOW, TooSlow, allowed, processor_seconds
from dragoman.reading import lines
from dragoman.reading.encodings import Undecodable, decode
from dragoman.reading.fields import Place, checked, published_day, too_large
from dragoman.records import Article, Rejection

WIDEST = 4
"""The most bytes that one character takes in any encoding read here."""


def read_text(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read a whole file as one text."""
    found = _decoded(stream, place, settings)
    if isinstance(found, Rejection):
        yield found
    else:
        yield checked(Article(place.doc_id, place.name, found), place, settings.input)


def read_html(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read a web page: the article in it without menus and advertisements, its title and day."""
    found = _decoded(stream, place, settings)
    if isinstance(found, Rejection):
        yield found
    else:
        yield _extracted(found, place, settings)


def read_standard_input(stream: BinaryIO, place: Place, settings: Settings) -> Iterator[Article | Rejection]:
    """Read standard input: JSON Lines where it begins with a brace, else one text."""
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
    peek = getattr(buffered, "peek", None)
    head = bytes(peek(64)) if peek else b""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from lines.read_lines(buffered, place, settings)
    else:
        yield from read_text(buffered, place, settings)


def _decoded(stream: BinaryIO, place: Place, settings: Settings) -> str | Rejection:
    limit = settings.input.max_characters * WIDEST + WIDEST
    data = stream.read(limit + 1)
    if len(data) > limit:
        return too_large(place, None, settings.input)
    try:
        return decode(data, encoding=settings.input.encoding)
    except Undecodable as error:
        return place.reject(error.reason, str(error), data=data)


def _extracted(page: str, place: Place, settings: Settings) -> Article | Rejection:
    from trafilatura import bare_extraction

    try:
        with processor_seconds(allowed(settings.input.max_seconds, len(page))):
            found = bare_extraction(page, with_metadata=True, include_comments=False) if page.strip() else None
    except TooSlow:
        message = f"took longer than input.max_seconds = {settings.input.max_seconds} allows; save its text as .txt"
        return place.reject(TOO_SLOW, message)
    text = getattr(found, "text", None)
    if not text:
        message = "no article was found on the page; save its text as .txt"
        return place.reject("empty", message, data=page.encode("utf-8", "surrogatepass"))
    article = Article(
        place.doc_id,
        place.name,
        text,
        getattr(found, "title", None),
        published_day(getattr(found, "date", None)),
    )
    return checked(article, place, settings.input)
