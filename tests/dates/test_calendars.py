"""Dates of other calendars, checked against days that are known in both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.dates import find
from dragoman.dates.calendars import bengali_india, bengali_reformed, bengali_revised, to_gregorian


@pytest.mark.parametrize(
    ("calendar", "value", "expected"),
    [
        ("bengali", "1430-01-01", "2023-04-14"),
        ("bengali", "1358-11-08", "1952-02-21"),  # Language Movement Day
        ("bengali", "1348-04-22", "1941-08-07"),  # death of Tagore
        ("bengali", "1306-02-11", "1899-05-24"),  # birth of Nazrul
        ("bengali-india", "1430-01-01", "2023-04-15"),
        ("bengali-india", "1431-01-01", "2024-04-14"),
        ("bengali-reformed", "1425-11-09", "2019-02-21"),
        ("bengali-revised", "1430-11-08", "2024-02-21"),
        ("hijri", "1445-09-01", "2024-03-11"),
        ("hijri", "1445", "2023-07-19/2024-07-06"),
        ("persian", "1299", "1920-03-21/1921-03-20"),
        ("rumi", "1325-03-31", "1909-04-13"),  # the 31 March Incident
        ("rumi", "1332", "1916-03-14/1917-02-28"),
    ],
)
def test_a_known_day_is_met(calendar: str, value: str, expected: str) -> None:
    assert to_gregorian(value, calendar=calendar) == expected


@pytest.mark.parametrize("value", ["1430-01-32", "1430-13-01", "1430-12-31"])
def test_a_day_that_does_not_exist_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        to_gregorian(value, calendar="bengali")


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="not known"):
        to_gregorian("5-1-1", calendar="lunar")


@given(year=st.integers(1200, 1450), month=st.integers(1, 12))
def test_the_months_of_the_traditional_year_have_29_to_32_days(year: int, month: int) -> None:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    length = (bengali_india(*following, 1) - bengali_india(year, month, 1)).days

    assert 29 <= length <= 32


@given(year=st.integers(1394, 1500))
def test_both_reforms_keep_new_year_on_14_april_and_the_year_without_gaps(year: int) -> None:
    for reckon in (bengali_reformed, bengali_revised):
        last = reckon(year, 12, 30)

        assert reckon(year, 1, 1) == date(year + 593, 4, 14)
        assert last + timedelta(days=1) == reckon(year + 1, 1, 1)


@pytest.mark.parametrize(
    ("language", "text", "calendar", "expected"),
    [
        ("bn", "১ বৈশাখ ১৪৩০ বঙ্গাব্দ", "bengali", "2023-04-14"),
        ("bn", "১৪৪৫ হিজরিতে", "hijri", "2023-07-19/2024-07-06"),
        ("az", "hicri 1445-ci ildə", "hijri", "2023-07-19/2024-07-06"),
        ("az", "rumi 1316-cı ildə", "rumi", "1900-03-14/1901-03-13"),
        ("en", "22 Srabon 1348", "bengali", "1941-08-07"),
        ("en", "AH 1445", "hijri", "2023-07-19/2024-07-06"),
    ],
)
def test_another_calendar_is_named_and_never_read_as_gregorian(
    language: str, text: str, calendar: str, expected: str
) -> None:
    found = find(text, language=language)

    assert [(timex.calendar, timex.edtf) for timex in found] == [(calendar, expected)]


def test_a_bengali_day_without_a_year_gets_no_gregorian_day() -> None:
    found = find("পঁচিশে বৈশাখ", language="bn")

    assert [(timex.calendar, timex.edtf) for timex in found] == [("bengali", None)]
