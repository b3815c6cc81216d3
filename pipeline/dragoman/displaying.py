"""Marks in a text as HTML, in the manner of displaCy: names, dates, triggers, and the slots of one event."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from importlib import import_module
from typing import Any

from dragoman.arguments import arguments
from dragoman.records import Entity, Event, Extraction, Timex
from dragoman.visible import visible

COLOURS = {
    "PER": "#cfe3f7",
    "ORG": "#d9efd5",
    "GPE": "#fbdcc4",
    "LOC": "#f3e2b8",
    "NORP": "#e9d8f2",
    "MISC": "#e4e4e4",
    "date": "#c9ecea",
    "trigger": "#f9c9d2",
}
MARK = "background:{colour};color:#1d2229;border-radius:.3em;padding:.12em .25em;{more}"
SLOT = "border-bottom:3px solid #8a3b12;padding-bottom:.1em"
LABEL = "font-size:.62em;font-weight:700;margin-left:.4em;opacity:.8"
FRAME = "line-height:2.1;max-width:46rem;white-space:pre-wrap;overflow-wrap:anywhere"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text to mark; of two with the same extent the lower `rank` is outside."""

    start: int
    end: int
    label: str
    style: str
    rank: int = 1


class Markup(str):
    """HTML that a notebook shows as such; everywhere else it is a string."""

    def _repr_html_(self) -> str:
        return str(self)


def display(shown: Any, *, event: int | None = None) -> Markup | None:
    """Render what was found in an article.

    `shown` is an Extraction or a spaCy Doc that went through the components of dragoman; `event` is the number
    of an event whose slots are marked too. In a notebook the marks are shown and nothing is returned; elsewhere
    the HTML is returned. Raises TypeError for anything else, IndexError for an event that is not there.
    """
    found = _found(shown)
    markup = Markup(render(found.text, _marks(found, event)))
    if not _in_notebook():
        return markup
    notebook: Any = import_module("IPython.display")
    notebook.display(notebook.HTML(markup))
    return None


@dataclass(frozen=True, slots=True)
class Found:
    """A text and what was found in it, whichever way it came."""

    text: str
    names: Sequence[Entity]
    dates: Sequence[Timex]
    events: Sequence[Event]


def _found(shown: Any) -> Found:
    if isinstance(shown, Extraction):
        return Found(shown.article.text, shown.entities, shown.timexes, shown.events)
    if hasattr(shown, "ents") and hasattr(shown, "spans"):
        return _of_doc(shown)
    raise TypeError(f"display takes an Extraction or a spaCy Doc, not {type(shown).__name__}")


def _of_doc(doc: Any) -> Found:
    names = [
        Entity(ent.start_char, ent.end_char, ent.text, ent.label_, ent.text, country=ent.kb_id_ or None)
        for ent in doc.ents
    ]
    spans = doc.spans.get("dates", ())
    timexes = [span._.timex for span in spans if span.has_extension("timex")]
    events = doc._.events if doc.has_extension("events") else ()
    return Found(doc.text, names, [timex for timex in timexes if timex is not None], events)


def _marks(found: Found, event: int | None) -> list[Mark]:
    marks = [
        Mark(name.start, name.end, " ".join(filter(None, (name.label, name.country))), _coloured(name.label), 2)
        for name in found.names
    ]
    marks += [Mark(when.start, when.end, when.edtf or when.timex_type, _coloured("date"), 2) for when in found.dates]
    bold = MARK.format(colour=COLOURS["trigger"], more="font-weight:600")
    marks += [Mark(each.start, each.end, each.type, bold, 3) for each in _one_each(found.events)]
    if event is not None:
        marks += [Mark(slot.start, slot.end, slot.role, SLOT, 1) for slot in _slots(found, found.events[event])]
    return marks


def _one_each(events: Iterable[Event]) -> Iterable[Event]:
    """Keep one of several events that share trigger and type."""
    return {(event.start, event.end, event.type): event for event in events}.values()


def _coloured(label: str) -> str:
    return MARK.format(colour=COLOURS.get(label, COLOURS["MISC"]), more="")


def _slots(found: Found, event: Event) -> Iterable[Any]:
    row: Mapping[str, Any] = {**asdict(event), "instruments": [each.kind for each in event.instruments]}

    def rows(records: Iterable[Any]) -> list[dict[str, Any]]:
        return sorted((asdict(record) for record in records), key=lambda record: int(record["start"]))

    return arguments(row, names=rows(found.names), dates=rows(found.dates), treaties=rows(event.instruments))


def render(text: str, marks: Iterable[Mark]) -> str:
    """Write a text with its marks, nested; a mark that would cross another is cut at its edge.

    Everything from the text is escaped, signs that hide are shown by their number.
    """
    written = [f'<div dir="auto" style="{FRAME}">']
    opened: list[tuple[int, str]] = []
    place = 0

    def write_until(end: int) -> None:
        nonlocal place
        if end > place:
            written.append(escape(visible(text[place:end])))
            place = end

    def close_until(end: int) -> None:
        while opened and opened[-1][0] <= end:
            last, label = opened.pop()
            write_until(last)
            written.append(f'<small style="{LABEL}">{escape(visible(label))}</small></mark>')

    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.rank)):
        close_until(mark.start)
        write_until(mark.start)
        end = min(mark.end, opened[-1][0]) if opened else mark.end
        if end > place:
            style = mark.style if "background" in mark.style else f"background:none;color:inherit;{mark.style}"
            written.append(f'<mark style="{style}">')
            opened.append((end, mark.label))
    close_until(len(text))
    write_until(len(text))
    return "".join([*written, "</div>"])


def _in_notebook() -> bool:
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    return shell is not None and hasattr(shell, "kernel")
