"""The last resort, off the hot path: dateparser reads what the grammar marks as date-like but cannot read."""

from __future__ import annotations

import datetime
from dataclasses import replace

from dragoman.dates import edtf
from dragoman.dates.context import Reading

RULE = "dateparser"


def read_with_dateparser(
    readings: list[Reading], text: str, *, language: str, published: datetime.date | None
) -> list[Reading]:
    """Read the readings that have no rule of their own; what dateparser cannot read is dropped.

    Rows read so carry `rule = dateparser`. The day of writing is the only base: a text without one gives
    no value to a date that needs it, and the clock is never asked.
    """
    out = []
    for reading in readings:
        if reading.type != "FALLBACK":
            out.append(reading)
            continue
        value = parsed(text[reading.start : reading.end], language=language, published=published)
        if value is not None:
            out.append(replace(reading, type="DATE", value=value, rule=RULE))
    return out


def parsed(expression: str, *, language: str, published: datetime.date | None) -> str | None:
    """Return what dateparser makes of an expression, as precise as the expression and no more."""
    from dateparser.date import DateDataParser

    base = datetime.datetime.combine(published or datetime.date(2000, 1, 1), datetime.time())
    settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": False}
    required = {**settings, "REQUIRE_PARTS": ["year"]} if published is None else settings
    parser = DateDataParser(languages=[language], settings=required)
    data = parser.get_date_data(expression)
    if data is None or data.date_obj is None:
        return None
    value = data.date_obj.date().isoformat()
    value = {"year": value[:4], "month": value[:7]}.get(data.period, value)
    try:
        edtf.bounds(value)
    except ValueError:
        return None
    return value
