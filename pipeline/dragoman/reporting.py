"""What a run says while it works, and its summary: a progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TextIO

if TYPE_CHECKING:
    from dragoman.batch.shards import Told
    from dragoman.writing import RunSummary

EVERY = 10.0
"""Seconds between two log lines."""

MOST_REJECTIONS = 20
"""So many rejections are told one by one; the table `rejects` holds them all."""

COLUMNS = ("type", "date", "participants", "trigger")
WIDTH = 40


class Reporter:
    """Tells how far a run is. `size` is all bytes there are to read; `clock` gives seconds."""

    def __init__(self, size: int, *, quiet: bool, stream: TextIO, clock: Callable[[], float]) -> None:
        self.size, self.quiet, self.stream, self.clock = size, quiet, stream, clock
        self.bytes = self.articles = self.rejections = 0
        self.started = self.last = clock()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Self:
        if not self.quiet and self.stream.isatty():
            self.bar, self.task = _bar(self.size)
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
            self.bar = None
        if self.rejections > MOST_REJECTIONS:
            self.say(f"{self.rejections - MOST_REJECTIONS} more were rejected; see the table rejects")

    def read(self, size: int) -> None:
        """Note that so many more bytes were read."""
        self.bytes += size
        if self.bar is not None:
            self.bar.update(self.task, completed=self.bytes)

    def finished(self, told: Told) -> None:
        """Note that some records are done."""
        self.articles += told.records
        for where, reason, message in told.rejections:
            self.rejections += 1
            if self.rejections <= MOST_REJECTIONS:
                self.say(f"rejected {where}: {reason}: {message}")
        now = self.clock()
        if self.bar is not None:
            rate = self.articles / max(now - self.started, 0.001)
            self.bar.update(self.task, articles=self.articles, rate=f"{rate:.0f}/s")
        elif now - self.last >= EVERY:
            self.last = now
            self.say(self._progress(now))

    def say(self, line: str) -> None:
        """Print one line of talk."""
        if self.quiet:
            return
        if self.bar is not None:
            self.bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=self.stream, flush=True)

    def _progress(self, now: float) -> str:
        rate = self.articles / max(now - self.started, 0.001)
        share = f", {min(100, self.bytes * 100 // self.size)} %" if self.size else ""
        return f"{self.articles} records, {rate:.0f} a second{share}"


def _bar(size: int) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.fields[articles]} articles"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    return bar, bar.add_task("read", total=size or None, articles=0, rate="")


def summary_lines(summary: RunSummary, *, seconds: float) -> Iterator[str]:
    """Yield the lines that end a run: the tables with their rows, a few events, what was rejected."""
    languages = ", ".join(f"{language} {count}" for language, count in sorted(summary.languages.items()))
    read = f"{summary.ok} articles read" + (f" ({languages})" if languages else "")
    yield f"{read}, {summary.rejected} rejected, {seconds:.1f} s"
    yield f"tables in {summary.folder} (.csv and .parquet):"
    for name, rows in summary.tables.items():
        yield f"  {name:<10} {rows:>8}"
    if summary.events:
        yield "some events:"
        yield from _event_rows(summary.events)
    if summary.reasons:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(summary.reasons.items()))
        yield f"rejected: {reasons}"


def _event_rows(events: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    rows = [[_short(event.get(column)) for column in COLUMNS] for event in events]
    widths = [max(len(row[number]) for row in rows) for number in range(len(COLUMNS))]
    for row in rows:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(value: object) -> str:
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "\u2026"
