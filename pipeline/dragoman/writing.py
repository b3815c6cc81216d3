"""Write a run: rows in as they come, the folder out at once.

Everything is built in a folder beside the run's place and moved there when it is complete; `run.json` is
written last. An interrupted run leaves the old folder as it was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from dragoman import aside, datapackage, provenance, rows, sheets, timeline
from dragoman.errors import DragomanError, UsageError
from dragoman.records import Extraction, Rejection
from dragoman.releases.store import name_of
from dragoman.spool import Spool
from dragoman.tables import (
    ARTICLES,
    DATES,
    ENTITIES,
    EVENTS,
    REJECTS,
    TABLES,
    TIMELINE,
    TREATIES,
    Table,
)

if TYPE_CHECKING:
    from dragoman.batch.shards import Outcome

RUN_FILE = "run.json"
PACKAGE_FILE = "datapackage.json"
RUN_FORMAT = 1
SHOWN_PER_LANGUAGE = 2
DUPLICATE_ID = "duplicate-id"
PLAIN = (ARTICLES, ENTITIES, DATES, TREATIES, REJECTS)
"""The tables that stand in the spool as they are written, apart from the events."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a finished run holds. `tables` maps names to numbers of rows, `events` shows a few events.

    `folder` is an address where the run went to one.
    """

    folder: Path | str
    tables: Mapping[str, int]
    ok: int
    rejected: int
    languages: Mapping[str, int]
    reasons: Mapping[str, int]
    types: Mapping[str, int]
    events: tuple[Mapping[str, rows.Cell], ...]


class RunWriter:
    """Take extractions and rejections in any order and write a run, the same for the same input.

    `started` is the clock time to note in run.json, `note` what else is to stand there; an existing run is
    replaced only with `overwrite`. `building` is the folder to build in, which is emptied; else a new one is made.
    With more `workers` than one, another process may write some of the tables.
    Raises UsageError for a folder that holds something else, or a run without `overwrite`.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        settings: Mapping[str, Any],
        command: Sequence[str],
        started: str | None = None,
        overwrite: bool = False,
        models: Path | None = None,
        building: Path | None = None,
        workers: int = 1,
        note: Mapping[str, Any] | None = None,
    ) -> None:
        self.folder = Path(folder).resolve()
        self.summary: RunSummary | None = None
        check_place(self.folder, overwrite=overwrite)
        self._note = {"command": list(command), "settings": dict(settings), **(note or {}), "started": started}
        self._overwrite = overwrite
        self._workers = workers
        self._models = models
        self._building = _fresh_folder_beside(self.folder) if building is None else _emptied(building)
        self._spool: Spool | None = Spool(self._building / "spool.sqlite")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.summary is None:
            self.close()
        elif kind is not None:
            self.discard()

    def add(self, extraction: Extraction) -> None:
        """Take in what was found in one article; a doc_id that was read already is rejected."""
        self.add_rows(rows.of_extraction(extraction))

    def add_rows(self, made: rows.Rows) -> None:
        """Take in the rows of one article."""
        spool = self._open_spool()
        if spool.knows(str(made.article[0])):
            self.reject(_duplicate(made.article))
            return
        spool.put(ARTICLES, [made.article])
        spool.put(ENTITIES, made.entities)
        spool.put(DATES, made.dates)
        spool.put(EVENTS, made.events)
        spool.put(TREATIES, made.treaties)

    def reject(self, rejection: Rejection) -> None:
        """Take in a record that could not be read or processed."""
        self.reject_rows(*rows.of_rejection(rejection))

    def reject_rows(self, article: rows.Row | None, reject: rows.Row) -> None:
        """Take in the rows of a rejection."""
        if article is not None:
            self._open_spool().put(ARTICLES, [article])
        self._open_spool().put(REJECTS, [reject])

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Take in what was made of some records elsewhere."""
        for outcome in outcomes:
            if outcome.rows is not None:
                self.add_rows(outcome.rows)
            elif outcome.reject is not None:
                self.reject_rows(outcome.article, outcome.reject)

    def close(self, *, timings: Mapping[str, float] | None = None, finished: str | None = None) -> RunSummary:
        """Write the tables and move the run into its place; `timings` (seconds) go to run.json."""
        spool = self._open_spool()
        try:
            written = self._tables(spool)
            self.summary = _summary(self.folder, written, spool)
            spool.close()
            spool.path.unlink()
            package = datapackage.describe(written, version=provenance.dragoman_version())
            _write_json(self._building / PACKAGE_FILE, package)
            note = self._run_note(self.summary, timings=timings, finished=finished)
            _write_json(self._building / RUN_FILE, note)
            _move_into_place(self._building, self.folder, overwrite=self._overwrite)
        except BaseException:
            self.summary = None
            self.discard()
            raise
        self._spool = None
        return self.summary

    def discard(self) -> None:
        """Give up the run and remove what was built of it."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None
        shutil.rmtree(self._building, ignore_errors=True)

    def _open_spool(self) -> Spool:
        if self._spool is None:
            raise DragomanError(f"{self.folder}: this run is closed; open a new RunWriter")
        return self._spool

    def _tables(self, spool: Spool) -> list[sheets.WrittenTable]:
        """Write all tables, those that need no merging meanwhile in another process where there may be one."""
        large = spool.settle() >= aside.LARGE and self._workers > 1
        merged = Spool(self._building / "timeline.sqlite")
        with aside.writing_aside(PLAIN, spool.path, self._building, _sheet) if large else nullcontext(list) as brought:
            merged.put(TIMELINE, timeline.merged(spool.rows(EVENTS, order=timeline.ORDER)))
            done = [_sheet(TIMELINE, merged, self._building), _sheet(EVENTS, spool, self._building), *brought()]
        merged.close()
        merged.path.unlink()
        known = {written.table.name: written for written in done}
        return [known.get(table.name) or _sheet(table, spool, self._building) for table in TABLES]

    def _run_note(
        self, summary: RunSummary, *, timings: Mapping[str, float] | None, finished: str | None
    ) -> dict[str, Any]:
        hashes = provenance.models_hashes(self._models)
        return {
            "dragoman": provenance.dragoman_version(),
            "format": RUN_FORMAT,
            "release": name_of(hashes["all"], models=self._models),
            **self._note,
            "finished": finished,
            "timings": dict(timings or {}),
            "counts": {
                "tables": dict(summary.tables),
                "articles": {"ok": summary.ok, "rejected": summary.rejected},
                "languages": dict(summary.languages),
                "reasons": dict(summary.reasons),
                "types": dict(summary.types),
            },
            "versions": provenance.versions(),
            "models": hashes,
        }


