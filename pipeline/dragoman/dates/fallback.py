"""The last resort, off the hot path: dateparser reads what the grammar marks as date-like but cannot read."""

from __future__ import annotations

import datetime

from dragoman.dates import edtf

DATEPARSER = "dateparser"


def read_with_dateparser(expression: str, *, language: str, published: datetime.date | None) -> str | None:
    """Return what dateparser makes of an expression, as precise as the expression itself; None if it cannot.

    The day of writing is its only base. Without one an expression must name its year, so that no clock is asked.
    """
    from dateparser.date import DateDataParser

    base = datetime.datetime.combine(published or datetime.date(2000, 1, 1), datetime.time())
    settings: dict[str, object] = {"RELATIVE_BASE": base}
    if published is None:
        settings["REQUIRE_PARTS"] = ["year"]
    data = DateDataParser(languages=[language], settings=settings).get_date_data(expression)
    if data is None or data.date_obj is None:
        return None
    day: str = data.date_obj.date().isoformat()
    value = {"year": day[:4], "month": day[:7]}.get(str(data.period), day)
    try:
        edtf.bounds(value)
    except ValueError:
        return None
    return value
