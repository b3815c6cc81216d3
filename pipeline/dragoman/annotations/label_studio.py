"""Label Studio: its JSON of tasks, with what the program found as predictions, and the labelling interface beside.

Offsets are code points, as Label Studio has stored them since 2021; older exports count UTF-16 code units, which is
noticed by the text that each region repeats. Attributes are the region's notes (`meta.text`), one a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from dragoman.annotations.marked import ROLES, Link, Mark, Marked, from_utf16, labels
from dragoman.errors import UsageError

FROM, TO = "label", "text"


def write(articles: Iterable[Marked], output: Path) -> int:
    """Write the tasks to `output` and the labelling interface to the same name with `.xml`; returns how many tasks."""
    tasks = [_task(article, number) for number, article in enumerate(articles, 1)]
    output.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    output.with_suffix(".xml").write_text(interface(), "utf-8", newline="\n")
    return len(tasks)


def interface() -> str:
    """Return the labelling interface: every label and every role."""
    lines = ["<View>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(role)}/>" for role in ROLES]
    lines += ["  </Relations>", f'  <Labels name="{FROM}" toName="{TO}">']
    lines += [f"    <Label value={quoteattr(label)}/>" for label in labels()]
    lines += ["  </Labels>", f'  <Text name="{TO}" value="$text" granularity="word"/>', "</View>"]
    return "\n".join(lines) + "\n"


def _task(article: Marked, number: int) -> dict[str, Any]:
    ids = [f"m{number}-{place}" for place in range(len(article.marks))]
    regions = [_region(key, mark, article.text) for key, mark in zip(ids, article.marks, strict=True)]
    relations = [
        {
            "type": "relation",
            "from_id": ids[link.event],
            "to_id": ids[link.filler],
            "direction": "right",
            "labels": [link.role],
        }
        for link in article.links
    ]
    return {
        "id": number,
        "data": {"text": article.text, **article.facts()},
        "predictions": [{"model_version": "dragoman", "result": [*regions, *relations]}],
    }


def _region(key: str, mark: Mark, text: str) -> dict[str, Any]:
    region: dict[str, Any] = {
        "id": key,
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "value": {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end], "labels": [mark.label]},
    }
    if mark.attributes:
        region["meta"] = {"text": [f"{key}={value}" for key, value in mark.attributes.items()]}
    return region


def read(path: Path) -> Iterator[Marked]:
    """Read exported tasks: the last annotation of each that was not cancelled, else the prediction."""
    try:
        tasks = json.loads(path.read_text("utf-8-sig"))
        for task in tasks:
            yield _article(task)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: not Label Studio's JSON ({error!r}); export as JSON, not as JSON-MIN") from error


def _article(task: Mapping[str, Any]) -> Marked:
    data = task["data"]
    made = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
    chosen = (made or task.get("predictions") or [{"result": []}])[-1]
    regions = [each for each in chosen["result"] if each["type"] == "labels"]
    relations = [each for each in chosen["result"] if each["type"] == "relation"]
    text = data["text"]
    units = from_utf16(text) if any(_off(region["value"], text) for region in regions) else None
    places = {region["id"]: place for place, region in enumerate(regions)}
    links = [
        Link(places[each["from_id"]], places[each["to_id"]], label)
        for each in relations
        for label in each.get("labels") or ()
    ]
    return Marked(
        str(data.get("doc_id", task.get("id"))),
        text,
        data.get("language"),
        data.get("title"),
        data.get("published"),
        tuple(_mark(region, units) for region in regions),
        tuple(links),
    )


def _off(value: Mapping[str, Any], text: str) -> bool:
    return "text" in value and text[value["start"] : value["end"]] != value["text"]


def _mark(region: Mapping[str, Any], units: Mapping[int, int] | None) -> Mark:
    value = region["value"]
    start, end = (value["start"], value["end"]) if units is None else (units[value["start"]], units[value["end"]])
    notes = (region.get("meta") or {}).get("text") or []
    lines = [line for note in ([notes] if isinstance(notes, str) else notes) for line in note.splitlines()]
    pairs = (line.partition("=") for line in lines if "=" in line)
    return Mark(start, end, value["labels"][0], {key.strip(): text.strip() for key, _, text in pairs})
