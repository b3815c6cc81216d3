"""Each step as a spaCy component, for pipelines of the user's own.

`dragoman_sentences` sets the sentence starts, `dragoman_names` fills `doc.ents`, `dragoman_dates` fills
`doc.spans["dates"]` (with `span._.timex`), `dragoman_events` gives `doc._.events`. The steps read the text;
each works without the others. `doc._.published` and `doc._.title`, where set beforehand, help dates and
events. Results are kept as plain values in `doc.user_data`, so that a Doc can be stored and sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from dragoman import dates as date_grammar
from dragoman import events as event_rules
from dragoman.config import LanguageSettings
from dragoman.names.merging import merge
from dragoman.naming import names_of
from dragoman.pack import load_pack
from dragoman.records import Entity, Event, Instrument, Timex
from dragoman.sentences import split
from dragoman.tokens import blank

EVENTS = "dragoman.events"
TIMEXES = "dragoman.timexes"
DATES = "dates"
STEPS = ("dragoman_sentences", "dragoman_names", "dragoman_dates", "dragoman_events")

Component = Callable[[Doc], Doc]


def load(language: str, *, names: str = "spacy", names_model: str | None = None) -> Any:
    """Return a spaCy pipeline with all steps for a language (ISO 639-1); `names` is the engine for names."""
    nlp = blank(language)
    for step in STEPS:
        nlp.add_pipe(step, config={"engine": names, "model": names_model} if step == "dragoman_names" else {})
    return nlp


@Language.factory("dragoman_sentences", assigns=["token.is_sent_start", "doc.sents"])
def sentences(nlp: Language, name: str) -> Component:
    """Make the component that sets where sentences begin."""
    language = load_pack(str(nlp.lang)).language

    def component(doc: Doc) -> Doc:
        starts = iter(span.start for span in split(doc.text, language=language))
        start = next(starts, None)
        for token in doc:
            token.is_sent_start = token.i == 0
            end = token.idx + len(token)
            while start is not None and start < end:
                token.is_sent_start = True
                start = next(starts, None)
        return doc

    return component


@Language.factory("dragoman_names", assigns=["doc.ents"], default_config={"engine": "spacy", "model": None})
def names(nlp: Language, name: str, engine: str, model: str | None) -> Component:
    """Make the component that finds names; ids of entities (`ent.kb_id_`) are countries' alpha-3 codes."""
    language = load_pack(str(nlp.lang)).language
    settings = LanguageSettings(engine, model)

    def component(doc: Doc) -> Doc:
        found = _names(doc, language, settings)
        spans = [
            span
            for entity in found
            if (span := _span(doc, entity, entity.label, entity.country or entity.code or "")) is not None
        ]
        doc.ents = tuple(filter_spans([*spans, *doc.ents]))
        return doc

    return component


def _names(doc: Doc, language: str, settings: LanguageSettings) -> tuple[Entity, ...]:
    text = doc.text
    pieces = split(text, language=language) if settings.names != "gazetteer" else ()
    return names_of(
        text,
        language=language,
        settings=settings,
        sentences=pieces,
        published=doc._.published,
        everywhere=True,
    ).entities


@Language.factory("dragoman_dates")
def dates(nlp: Language, name: str) -> Component:
    """Make the component that finds dates; the label of a span is its type, its id the value in EDTF."""
    language = load_pack(str(nlp.lang)).language

    def component(doc: Doc) -> Doc:
        found = date_grammar.find(doc.text, language=language, published=doc._.published)
        kept = [(timex, span) for timex in found if (span := _timex_span(doc, timex)) is not None]
        doc.spans[DATES] = [span for _, span in kept]
        doc.user_data[TIMEXES] = [asdict(timex) for timex, _ in kept]
        return doc

    return component


def _timex_span(doc: Doc, timex: Timex) -> Span | None:
    return _span(doc, timex, timex.timex_type, timex.edtf or "")


@Language.factory("dragoman_events")
def events(nlp: Language, name: str) -> Component:
    """Make the component that finds events; it reads names and dates from the text by itself."""
    language = load_pack(str(nlp.lang)).language
    gazetteer = LanguageSettings(names="gazetteer")

    def component(doc: Doc) -> Doc:
        text, published = doc.text, doc._.published
        pieces = split(text, language=language)
        named = names_of(text, language=language, settings=gazetteer, sentences=pieces, published=published)
        found = event_rules.find(
            text,
            language=language,
            sentences=pieces,
            entities=_with_tagged(doc, named.entities, language),
            mentions=named.mentions,
            timexes=date_grammar.find(text, language=language, published=published),
            title=doc._.title,
            published=published,
        )
        doc.user_data[EVENTS] = [asdict(event) for event in found]
        return doc

    return component


def _with_tagged(doc: Doc, known: tuple[Entity, ...], language: str) -> tuple[Entity, ...]:
    """Add persons and organisations that stand in doc.ents, whoever put them there."""
    tagged = [
        Entity(ent.start_char, ent.end_char, ent.text, ent.label_, ent.text, engine="doc.ents")
        for ent in doc.ents
        if ent.label_ in {"PER", "ORG"}
    ]
    return merge(known, tagged, doc.text, language=language)


def _span(doc: Doc, record: Entity | Timex, label: str, key: str) -> Span | None:
    return doc.char_span(record.start, record.end, label=label, kb_id=key, alignment_mode="expand")


def _events_of(doc: Doc) -> tuple[Event, ...]:
    """Rebuild the events from the plain values; lists become tuples again."""
    return tuple(_event(raw) for raw in doc.user_data.get(EVENTS, ()))


def _event(raw: dict[str, Any]) -> Event:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    values["instruments"] = tuple(
        Instrument(**{**instrument, "subjects": tuple(instrument["subjects"])}) for instrument in raw["instruments"]
    )
    return Event(**values)


def _timex_of(span: Span) -> Timex | None:
    """Return the record of a date: the one that the span covers."""
    found: Iterable[dict[str, Any]] = span.doc.user_data.get(TIMEXES, ())
    start, end = span.start_char, span.end_char
    return next((Timex(**raw) for raw in found if start <= raw["start"] and raw["end"] <= end), None)


def _extend() -> None:
    Doc.set_extension("events", getter=_events_of, force=True)
    Doc.set_extension("published", default=None, force=True)
    Doc.set_extension("title", default=None, force=True)
    Span.set_extension("timex", getter=_timex_of, force=True)


_extend()
