"""The tables of a run: their columns, types, keys and order. `docs/tables.md` explains each column."""

from __future__ import annotations

from dataclasses import dataclass

STRING, INTEGER, NUMBER, BOOLEAN, LIST = "string", "integer", "number", "boolean", "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is string, integer, number, boolean or list (of strings)."""

    name: str
    kind: str
    description: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `order` is the SQL order of its rows; `refers` maps a column to another table's key."""

    name: str
    description: str
    columns: tuple[Column, ...]
    order: str
    key: str | None = None
    refers: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _needed(name: str, kind: str, description: str, *values: str) -> Column:
    return Column(name, kind, description, required=True, values=values)


def _place() -> tuple[Column, ...]:
    """Return the columns that say where in which article a row was found."""
    return (
        _needed("doc_id", STRING, "the article, as in the table articles"),
        _needed("start", INTEGER, "first code point in the article's text, counted from 0"),
        _needed("end", INTEGER, "one past the last code point"),
    )


TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
PRECISIONS = ("day", "month", "season", "year", "decade", "century", "range")
LABELS = ("PER", "ORG", "LOC", "GPE", "NORP", "MISC")
BASES = ("clause", "sentence", "inherited", "document", "none")
MODALITIES = ("actual", "planned", "possible")
FIRST_DAY = "first day, ISO 8601; empty where open or unknown"
LAST_DAY = "last day, ISO 8601; empty where open or unknown"
AT_LEAST = "at least so many instruments"
AT_MOST = "at most so many instruments; empty where open"

ARTICLES = Table(
    name="articles",
    description="every input record, read or rejected",
    columns=(
        _needed("doc_id", STRING, "path relative to the input root, and #id inside a file of many records"),
        _needed("path", STRING, "the file the record came from, relative to the input root"),
        Column("language", STRING, "ISO 639-1 code of the article's main language"),
        Column("language_confidence", NUMBER, "0 to 1"),
        Column("title", STRING, "as given"),
        Column("published", STRING, "ISO 8601 day, as given"),
        Column("characters", INTEGER, "code points of the text as read"),
        Column("sentences", INTEGER, "sentences found"),
        _needed("status", STRING, "what became of the record", "ok", "rejected"),
        Column("reason", STRING, "why it was rejected, a fixed code"),
        Column("sha256", STRING, "of the text in UTF-8; of the raw bytes where no text could be read"),
    ),
    order="doc_id, status, path, reason, sha256",
    key="doc_id",
)

ENTITIES = Table(
    name="entities",
    description="names of persons, organisations and places",
    columns=(
        *_place(),
        _needed("text", STRING, "as in the article"),
        _needed("label", STRING, "kind of name", *LABELS),
        _needed("canonical", STRING, "base form, without case endings"),
        Column("country", STRING, "ISO 3166-1 or 3166-3 alpha-3 code, where the name is tied to a state"),
        _needed("engine", STRING, "what found the name"),
        Column("score", NUMBER, "0 to 1"),
    ),
    order="doc_id, start, end",
    refers=(("doc_id", "articles"),),
)

DATES = Table(
    name="dates",
    description="temporal expressions",
    columns=(
        *_place(),
        _needed("text", STRING, "as in the article"),
        _needed("timex_type", STRING, "kind of expression, as in TimeML", *TIMEX_TYPES),
        Column("edtf", STRING, "the value in EDTF (ISO 8601-2), no more precise than the text"),
        Column("date_start", STRING, FIRST_DAY),
        Column("date_end", STRING, LAST_DAY),
        Column("precision", STRING, "how precise the value is", values=PRECISIONS),
        _needed("relative", BOOLEAN, "true where the value depends on the day of writing"),
        _needed("rule", STRING, "file and id of the rule that fired"),
        Column("value", STRING, "the value of TimeML's TIMEX3"),
        Column("mod", STRING, "TimeML's modifier: START, APPROX, ON_OR_BEFORE ..."),
        Column("calendar", STRING, "the calendar of the text, where it is not the Gregorian"),
    ),
    order="doc_id, start, end",
    refers=(("doc_id", "articles"),),
)

