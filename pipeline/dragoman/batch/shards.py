"""Shards: a few records each, cut from the input in its order, and what was made of them as a file each.

A shard's file holds rows, one line of JSON for a record. Its first line names the hash of the records it was made
from and the hash of its own lines: a file that is cut off or damaged counts as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from dragoman.records import Article, Extraction, Rejection
from dragoman.rows import Row, Rows, of_extraction, of_rejection

MOST_RECORDS = 64
MOST_CHARACTERS = 250_000
"""A shard is full at so many records or code points; a longer article is a shard of its own."""

Record = Article | Rejection


@dataclass(frozen=True, slots=True)
class Shard:
    """Some records of the input; `digest` is the hash of their content, `number` their place in the input.

    `suspects` are the records at which a worker died; they come last, so that a worker that is killed while it loads
    what it knows is not held against them a second time.
    """

    number: int
    records: tuple[Record, ...]
    digest: str
    suspects: tuple[int, ...] = ()

    @property
    def order(self) -> list[int]:
        """The places of the records in the order in which they are read."""
        return [place for place in range(len(self.records)) if place not in self.suspects] + list(self.suspects)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of one record: of an article that was read (`rows`), or of a rejection (`reject`)."""

    article: Row | None
    rows: Rows | None = None
    reject: Row | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a finished shard tells the one who waits: how many records, and (where, reason, message) of rejections."""

    records: int
    rejections: tuple[tuple[str, str, str], ...] = ()


def divide(records: Iterable[Record]) -> Iterator[Shard]:
    """Cut the records into shards, the same ones for the same input; holds one shard at a time."""
    gathered: list[Record] = []
    number = characters = 0
    for record in records:
        size = len(record.text) if isinstance(record, Article) else 0
        if gathered and (len(gathered) >= MOST_RECORDS or characters + size > MOST_CHARACTERS):
            yield _shard(number, gathered)
            number, characters, gathered = number + 1, 0, []
        gathered.append(record)
        characters += size
    if gathered:
        yield _shard(number, gathered)


def _shard(number: int, records: Sequence[Record]) -> Shard:
    digest = hashlib.sha256()
    for record in records:
        digest.update(type(record).__name__.encode())
        for part in astuple(record):
            content = b"" if part is None else str(part).encode("utf-8", "surrogatepass")
            digest.update(f"{'-' if part is None else len(content)}:".encode())
            digest.update(content)
    return Shard(number, tuple(records), digest.hexdigest())


def outcome_of(result: Extraction | Rejection) -> Outcome:
    """Make the rows of a record that was processed."""
    if isinstance(result, Rejection):
        article, reject = of_rejection(result)
        return Outcome(article, reject=reject)
    rows = of_extraction(result)
    return Outcome(rows.article, rows=rows)


class ShardFiles:
    """The finished shards of a run, a file each in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, number: int) -> Path:
        return self.folder / f"{number:08}.jsonl"

    def any(self) -> bool:
        """Tell whether some shard is finished."""
        return any(self.folder.rglob("*.jsonl"))

    def save(self, shard: Shard, outcomes: Iterable[Outcome]) -> None:
        """Write a shard's rows; the file is there at once or not at all."""
        self.keep(shard.number, packed(shard, outcomes))

    def keep(self, number: int, content: bytes) -> None:
        """Write a shard's file as it was packed, here or elsewhere."""
        path = self.path(number)
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        try:
            unfinished.write_bytes(content)
            os.replace(unfinished, path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise

    def digest_of(self, number: int) -> str | None:
        """Return the hash of the records a finished shard was made from; None where it is not finished or damaged."""
        found = self._read(number)
        return None if found is None else found[0]

    def load(self, number: int) -> Iterator[Outcome]:
        """Yield what was made of a finished shard's records, in their order."""
        found = self._read(number)
        if found is None:
            raise OSError(f"{self.path(number)}: the finished shard is damaged")
        for line in found[1].splitlines():
            yield _outcome(json.loads(line))

    @staticmethod
    def unpacked(content: bytes) -> list[Outcome]:
        """Return what a shard's file holds."""
        return [_outcome(json.loads(line)) for line in content.splitlines()[1:]]

    def _read(self, number: int) -> tuple[str, bytes] | None:
        try:
            first, _, lines = self.path(number).read_bytes().partition(b"\n")
            head = json.loads(first)
            whole = head["lines"] == hashlib.sha256(lines).hexdigest()
            return (str(head["records"]), lines) if whole else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None


def packed(shard: Shard, outcomes: Iterable[Outcome]) -> bytes:
    """Return the file of a finished shard."""
    lines = "".join(json.dumps(_plain(outcome), ensure_ascii=False) + "\n" for outcome in outcomes).encode()
    head = {"records": shard.digest, "lines": hashlib.sha256(lines).hexdigest()}
    return json.dumps(head).encode() + b"\n" + lines


def told(outcomes: Iterable[Outcome]) -> Told:
    """Tell what became of some records."""
    count, rejections = 0, []
    for outcome in outcomes:
        count += 1
        if outcome.reject is not None:
            path, _, reason, message = map(str, outcome.reject)
            where = path if outcome.article is None else str(outcome.article[0])
            rejections.append((where, reason, message))
    return Told(count, tuple(rejections))


def _plain(outcome: Outcome) -> list[object]:
    made = outcome.rows
    if made is None:
        return [outcome.article, outcome.reject]
    return [made.article, made.entities, made.dates, made.events, made.treaties]


def _outcome(plain: list[list[list[object]]]) -> Outcome:
    if len(plain) == 2:
        article, reject = plain
        return Outcome(tuple(article) if article else None, reject=tuple(reject))  # type: ignore[arg-type]
    article, *tables = plain
    rows = Rows(tuple(article), *(tuple(tuple(row) for row in table) for table in tables))  # type: ignore[arg-type]
    return Outcome(rows.article, rows=rows)
