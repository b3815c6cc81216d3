"""spaCy: a DocBin with names in `doc.ents`, and all marks in span groups by kind.

spaCy's spans are whole tokens. The exact places, attributes and links stand in `doc.user_data["dragoman"]`; a span
that is still there gets its exact place back, a span that is new counts as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.annotations.marked import DATE, EVENT, NAME, SPAN, Link, Mark, Marked
from dragoman.errors import UsageError
from dragoman.pack import languages

KEY = "dragoman"
GROUPS = {NAME: "names", DATE: "dates", EVENT: "events", SPAN: "spans"}


def write(articles: Iterable[Marked], output: Path) -> int:
    """Write a `.spacy` file; returns how many documents."""
    from spacy.tokens import DocBin

    store = DocBin(store_user_data=True)
    for article in articles:
        store.add(_doc(article))
    store.to_disk(output)
    return len(store)


@lru_cache(maxsize=32)
def _tokenizer(language: str | None) -> Any:
    if language in languages():
        from dragoman.tokens import blank

        return blank(str(language))
    import spacy

    return spacy.blank("xx")


def _doc(article: Marked) -> Any:
    from spacy.util import filter_spans

    doc = _tokenizer(article.language).make_doc(article.text)
    groups: dict[str, list[Any]] = {name: [] for name in GROUPS.values()}
    for mark in article.marks:
        groups[GROUPS[mark.kind]].append(_span(doc, mark))
    doc.ents = tuple(filter_spans(groups[GROUPS[NAME]]))
    for name, spans in groups.items():
        doc.spans[name] = spans
    doc.user_data[KEY] = {
        "facts": article.facts(),
        "marks": [[mark.start, mark.end, mark.label, dict(mark.attributes)] for mark in article.marks],
        "links": [[link.event, link.filler, link.role] for link in article.links],
    }
    return doc


def _span(doc: Any, mark: Mark) -> Any:
    """Cover a mark with whole tokens."""
    value = mark.attributes.get("edtf") or mark.attributes.get("country") or ""
    return doc.char_span(mark.start, mark.end, label=mark.label, kb_id=value, alignment_mode="expand")


def read(path: Path) -> Iterator[Marked]:
    """Read a DocBin, ours or any other whose spans bear our labels."""
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("xx").vocab))
    except (OSError, ValueError, EOFError) as error:
        raise UsageError(f"{path}: not a spaCy DocBin ({error}); give a .spacy file") from error
    for number, doc in enumerate(docs, 1):
        yield _article(doc, f"{path.stem}#{number}")


def _article(doc: Any, name: str) -> Marked:
    stored = doc.user_data.get(KEY) or {}
    facts = stored.get("facts", {})
    exact: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    noted = [Mark(start, end, label, attributes) for start, end, label, attributes in stored.get("marks", ())]
    for place, mark in enumerate(noted):
        span = _span(doc, mark)
        exact[(span.start_char, span.end_char, mark.label)].append(place)
    marks: list[Mark] = []
    places: dict[int, int] = {}
    for span in _spans(doc):
        known = exact.get((span.start_char, span.end_char, span.label_))
        if known:
            places[known[0]] = len(marks)
            marks.append(noted[known.pop(0)])
        else:
            marks.append(Mark(span.start_char, span.end_char, span.label_, _value(span)))
    links = [
        Link(places[event], places[filler], role)
        for event, filler, role in stored.get("links", ())
        if event in places and filler in places
    ]
    return Marked(
        facts.get("doc_id", name),
        doc.text,
        facts.get("language"),
        facts.get("title"),
        facts.get("published"),
        tuple(marks),
        tuple(links),
    )


def _spans(doc: Any) -> Iterator[Any]:
    """Yield all spans once: those of the groups, and entities that stand in none."""
    seen = set()
    for group in GROUPS.values():
        for span in doc.spans.get(group, ()):
            seen.add((span.start, span.end, span.label_))
            yield span
    for ent in doc.ents:
        if (ent.start, ent.end, ent.label_) not in seen:
            yield ent


def _value(span: Any) -> dict[str, str]:
    if not span.kb_id_:
        return {}
    mark = Mark(0, 1, span.label_)
    return {"edtf" if mark.kind == DATE else "country": span.kb_id_}
