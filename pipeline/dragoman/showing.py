"""Events as lines on a terminal: what was read, and the sentence in which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.arguments import arguments
from dragoman.listing import Row, by_document, rows
from dragoman.results import Run
from dragoman.visible import on_one_line, visible

if TYPE_CHECKING:
    from rich.text import Text

LONGEST = 700
"""Code points of a sentence; a longer one is cut around the trigger."""

STYLES = {
    "trigger": "bold red",
    "date": "cyan",
    "source": "green",
    "target": "yellow",
    "participant": "green",
    "person": "blue",
    "place": "magenta",
    "organisation": "blue",
    "actor": "blue",
    "instrument": "bold",
}
USUAL = frozenset({"actual", "positive", "single"})


@dataclass(frozen=True, slots=True)
class Context:
    """The names, dates and treaties of a run, by article."""

    names: dict[str, list[Row]]
    dates: dict[str, list[Row]]
    treaties: dict[str, list[Row]]

    @classmethod
    def of(cls, run: Run) -> Context:
        return cls(*(by_document(rows(run, table)) for table in ("entities", "dates", "treaties")))


def lines(events: list[Row], context: Context) -> Iterator[Text]:
    """Yield the lines that show some events, article by article; plain where styles are left away."""
    from rich.text import Text

    article = None
    for event in events:
        if event["doc_id"] != article:
            if article is not None:
                yield Text()
            article = event["doc_id"]
            yield Text(on_one_line(article), style="bold underline")
        yield _heading(event)
        yield _evidence(event, context)


def _heading(event: Row) -> Text:
    from rich.text import Text

    doubts = [value for value in (event["modality"], event["polarity"], event["aspect"]) if value not in USUAL]
    kind = event["type"] + (f" ({', '.join(doubts)})" if doubts else "")
    confidence = "" if event["confidence"] is None else f"{event['confidence']:.2f}"
    cells = (
        (event["date"] or "-", STYLES["date"]),
        (kind, "bold"),
        (sides(event) or "-", STYLES["participant"]),
        (confidence, "dim"),
        (event["rule"], "dim"),
    )
    line = Text()
    for cell, style in cells:
        line.append("  ").append(on_one_line(cell), style=style)
    return line


def sides(event: Row) -> str:
    """Write who acts on whom, or who are concerned."""
    if event["source"] and event["target"]:
        return f"{' '.join(event['source'])} \u2192 {' '.join(event['target'])}"
    return " ".join([*event["participants"], *event["organisations"]]) or ", ".join(event["actors"])


def _evidence(event: Row, context: Context) -> Text:
    from rich.text import Text

    doc_id, text, origin = event["doc_id"], event["evidence"], event["sentence_start"]
    begin = max(0, event["start"] - origin - LONGEST // 2) if len(text) > LONGEST else 0
    end = min(len(text), begin + LONGEST)
    marks = [(event["start"], event["end"], STYLES["trigger"])]
    for found in arguments(
        event,
        names=context.names.get(doc_id, ()),
        dates=context.dates.get(doc_id, ()),
        treaties=context.treaties.get(doc_id, ()),
    ):
        marks.append((found.start, found.end, STYLES[found.role]))
    line = Text("    " + ("\u2026" if begin else ""))
    line.append_text(_styled(text[begin:end], origin + begin, marks))
    return line.append("\u2026" if end < len(text) else "")


def _styled(text: str, origin: int, marks: list[tuple[int, int, str]]) -> Text:
    """Write a piece of an article on one line, in the styles of its marks; hidden signs by their number."""
    from rich.text import Text

    edges = sorted({0, len(text), *(min(max(edge - origin, 0), len(text)) for mark in marks for edge in mark[:2])})
    line = Text()
    for start, end in pairwise(edges):
        piece = visible("".join(" " if char.isspace() else char for char in text[start:end]))
        styles = [style for first, last, style in marks if first <= origin + start and origin + end <= last]
        line.append(piece, style=" ".join(reversed(styles)))
    return line
