"""INCEpTION: UIMA CAS JSON (Apache UIMA JSON CAS 0.4), one file per article.

Names are DKPro's NamedEntity, dates and events layers of ours, a slot is a link of the event to what fills it.
Offsets in the files are UTF-16 code units, as UIMA counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.annotations import folder
from dragoman.annotations.marked import DATE, EVENT, NAME, SPAN, Link, Mark, Marked, from_utf16, utf16
from dragoman.errors import UsageError

ANNOTATION, TOP, STRING = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String"
SOFA, ARRAY, VIEW = "uima.cas.Sofa", "uima.cas.FSArray", "_InitialView"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
DATE_LAYER, EVENT_LAYER, SPAN_LAYER = (f"webanno.custom.Dragoman{name}" for name in ("Date", "Event", "Span"))
LINK = f"{EVENT_LAYER}ArgumentsLink"

LAYERS: dict[str, tuple[str, ...]] = {
    ENTITY: ("value", "identifier", "canonical", "optional"),
    DATE_LAYER: ("value", "edtf", "relative", "optional"),
    SPAN_LAYER: ("value",),
    EVENT_LAYER: (
        *("value", "date", "participants", "source", "target", "actors", "persons", "organisations", "place"),
        *("instruments", "subjects", "count", "modality", "polarity", "aspect", "optional"),
    ),
}
"""The features of each layer; `value` is the label. All are strings, beside the links of an event."""

LAYER_OF = {NAME: ENTITY, DATE: DATE_LAYER, SPAN: SPAN_LAYER, EVENT: EVENT_LAYER}
RENAMED = {(ENTITY, "country"): "identifier"}


def types() -> dict[str, Any]:
    """Return the type system."""
    described: dict[str, Any] = {}
    for layer, features in LAYERS.items():
        described[layer] = _type(layer, ANNOTATION, dict.fromkeys(features, STRING))
    arguments = {"%NAME": "arguments", "%RANGE": f"{LINK}[]"}
    described[EVENT_LAYER]["arguments"] = arguments
    described[LINK] = _type(LINK, TOP, {"role": STRING, "target": ANNOTATION})
    document = dict.fromkeys(("documentId", "documentTitle"), STRING)
    described[METADATA] = _type(METADATA, "uima.tcas.DocumentAnnotation", document)
    return described


def _type(name: str, base: str, features: Mapping[str, str]) -> dict[str, Any]:
    ranges = {key: {"%NAME": key, "%RANGE": kind} for key, kind in features.items()}
    return {"%NAME": name, "%SUPER_TYPE": base, **ranges}


def write(articles: Iterable[Marked], output: Path) -> int:
    """Write a folder of CAS files; returns how many."""
    folder.opened(output)
    facts = {}
    for article in articles:
        name = folder.file_name(article.doc_id)
        content = json.dumps(cas(article), ensure_ascii=False, indent=1)
        (output / f"{name}.json").write_text(content + "\n", "utf-8", newline="\n")
        facts[name] = article.facts()
    folder.write_index(output, facts)
    return len(facts)


def cas(article: Marked) -> dict[str, Any]:
    """Return an article as a CAS."""
    units = utf16(article.text)
    structures: list[dict[str, Any]] = [
        {"%ID": 1, "%TYPE": SOFA, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": article.text},
        {
            **{"%ID": 2, "%TYPE": METADATA, "@sofa": 1, "begin": 0, "end": units[-1]},
            **{"language": article.language or "x-unspecified", "documentId": article.doc_id},
            **({"documentTitle": article.title} if article.title else {}),
        },
    ]
    first = len(structures) + 1
    structures += [_structure(first + place, mark, units) for place, mark in enumerate(article.marks)]
    members = [2, *range(first, first + len(article.marks))]
    for place in sorted({link.event for link in article.links}):
        own = [link for link in article.links if link.event == place]
        begin = len(structures) + 1
        structures[first - 1 + place]["@arguments"] = begin
        targets = list(range(begin + 1, begin + 1 + len(own)))
        structures.append({"%ID": begin, "%TYPE": ARRAY, "%ELEMENTS": targets})
        structures += [
            {"%ID": key, "%TYPE": LINK, "role": link.role, "@target": first + link.filler}
            for key, link in zip(targets, own, strict=True)
        ]
    return {
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {VIEW: {"%SOFA": 1, "%MEMBERS": members}},
    }


def _structure(key: int, mark: Mark, units: list[int]) -> dict[str, Any]:
    layer = LAYER_OF[mark.kind]
    features = {RENAMED.get((layer, name), name): value for name, value in mark.attributes.items()}
    kept = {name: value for name, value in features.items() if name in LAYERS[layer]}
    place = {"@sofa": 1, "begin": units[mark.start], "end": units[mark.end]}
    return {"%ID": key, "%TYPE": layer, **place, "value": mark.label, **kept}


def read(path: Path) -> Iterator[Marked]:
    """Read CAS files: a folder of them, or one."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    index = folder.read_index(path) if path.is_dir() else {}
    for file in files:
        if file.name != folder.INDEX:
            try:
                yield _article(json.loads(file.read_text("utf-8-sig")), file.stem, index)
            except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
                message = f"{file}: not UIMA CAS JSON ({error!r}); export as UIMA CAS JSON"
                raise UsageError(message) from error


def _article(content: Mapping[str, Any], name: str, index: Mapping[str, Mapping[str, str]]) -> Marked:
    structures = _structures(content["%FEATURE_STRUCTURES"])
    sofa = next(each for each in structures.values() if each["%TYPE"] == SOFA)
    text = sofa["sofaString"]
    article = folder.named(name, text, {**_facts(structures), **index.get(name, {})})
    units = from_utf16(text)
    kinds = {layer: kind for kind, layer in LAYER_OF.items()}
    found = {key: each for key, each in structures.items() if each["%TYPE"] in kinds}
    places = {key: place for place, key in enumerate(found)}
    links = [
        Link(places[key], places[link["@target"]], link["role"])
        for key, each in found.items()
        for link in _links(each, structures)
    ]
    marks = [_mark(each, units) for each in found.values()]
    return replace(article, marks=tuple(marks), links=tuple(links))


def _structures(listed: Any) -> dict[int, dict[str, Any]]:
    """Return the feature structures by id, whether they stand in a list or in a table."""
    if isinstance(listed, dict):
        return {int(key): each for key, each in listed.items()}
    return {each["%ID"]: each for each in listed}


def _facts(structures: Mapping[int, Mapping[str, Any]]) -> dict[str, str]:
    metadata: Mapping[str, Any] = next((each for each in structures.values() if each["%TYPE"] == METADATA), {})
    named = {"documentId": "doc_id", "documentTitle": "title", "language": "language"}
    return {
        mine: metadata[theirs]
        for theirs, mine in named.items()
        if metadata.get(theirs, "x-unspecified") != "x-unspecified"
    }


def _links(event: Mapping[str, Any], structures: Mapping[int, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if "@arguments" not in event:
        return []
    return [structures[key] for key in structures[event["@arguments"]].get("%ELEMENTS", ())]


def _mark(structure: Mapping[str, Any], units: Mapping[int, int]) -> Mark:
    layer = structure["%TYPE"]
    back = {theirs: mine for (of, mine), theirs in RENAMED.items() if of == layer}
    attributes = {
        back.get(name, name): str(structure[name])
        for name in LAYERS[layer]
        if name != "value" and structure.get(name) is not None
    }
    begin, end = (structure.get(name, structure.get(f"^{name}")) for name in ("begin", "end"))
    return Mark(units[begin or 0], units[end or 0], structure.get("value") or SPAN, attributes)
