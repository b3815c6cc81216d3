"""doccano: JSON Lines of a project for sequence labelling with relations (entities and relations by id).

Offsets are code points. Attributes, which doccano has not, travel beside the text as a field of the document; they
are found again by place and label. Overlapping marks need "allow overlapping spans" in the project.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.annotations.marked import Link, Mark, Marked
from dragoman.errors import UsageError


def write(articles: Iterable[Marked], output: Path) -> int:
    """Write one line per article; returns how many."""
    number = entity = relation = 0
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for number, article in enumerate(articles, 1):
            ids = [entity + place + 1 for place in range(len(article.marks))]
            line = {
                "id": number,
                "text": article.text,
                "entities": [
                    {"id": key, "label": mark.label, "start_offset": mark.start, "end_offset": mark.end}
                    for key, mark in zip(ids, article.marks, strict=True)
                ],
                "relations": [
                    {"id": relation + place, "from_id": ids[link.event], "to_id": ids[link.filler], "type": link.role}
                    for place, link in enumerate(article.links, 1)
                ],
                "Comments": [],
                **article.facts(),
                "attributes": _attributes(article),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            entity, relation = entity + len(ids), relation + len(article.links)
    return number


def _key(mark: Mark) -> str:
    return f"{mark.start}-{mark.end}-{mark.label}"


def _attributes(article: Marked) -> dict[str, list[Mapping[str, str]]]:
    """Return the attributes by place and label; marks alike in both keep their order."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for mark in article.marks:
        found[_key(mark)].append(mark.attributes)
    return {key: each for key, each in found.items() if any(each)}


def read(path: Path) -> Iterator[Marked]:
    """Read doccano's lines: with entities and relations, or with labels as `[start, end, label]`."""
    for number, text in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if text.strip():
            try:
                yield _article(json.loads(text))
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(
                    f"{path}: line {number} is not doccano's ({error!r}); export JSONL from doccano"
                ) from error


def _article(line: dict[str, Any]) -> Marked:
    line = {**line.get("meta", {}), **line}
    attributes = {key: iter(each) for key, each in (line.get("attributes") or {}).items()}
    entities = line.get("entities")
    if entities is None:
        entities = [
            {"id": place, "start_offset": start, "end_offset": end, "label": label}
            for place, (start, end, label) in enumerate(line.get("label") or line.get("labels") or ())
        ]
    marks = [Mark(each["start_offset"], each["end_offset"], each["label"]) for each in entities]
    marks = [Mark(mark.start, mark.end, mark.label, next(attributes.get(_key(mark), iter(())), {})) for mark in marks]
    places = {each["id"]: place for place, each in enumerate(entities)}
    links = [Link(places[each["from_id"]], places[each["to_id"]], each["type"]) for each in line.get("relations") or ()]
    return Marked(
        str(line.get("doc_id", line["id"])),
        line["text"],
        line.get("language"),
        line.get("title"),
        line.get("published"),
        tuple(marks),
        tuple(links),
    )
