"""From the fields of a record to an `Article`, or to the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dragoman.config import InputSettings
from dragoman.records import Article, Rejection

ISO_DAY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?\s*\Z", re.DOTALL)

MOST_NAMED = 300
"""So many characters of names stand in a message."""

SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file's name and the line or row in it (None for a file of one text)."""

    name: str
    record: str | None = None

    @property
    def doc_id(self) -> str:
        return self.name if self.record is None else f"{self.name}#{self.record}"

    def reject(self, reason: str, message: str, *, data: bytes | None = None) -> Rejection:
        """Make the rejection of this record; `data` is what stood there, for its hash."""
        digest = None if data is None else hashlib.sha256(data).hexdigest()
        return Rejection(self.name, reason, message, self.record, self.doc_id, digest)


def article_of(values: Mapping[str, object], place: Place, settings: InputSettings) -> Article | Rejection:
    """Make an article of a record's fields; its id, if it has one, stands for the line's number."""
    key = _key(values.get(settings.id))
    if key is not None:
        place = Place(place.name, key)
    text = values.get(settings.text)
    if text is None:
        have = named(sorted(map(str, values)))
        message = f"has no {settings.text}, it has {have}; name the right one in [input] text"
        return place.reject("missing-text", message)
    if not isinstance(text, str):
        message = f"{settings.text} is no text but {type(text).__name__}; name the right one in [input] text"
        return place.reject("missing-text", message)
    return checked(
        Article(
            place.doc_id,
            place.name,
            text,
            _text(values.get(settings.title)),
            published_day(values.get(settings.published)),
        ),
        place,
        settings,
    )


def named(names: Iterable[str]) -> str:
    """List names for a message, which they may not make long."""
    return ", ".join(islice(names, 40))[:MOST_NAMED] or "nothing"


def checked(article: Article, place: Place, settings: InputSettings) -> Article | Rejection:
    """Return the article unless its text is empty, too long, or holds halves of characters."""
    if not article.text.strip():
        return place.reject("empty", "holds no text", data=article.text.encode("utf-8", "surrogatepass"))
    if len(article.text) > settings.max_characters:
        return too_large(place, len(article.text), settings)
    if SURROGATE.search(article.text):
        return place.reject("undecodable", "holds halves of characters (surrogates); convert it to UTF-8")
    return article


def too_large(place: Place, size: int | None, settings: InputSettings) -> Rejection:
    """Make the rejection of a text that is longer than allowed; `size` is its length where known."""
    length = "is longer" if size is None else f"has {size} characters, more"
    message = f"{length} than input.max_characters = {settings.max_characters}; raise it or divide the text"
    return place.reject("too-large", message)


def published_day(value: object) -> str | None:
    """Return the ISO 8601 day of a day, a timestamp or a text that begins with one; else None."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    found = ISO_DAY.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date.fromisoformat(found.group(1)).isoformat()
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _key(value: object) -> str | None:
    """Return an id as text; a whole number counts as one, nothing else does."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None
