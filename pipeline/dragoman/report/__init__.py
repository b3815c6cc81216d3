"""`report.html`: a run to look at, in one file that opens from disk and asks nobody for anything.

tables of the run ─ contents ─┐
articles on disk ─ passages ──┴─ page ─► report.html
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman import originals
from dragoman.errors import UsageError
from dragoman.listing import Row
from dragoman.report import contents, page, passages
from dragoman.results import Run, read

LARGEST = 4_800_000
"""Bytes of the page: beyond it, articles are cut to the passages that tell events."""

CHUNK = 200_000
"""Code points of text that are packed together."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was written. `size` in bytes; `whole`, `cut` and `gone` count articles with events."""

    path: Path
    size: int
    events: int
    whole: int
    cut: int
    gone: int


def write_report(
    run: Run | Path | str,
    output: Path | str | None = None,
    *,
    articles: Sequence[str | Path] | None = None,
    largest: int = LARGEST,
) -> Report:
    """Write the report of a run, to `report.html` in its folder or to `output`.

    `articles` are the inputs of the run, if they are no longer where `run.json` says. Articles that are gone or
    were changed are shown by the sentences that the tables hold. Raises UsageError if `output` cannot be written.
    """
    opened = run if isinstance(run, Run) else read(run)
    path = Path(output) if output is not None else opened.folder / "report.html"
    tables = contents.Tables(opened)
    title, summary = f"{opened.folder.resolve().name}: events", list(_summary(opened, tables))
    packed = page.packed(contents.of_run(opened, tables))
    frame = page.build(title, summary, contents=packed, texts=())
    texts = _texts(opened, tables, articles, room=largest - len(frame.encode("utf-8")))
    written = page.build(title, summary, contents=packed, texts=texts.blocks)
    _write(path, written)
    return Report(path, len(written.encode("utf-8")), len(tables.events), texts.whole, texts.cut, texts.gone)


@dataclass(frozen=True, slots=True)
class Texts:
    """The articles, packed in blocks, and how many of them are whole, cut for want of room, and gone."""

    blocks: list[str]
    whole: int
    cut: int
    gone: int


def _texts(run: Run, tables: contents.Tables, inputs: Sequence[str | Path] | None, *, room: int) -> Texts:
    """Pack as many articles as there is room for, those with the most events first."""
    order = sorted(tables.told, key=lambda row: (-len(tables.by_article[row["doc_id"]]), row["doc_id"]))
    wanted = list(_as_many_as_fit(order, room * 4))
    found = dict(originals.texts(run, wanted, inputs=inputs))
    whole = [row["doc_id"] for row in order if row["doc_id"] in found]
    kept = len(whole)
    blocks = _packed(tables, found, set(whole))
    while kept and sum(map(len, blocks)) > room:
        kept = 0 if kept < 16 else kept * 3 // 4
        blocks = _packed(tables, found, set(whole[:kept]))
    gone = sum(row["doc_id"] not in found for row in wanted)
    return Texts(blocks, whole=kept, cut=len(order) - gone - kept, gone=gone)


def _as_many_as_fit(order: Sequence[Row], characters: int) -> Iterator[Row]:
    for row in order:
        characters -= min(row["characters"] or 0, passages.LONGEST_ARTICLE)
        if characters < 0:
            return
        yield row


def _packed(tables: contents.Tables, found: dict[str, str], whole: set[str]) -> list[str]:
    blocks: list[str] = []
    waiting: dict[int, Any] = {}
    characters = 0
    for number, row in enumerate(tables.told):
        doc_id = row["doc_id"]
        events = tables.by_article[doc_id]
        shown = passages.of_text(found[doc_id], events) if doc_id in whole else passages.of_events(events)
        complete = doc_id in whole and len(shown[0].text) == len(found[doc_id])
        waiting[number] = contents.of_article(doc_id, shown, tables, whole=complete)
        characters += sum(len(passage.text) for passage in shown)
        if characters > CHUNK:
            blocks.append(page.packed(waiting))
            waiting, characters = {}, 0
    return [*blocks, page.packed(waiting)] if waiting else blocks


def _summary(run: Run, tables: contents.Tables) -> Iterator[str]:
    counts = run.info["counts"]["tables"]
    yield ", ".join(f"{name}: {count}" for name, count in counts.items())
    if tables.left_out:
        yield f"{tables.left_out} events are not in this report; the tables hold them"


def _write(path: Path, text: str) -> None:
    building = path.with_name(f".{path.name}.{os.getpid()}.building")
    try:
        building.write_text(text, "utf-8", newline="\n")
        os.replace(building, path)
    except OSError as error:
        building.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another --output") from error
