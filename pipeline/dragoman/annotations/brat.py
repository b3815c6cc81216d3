"""brat standoff: `<name>.txt`, `<name>.ann`, and the project's `annotation.conf`.

Offsets are code points. Names and dates are text-bound annotations (T), events are E with their roles as arguments,
attributes are notes (#) in JSON, and what did not happen or not yet is an attribute (A) too, for the eye.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.annotations import folder
from dragoman.annotations.marked import EVENT, ROLES, SPAN, Link, Mark, Marked
from dragoman.errors import UsageError
from dragoman.ontology import load_ontology
from dragoman.tables import LABELS, MODALITIES, TIMEX_TYPES

NOTE = "AnnotatorNotes"
ROLE = re.compile(r"([A-Za-z_]+?)[0-9]*:([TE][0-9]+)")


def write(articles: Iterable[Marked], output: Path) -> int:
    """Write a folder that brat can open; returns how many articles."""
    folder.opened(output)
    facts = {}
    for article in articles:
        name = folder.file_name(article.doc_id)
        (output / f"{name}.txt").write_text(article.text, "utf-8", newline="")
        (output / f"{name}.ann").write_text("".join(f"{line}\n" for line in _lines(article)), "utf-8", newline="\n")
        facts[name] = article.facts()
    (output / "annotation.conf").write_text(configuration(), "utf-8", newline="\n")
    folder.write_index(output, facts)
    return len(facts)


def configuration() -> str:
    """Return `annotation.conf`: all labels, roles and attributes."""
    slots = ", ".join(f"{role}*:<ENTITY>" for role in ROLES)
    return "\n".join(
        (
            "[entities]",
            *LABELS,
            *TIMEX_TYPES,
            SPAN,
            "",
            "[relations]",
            "",
            "[events]",
            *(f"{name}\t{slots}" for name in load_ontology()),
            "",
            "[attributes]",
            f"modality\tArg:<EVENT>, Value:{'|'.join(MODALITIES)}",
            "negated\tArg:<EVENT>",
            "",
        )
    )


def _lines(article: Marked) -> Iterator[str]:
    keys: list[str] = []
    events = 0
    for place, mark in enumerate(article.marks, 1):
        yield _bound(f"T{place}", mark, article.text)
        events += mark.kind == EVENT
        keys.append(f"E{events}" if mark.kind == EVENT else f"T{place}")
    attributes = 0
    for place, mark in enumerate(article.marks):
        if mark.kind == EVENT:
            yield f"{keys[place]}\t{mark.label}:T{place + 1}{_slots(place, article, keys)}"
        for name in _shown(mark):
            attributes += 1
            yield f"A{attributes}\t{name.format(key=keys[place])}"
    noted = [place for place, mark in enumerate(article.marks) if mark.attributes]
    for number, place in enumerate(noted, 1):
        note = json.dumps(dict(article.marks[place].attributes), ensure_ascii=False)
        yield f"#{number}\t{NOTE} {keys[place]}\t{note}"


def _bound(key: str, mark: Mark, text: str) -> str:
    """Write a text-bound annotation; brat wants a piece that runs over line ends in fragments."""
    pieces = [
        (mark.start + found.start(), mark.start + found.end())
        for found in re.finditer(r"[^\r\n]+", text[mark.start : mark.end])
    ]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{key}\t{mark.label} {places}\t{' '.join(text[start:end] for start, end in pieces)}"


def _slots(place: int, article: Marked, keys: list[str]) -> str:
    """Write an event's arguments; brat numbers those of the same role."""
    written, seen = "", dict.fromkeys(ROLES, 0)
    for link in article.links:
        if link.event == place:
            seen[link.role] += 1
            number = seen[link.role] if seen[link.role] > 1 else ""
            written += f" {link.role}{number}:{keys[link.filler]}"
    return written


def _shown(mark: Mark) -> Iterator[str]:
    if mark.kind == EVENT and "modality" in mark.attributes:
        yield "modality {key} " + mark.attributes["modality"]
    if mark.kind == EVENT and mark.attributes.get("polarity") == "negated":
        yield "negated {key}"


def read(path: Path) -> Iterator[Marked]:
    """Read a folder of brat; an attribute (A) counts more than a note."""
    if not path.is_dir():
        raise UsageError(f"{path}: no such folder; give the folder of the .txt and .ann files")
    index = folder.read_index(path)
    for file in sorted(path.glob("*.ann")):
        text = _text(file.with_suffix(".txt"))
        yield _article(folder.named(file.stem, text, index.get(file.stem, {})), file)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise UsageError(f"{file}: missing beside its .ann file; put it there") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 ({error}); convert it") from error


@dataclass(slots=True)
class Parsed:
    """The lines of an .ann file by kind."""

    bounds: dict[str, Mark] = field(default_factory=dict)
    events: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def _article(article: Marked, file: Path) -> Marked:
    parsed = Parsed()
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                _take(line, parsed)
            except (ValueError, IndexError, KeyError) as error:
                raise UsageError(f"{file}: line {number} is no standoff annotation ({error!r}); mend it") from error
    triggers = {trigger: key for key, (trigger, _) in parsed.events.items()}
    marks: list[Mark] = []
    places: dict[str, int] = {}
    for key, bound in parsed.bounds.items():
        holder = triggers.get(key, key)
        said = {**parsed.notes.get(holder, {}), **parsed.attributes.get(holder, {})}
        places[key] = places[holder] = len(marks)
        marks.append(replace(bound, attributes=said))
    links = [
        Link(_known(key, places, file), _known(filler, places, file), role)
        for key, (_, arguments) in parsed.events.items()
        for role, filler in ROLE.findall(arguments)
    ]
    return replace(article, marks=tuple(marks), links=tuple(links))


def _known(key: str, places: dict[str, int], file: Path) -> int:
    if key not in places:
        raise UsageError(f"{file}: {key} is an event without its trigger, or an argument that is not there; mend it")
    return places[key]


def _take(line: str, parsed: Parsed) -> None:
    """Take in one line; relations and equivalences have no place among events and are passed over."""
    key, content, *rest = line.split("\t")
    if key.startswith("T"):
        label, _, places = content.partition(" ")
        numbers = [int(number) for fragment in places.split(";") for number in fragment.split()]
        parsed.bounds[key] = Mark(min(numbers), max(numbers), label)
    elif key.startswith("E"):
        head, _, arguments = content.partition(" ")
        parsed.events[key] = (head.split(":")[1], arguments)
    elif key.startswith(("A", "M")):
        name, holder, *value = content.split(" ")
        said = {"polarity": "negated"} if name == "negated" else {name: value[0]}
        parsed.attributes.setdefault(holder, {}).update(said)
    elif key.startswith("#") and content.startswith(f"{NOTE} "):
        parsed.notes[content.split(" ")[1]] = _note(rest[0] if rest else "")


def _note(text: str) -> dict[str, str]:
    """Read a note that holds attributes; one that a person wrote says nothing to us."""
    if not text.startswith("{"):
        return {}
    return {str(key): str(value) for key, value in json.loads(text).items()}