def check_place(folder: Path, *, overwrite: bool) -> None:
    """Raise UsageError if a run cannot be written to this folder."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name another folder with --output")
    if not any(folder.iterdir()):
        return
    if not _is_run(folder):
        raise UsageError(f"{folder}: holds other things than a run; name another --output")
    if not overwrite:
        raise UsageError(f"{folder}: holds a run already; say --overwrite, or name another --output")


def _is_run(folder: Path) -> bool:
    try:
        note = json.loads((folder / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(note, dict) and "dragoman" in note and "format" in note


def _fresh_folder_beside(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for number in range(1000):
            building = folder.parent / f".{folder.name}.{os.getpid()}.{number}.building"
            if not building.exists():
                building.mkdir()
                return building
    except OSError as error:
        raise UsageError(f"{folder}: cannot write there ({error.strerror}); name another folder") from error
    raise UsageError(f"{folder.parent}: too many half-built runs; remove the folders named .*.building")


def _emptied(building: Path) -> Path:
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    return building


def _move_into_place(building: Path, folder: Path, *, overwrite: bool) -> None:
    check_place(folder, overwrite=overwrite)
    if not folder.exists() or not any(folder.iterdir()):
        os.replace(building, folder)
        return
    old = building.with_name(building.name.removesuffix(".building") + ".old")
    os.replace(folder, old)
    try:
        os.replace(building, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _duplicate(article: rows.Row) -> Rejection:
    doc_id, path = str(article[0]), str(article[1])
    message = f"another record is called {doc_id} too; give each its own id"
    return Rejection(path, DUPLICATE_ID, message, doc_id=doc_id)


def _sheet(table: Table, spool: Spool, folder: Path) -> sheets.WrittenTable:
    found = spool.rows(table)
    return sheets.write(table, _told_apart(found) if table is ARTICLES else found, folder=folder)


def _told_apart(articles: Iterable[rows.Row]) -> Iterator[rows.Row]:
    """Number the further records of one doc_id (all but the first are rejected): it stays a key."""
    last: rows.Cell = None
    again = 0
    for row in articles:
        again = again + 1 if row[0] == last else 1
        last = row[0]
        yield row if again == 1 else (f"{row[0]}~{again}", *row[1:])


def noted_summary(folder: Path, info: Mapping[str, Any]) -> RunSummary:
    """Read the summary of a finished run from its `run.json`; without the events."""
    counts = info["counts"]
    articles = counts["articles"]
    languages, reasons, types = (counts[name] for name in ("languages", "reasons", "types"))
    return RunSummary(folder, counts["tables"], articles["ok"], articles["rejected"], languages, reasons, types, ())


def _summary(folder: Path, written: Sequence[sheets.WrittenTable], spool: Spool) -> RunSummary:
    status = spool.counts(ARTICLES, "status")
    rejects = next(table.rows for table in written if table.table is REJECTS)
    return RunSummary(
        folder=folder,
        tables={table.table.name: table.rows for table in written},
        ok=status.get("ok", 0),
        rejected=rejects,
        languages=spool.counts(ARTICLES, "language"),
        reasons=spool.counts(REJECTS, "reason"),
        types=spool.counts(EVENTS, "type"),
        events=tuple(
            dict(zip(EVENTS.names, row, strict=True))
            for language in spool.counts(EVENTS, "language")
            for row in islice(spool.telling_events(language), SHOWN_PER_LANGUAGE)
        ),
    )


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", "utf-8", "replace", "\n")