EVENTS = Table(
    name="events",
    description="reported happenings between states, one row per mention",
    columns=(
        _needed("event_id", STRING, "hash of content, stable from run to run"),
        _needed("doc_id", STRING, "the article, as in the table articles"),
        _needed("language", STRING, "ISO 639-1 code of the passage's language"),
        _needed("type", STRING, "type of event, as in models/ontology.toml"),
        Column("subtype", STRING, "finer than the type"),
        _needed("trigger", STRING, "the word that names the happening"),
        _needed("start", INTEGER, "first code point of the trigger"),
        _needed("end", INTEGER, "one past the trigger's last code point"),
        _needed("sentence_start", INTEGER, "first code point of the sentence"),
        _needed("sentence_end", INTEGER, "one past the sentence's last code point"),
        _needed("evidence", STRING, "the sentence"),
        Column("date", STRING, "EDTF (ISO 8601-2), no more precise than the text"),
        Column("date_start", STRING, FIRST_DAY),
        Column("date_end", STRING, LAST_DAY),
        Column("date_precision", STRING, "how precise the date is", values=PRECISIONS),
        _needed("date_basis", STRING, "where the date was taken from", *BASES),
        Column("date_text", STRING, "the date as in the article"),
        Column("participants", LIST, "states concerned, alpha-3 codes"),
        Column("source", LIST, "the acting side; empty for mutual types"),
        Column("target", LIST, "the side acted upon; empty for mutual types"),
        Column("actors", LIST, "sides without a code, as in the article"),
        Column("persons", LIST, "as in the article"),
        Column("organisations", LIST, "usual English acronyms"),
        Column("place", STRING, "town or venue, as in the article"),
        Column("instruments", LIST, "kinds of instruments"),
        Column("subjects", LIST, "what the instruments are about"),
        Column("count_min", INTEGER, AT_LEAST),
        Column("count_max", INTEGER, AT_MOST),
        _needed("modality", STRING, "whether it happened", *MODALITIES),
        _needed("polarity", STRING, "negated: it did not happen", "positive", "negated"),
        _needed("aspect", STRING, "once, or again and again", "single", "habitual"),
        Column("cameo", STRING, "CAMEO code"),
        Column("plover", STRING, "PLOVER event type"),
        Column("confidence", NUMBER, "0 to 1"),
        _needed("rule", STRING, "file and id of the rule that fired"),
    ),
    order="doc_id, start, end, type, date, event_id",
    key="event_id",
    refers=(("doc_id", "articles"),),
)

TREATIES = Table(
    name="treaties",
    description="instruments named, one row each, with their dates joined across the article",
    columns=(
        _needed("treaty_id", STRING, "hash of content, stable from run to run"),
        _needed("event_id", STRING, "the event that names the instrument first"),
        *_place(),
        _needed("text", STRING, "the mention, as in the article"),
        _needed("kind", STRING, "kind of instrument"),
        Column("title", STRING, "quoted or capitalised title"),
        Column("subjects", LIST, "what it is about"),
        Column("parties", LIST, "states by alpha-3 code, organisations by acronym"),
        Column("signed", STRING, "EDTF"),
        Column("ratified", STRING, "EDTF"),
        Column("in_force", STRING, "EDTF"),
        Column("terminated", STRING, "EDTF"),
        Column("count_min", INTEGER, AT_LEAST),
        Column("count_max", INTEGER, AT_MOST),
        Column("place", STRING, "where it was signed, as in the article"),
    ),
    order="doc_id, start, end, treaty_id",
    key="treaty_id",
    refers=(("doc_id", "articles"), ("event_id", "events")),
)

TIMELINE = Table(
    name="timeline",
    description="events told in several places or languages, merged into one row each",
    columns=(
        _needed("timeline_id", STRING, "hash of content, stable from run to run"),
        _needed("type", STRING, "type of event"),
        Column("date", STRING, "EDTF, the most precise of the mentions' dates"),
        Column("date_start", STRING, FIRST_DAY),
        Column("date_end", STRING, LAST_DAY),
        Column("participants", LIST, "states concerned, alpha-3 codes"),
        Column("persons", LIST, "all mentions' persons, as in the articles"),
        Column("instruments", LIST, "kinds of instruments, of all mentions"),
        Column("count_min", INTEGER, AT_LEAST),
        Column("count_max", INTEGER, AT_MOST),
        _needed("mentions", INTEGER, "how many rows of events were merged"),
        _needed("documents", INTEGER, "how many articles tell it"),
        _needed("languages", LIST, "ISO 639-1 codes of the mentions"),
        _needed("event_ids", LIST, "the rows of events that were merged"),
        Column("conflicts", LIST, "slots in which the mentions disagree, with values and event_ids"),
        Column("confidence", NUMBER, "0 to 1"),
        Column("why", LIST, "what made each mention join: event_id=reason+reason"),
        _needed("modality", STRING, "whether it happened", *MODALITIES),
        _needed("polarity", STRING, "negated: it did not happen", "positive", "negated"),
    ),
    order="date_start IS NULL, day_number(date_start), day_number(date_end), type, participants, timeline_id",
    key="timeline_id",
)

REJECTS = Table(
    name="rejects",
    description="what could not be read or processed",
    columns=(
        _needed("path", STRING, "the file, relative to the input root"),
        Column("record", STRING, "line, row or id inside a file of many records"),
        _needed("reason", STRING, "a fixed code"),
        _needed("message", STRING, "what is wrong and what to do"),
    ),
    order="path, length(record), record, reason",
)

TABLES = (ARTICLES, ENTITIES, DATES, EVENTS, TREATIES, TIMELINE, REJECTS)
BY_NAME = {table.name: table for table in TABLES}
