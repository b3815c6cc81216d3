"""The records that travel through the pipeline: frozen, plain, without spaCy.

Offsets are code points of the text a record was found in, half-open. `None` means "not known".
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: text[start:end], in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One input record that could be read; `published` is an ISO 8601 day."""

    doc_id: str
    path: str
    text: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """One input record that could not; `reason` is a fixed code, `message` says what to do.

    `doc_id` is set when the record itself is known (it then stands in `articles` as rejected);
    `record` is the line or row inside a file of many records.
    """

    path: str
    reason: str
    message: str
    record: str | None = None
    doc_id: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A name. `label` is PER, ORG, LOC, GPE, NORP or MISC; `country` an ISO 3166-1 (or 3166-3) alpha-3 code.

    `kind` refines the label: state, capital, city, region, nationality, organisation, mission,
    ministry, parliament, office, person, ... `code` is an organisation's usual English acronym. `case` is what the
    ending says: nominative, genitive, dative, accusative, locative, ablative, instrumental.
    """

    start: int
    end: int
    text: str
    label: str
    canonical: str
    country: str | None = None
    kind: str | None = None
    code: str | None = None
    engine: str = "gazetteer"
    score: float = 1.0
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression.

    `edtf` follows ISO 8601-2 (EDTF); `date_start` and `date_end` are its first and last day in ISO 8601,
    None where the interval is open or nothing is known; `value` is the TimeML TIMEX3 value, `mod` what the
    words around it add (START, MID, END, APPROX, BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER ...).
    """

    start: int
    end: int
    text: str
    timex_type: str
    edtf: str | None
    date_start: str | None
    date_end: str | None
    precision: str | None
    relative: bool
    rule: str
    value: str | None = None
    calendar: str = "gregorian"
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, agreement, protocol ... named in the text."""

    start: int
    end: int
    text: str
    kind: str
    title: str | None = None
    subjects: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One reported happening, anchored to its trigger text[start:end]; slots as in the table contract."""

    type: str
    start: int
    end: int
    trigger: str
    sentence_start: int
    sentence_end: int
    evidence: str
    rule: str
    subtype: str | None = None
    date: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    date_precision: str | None = None
    date_basis: str = "none"
    date_text: str | None = None
    participants: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    place: str | None = None
    instruments: tuple[Instrument, ...] = ()
    subjects: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None
    modality: str = "actual"
    polarity: str = "positive"
    aspect: str = "single"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article. Offsets are the article's."""

    article: Article
    language: str
    language_confidence: float
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    timexes: tuple[Timex, ...] = ()
    events: tuple[Event, ...] = ()
    languages: tuple[tuple[int, int, str], ...] = field(default=())
