"""What a fuzzer calls: each takes bytes and raises only if the program does what it must not do.

Shared by the bounded tests (Hypothesis) and `make fuzz` (atheris).
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman import dates, flow, sheets
from dragoman.batch.shards import ShardFiles
from dragoman.cells import harmless, unguarded
from dragoman.config import Settings, settle
from dragoman.errors import DragomanError
from dragoman.events.rules import load_rules
from dragoman.language import detect
from dragoman.learning import corrections
from dragoman.learning.edits import Originals, read_edits
from dragoman.learning.sheet import read_sheet
from dragoman.pack import languages, load_pack
from dragoman.reading.fields import Place
from dragoman.reading.reader import PARQUET, READERS, read
from dragoman.records import Article, Rejection
from dragoman.tables import ARTICLES, EVENTS

SETTINGS = Settings(entities="all", dates=replace(Settings().dates, dateparser=False))
ENDINGS = (*READERS, PARQUET, ".jsonl.gz", ".txt.gz", ".csv.gz")


RULE = b"""[[rule]]
id = 'en.x'
type = 'visit'
trigger = ['visit*']
hits = [{ text = 'He visited Baku.' }]
"""


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        yield Path(name)


def readers(data: bytes) -> None:
    """Any bytes under any ending: each record is an article or a rejection with a reason, and there is one."""
    with folder() as place:
        for ending in ENDINGS:
            content = gzip.compress(data, 1) if ending.endswith(".gz") and len(data) % 2 else data
            (place / f"a{ending}").write_bytes(content)
        found = list(read([place], settings=settle({"input": {"max_characters": 2000}})))
    named = {record.path for record in found}
    assert named == {f"a{ending}" for ending in ENDINGS}, named
    for record in found:
        assert isinstance(record, Article | Rejection)
        assert record.message and record.reason if isinstance(record, Rejection) else record.text.strip()


def detector(data: bytes) -> None:
    """Any text: the blocks ascend and lie in it."""
    text = data.decode("utf-8", "ignore")
    verdict = detect(text)
    last = 0
    for start, end, language in verdict.blocks:
        assert last <= start < end <= len(text), (start, end)
        assert language in languages()
        last = end


def date_grammar(data: bytes) -> None:
    """Any text in any language: each date is where it says, and none overlaps another."""
    text = data.decode("utf-8", "ignore")
    for language in languages():
        last = 0
        for timex in dates.find(text, language=language, published="2020-02-29", fallback=False):
            assert last <= timex.start < timex.end <= len(text)
            assert text[timex.start : timex.end] == timex.text
            last = timex.end


def whole_flow(data: bytes) -> None:
    """Any article: it is read, or rejected for a reason that is not a fault of ours."""
    text = data.decode("utf-8", "ignore")
    for language in languages():
        made = flow.process(Article("a", "a", text), settings=replace(SETTINGS, language=language))
        if isinstance(made, Rejection):
            raise AssertionError(made.message)
        for record in (*made.entities, *made.timexes):
            assert text[record.start : record.end] == record.text
        for event in made.events:
            assert text[event.sentence_start : event.sentence_end] == event.evidence


def rule_loader(data: bytes) -> None:
    """Any rule file: it is loaded, or refused by an error of ours."""
    with folder() as place:
        pack, vocabulary, types = _pack(place)
        learned = data.startswith(b"{")
        (place / "rules" / "mine.toml").write_bytes(RULE if learned else data)
        (place / "learned.jsonl").write_bytes(data if learned else b"")
        with contextlib.suppress(DragomanError):
            load_rules(pack, vocabulary, types)


def _pack(place: Path) -> tuple[Any, Any, Any]:
    from dragoman.events.knowledge import load_knowledge
    from dragoman.ontology import load_ontology

    (place / "rules").mkdir()
    language = languages()[-1]
    shutil.copy(load_pack(language).folder / "language.toml", place)
    return replace(load_pack(language), folder=place), load_knowledge(language).vocabulary, load_ontology()


def table_writer(data: bytes) -> None:
    """Any cells: CSV and Parquet give back the same, and no cell is a formula."""
    import pyarrow.parquet as pq

    text = data.decode("utf-8", "surrogatepass" if data.isascii() else "ignore")
    pieces = [harmless(piece) for piece in text.split("\x01")]
    kinds = [column.kind for column in ARTICLES.columns]
    rows = [tuple(_cell(kind, pieces, number + at) for at, kind in enumerate(kinds)) for number in (0, 7)]
    with folder() as place:
        sheets.write(ARTICLES, rows, folder=place)
        stored = pq.read_table(place / "articles.parquet").to_pylist()
        with (place / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))[1:]
    for row, cells, values in zip(rows, written, stored, strict=True):
        for at, column in enumerate(ARTICLES.columns):
            value = row[at]
            assert values[column.name] == (bool(value) if column.kind == "boolean" and value is not None else value)
            if isinstance(value, str):
                assert unguarded(cells[at]) == value
                assert not cells[at].startswith(("=", "@", "+", "\t", "\r"))


def _cell(kind: str, pieces: list[str], number: int) -> Any:
    piece = pieces[number % len(pieces)]
    return {"string": piece or None, "integer": len(piece), "number": len(piece) / 7, "boolean": number % 2}.get(kind)


def correction_reader(data: bytes) -> None:
    """Any edited table and any stored correction: understood, or refused by an error of ours."""
    with folder() as place:
        (place / "events.csv").write_bytes(data)
        with contextlib.suppress(DragomanError):
            read_edits(read_sheet(place / "events.csv"), _originals(), by=None, at=None)
        (place / "mine.jsonl").write_bytes(data)
        with contextlib.suppress(DragomanError):
            corrections.merge(corrections.load(place))


@lru_cache(maxsize=1)
def _originals() -> Originals:
    event: dict[str, Any] = {name: None for name in EVENTS.names}
    event.update(event_id="e1", doc_id="a", type="visit", start=3, end=10, trigger="visited")
    event.update(evidence="He visited Baku.")
    event.update({column.name: [] for column in EVENTS.columns if column.kind == "list"})
    return Originals.of([event], [{"doc_id": "a", "sha256": "0" * 64, "status": "ok"}])


def configuration(data: bytes) -> None:
    """Any config.toml: settled, or refused by an error of ours."""
    with contextlib.suppress(DragomanError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        settle(tomllib.loads(data.decode("utf-8")))


def finished_shards(data: bytes) -> None:
    """Any file in the place of a finished shard: it counts as none."""
    with folder() as place:
        (place / "00000000.jsonl").write_bytes(data)
        assert ShardFiles(place).digest_of(0) is None


def records(data: bytes) -> None:
    """Any fields of a record: read, through the whole flow, into rows that can be packed."""
    from dragoman.batch.shards import divide, outcome_of, packed
    from dragoman.reading.fields import article_of

    with contextlib.suppress(ValueError, RecursionError):
        values = json.loads(data)
        if isinstance(values, dict):
            made = article_of(values, Place("a", "1"), Settings().input)
            shard = next(divide([made]))
            outcomes = [outcome_of(result) for result in flow.process_all([made], settings=SETTINGS)]
            assert ShardFiles.unpacked(packed(shard, outcomes)) == outcomes


Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        readers,
        detector,
        date_grammar,
        whole_flow,
        rule_loader,
        table_writer,
        correction_reader,
        configuration,
        finished_shards,
        records,
    )
}
