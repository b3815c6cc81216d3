"""Other calendars: Bengali, Hijri, Persian and Rumi dates turned into Gregorian days and intervals.

A day becomes a day; a month or a year becomes the interval of its Gregorian days. The Bengali calendar has three
forms: the one in force in Bangladesh since 1426 (2019), the one before it (1394, that is 1987), and the traditional
one, still used in India, which follows the sun of the Surya Siddhanta. Sources: the Bangla Academy's two reforms;
Reingold and Dershowitz, Calendrical Calculations, for the Hindu sun; Umm al-Qura through `hijridate`, the
arithmetical Hijri calendar outside its range.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta

FIRST_REVISED = 1426
FIRST_REFORMED = 1394
SIDEREAL_YEAR = 365 + 279457 / 1080000
ANOMALISTIC_YEAR = 1577917828000 / (4320000000 - 387)
KALI = -1132959
CREATION = KALI - 1955880000 * SIDEREAL_YEAR
BENGALI_TO_KALI = 3694
KOLKATA = (88.37 - 75.77) / 360  # by how much its midnight comes before Ujjain's, in days
RUMI_GREGORIAN = 1333
UMM_AL_QURA = range(1343, 1501)


def to_gregorian(value: str, *, calendar: str) -> str:
    """Turn `year-month-day`, `year-month` or `year` of another calendar into EDTF; raises ValueError."""
    if calendar not in CALENDARS:
        raise ValueError(f"calendar {calendar} is not known; use one of {', '.join(sorted(CALENDARS))}")
    numbers = [int(part) for part in value.split("-")]
    first_day = CALENDARS[calendar]
    if len(numbers) == 3:
        return checked(first_day, *numbers).isoformat()
    if len(numbers) == 2:
        year, month = numbers
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return f"{first_day(year, month, 1)}/{first_day(*following, 1) - timedelta(days=1)}"
    first, last = year_span(calendar, numbers[0])
    return f"{first}/{last}"


def year_span(calendar: str, year: int) -> tuple[date, date]:
    """Return the first and last Gregorian day of a year."""
    if calendar == "rumi":
        return rumi_year(year)
    first_day = CALENDARS[calendar]
    return first_day(year, 1, 1), first_day(year + 1, 1, 1) - timedelta(days=1)


def checked(first_day: Callable[[int, int, int], date], year: int, month: int, day: int) -> date:
    """Return a day, having made sure that its month is so long; raises ValueError."""
    there = first_day(year, month, day)
    if first_day is rumi:
        return there
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    if there >= first_day(*following, 1):
        raise ValueError(f"{year}-{month}-{day}: that month has no such day")
    return there


def bengali(year: int, month: int, day: int) -> date:
    """Return the day of a Bengali date, by the form in force in Bangladesh in that year."""
    if year >= FIRST_REVISED:
        return bengali_revised(year, month, day)
    return bengali_reformed(year, month, day) if year >= FIRST_REFORMED else bengali_india(year, month, day)


def bengali_revised(year: int, month: int, day: int) -> date:
    """Bangladesh since 1426: six months of 31 days, Falgun of 29 or 30, the others of 30."""
    falgun = 30 if calendar.isleap(year + 594) else 29
    return counted(year, month, day, [31] * 6 + [30] * 4 + [falgun, 30])


def bengali_reformed(year: int, month: int, day: int) -> date:
    """Bangladesh from 1394 to 1425: five months of 31 days, Falgun of 30 or 31, the others of 30."""
    falgun = 31 if calendar.isleap(year + 594) else 30
    return counted(year, month, day, [31] * 5 + [30] * 5 + [falgun, 30])


def counted(year: int, month: int, day: int, lengths: list[int]) -> date:
    """Count from the New Year of Bangladesh, always 14 April."""
    if not 1 <= month <= 12:
        raise ValueError(f"{month} is no month")
    return date(year + 593, 4, 14) + timedelta(days=sum(lengths[: month - 1]) + day - 1)


def bengali_india(year: int, month: int, day: int) -> date:
    """Return the day by the traditional reckoning: a month begins on the day after the sun enters its sign."""
    if not 1 <= month <= 12:
        raise ValueError(f"{month} is no month")
    target = (month - 1) * 30
    guess = math.floor(KALI + SIDEREAL_YEAR * (year + BENGALI_TO_KALI + (month - 1) / 12)) - 4
    while behind(solar_longitude(guess + 1 - KOLKATA), target):
        guess += 1
    return date.fromordinal(guess + day)


def behind(longitude: float, target: float) -> bool:
    """Tell whether the sun has yet to reach a sign, looking half a circle back."""
    return (longitude - target) % 360 > 180


def solar_longitude(moment: float) -> float:
    """Return the sidereal longitude of the sun in degrees at a moment (days, Ujjain time) by the Surya Siddhanta."""
    size, change = 14 / 360, 1 / 42
    offset = table_sine(mean_position(moment, ANOMALISTIC_YEAR))
    equation = table_arcsine(offset * (size - abs(offset) * change * size))
    return (mean_position(moment, SIDEREAL_YEAR) - equation) % 360


def mean_position(moment: float, period: float) -> float:
    return 360 * (((moment - CREATION) / period) % 1)


def sine_entry(entry: int) -> float:
    """Return one of the 24 sines of the table, in units of its radius of 3438 minutes."""
    exact = 3438 * math.sin(math.radians(entry * 225 / 60))
    error = 0.215 * math.copysign(1, exact) * math.copysign(1, abs(exact) - 1716) if exact else 0.0
    return round(exact + error) / 3438


def table_sine(angle: float) -> float:
    entry = angle * 60 / 225
    fraction = entry % 1
    return fraction * sine_entry(math.ceil(entry)) + (1 - fraction) * sine_entry(math.floor(entry))


def table_arcsine(amplitude: float) -> float:
    if amplitude < 0:
        return -table_arcsine(-amplitude)
    position = next(entry for entry in range(1, 25) if amplitude <= sine_entry(entry))
    below = sine_entry(position - 1)
    return 225 / 60 * (position - 1 + (amplitude - below) / (sine_entry(position) - below))


def hijri(year: int, month: int, day: int) -> date:
    """Return the day of a Hijri date: Umm al-Qura where it is defined, else the arithmetical calendar."""
    if year in UMM_AL_QURA and not (year == UMM_AL_QURA[-1] and month == 12):
        from hijridate import Hijri

        there = Hijri(year, month, 1).to_gregorian()
        return date(there.year, there.month, there.day) + timedelta(days=day - 1)
    from convertdate import islamic

    return date(*islamic.to_gregorian(year, month, day))


def persian(year: int, month: int, day: int) -> date:
    """Return the day of a solar Hijri (Persian) date."""
    from convertdate import persian as solar

    return date(*solar.to_gregorian(year, month, day))


def rumi(year: int, month: int, day: int) -> date:
    """Return the day of a Rumi date. Months are numbered from January, years begin in March up to 1332."""
    if year >= RUMI_GREGORIAN:
        return date(year + 584, month, day)
    from convertdate import julian

    return date(*julian.to_gregorian(year + (584 if month >= 3 else 585), month, day))


def rumi_year(year: int) -> tuple[date, date]:
    """Return the first and last day of a Rumi year: 1332 was cut short, 1333 had ten months."""
    if year > RUMI_GREGORIAN:
        return date(year + 584, 1, 1), date(year + 584, 12, 31)
    if year == RUMI_GREGORIAN:
        return date(1917, 3, 1), date(1917, 12, 31)
    last = date(1917, 2, 28) if year == RUMI_GREGORIAN - 1 else rumi(year + 1, 3, 1) - timedelta(days=1)
    return rumi(year, 3, 1), last


CALENDARS: dict[str, Callable[[int, int, int], date]] = {
    "bengali": bengali,
    "bengali-revised": bengali_revised,
    "bengali-reformed": bengali_reformed,
    "bengali-india": bengali_india,
    "hijri": hijri,
    "persian": persian,
    "rumi": rumi,
}
