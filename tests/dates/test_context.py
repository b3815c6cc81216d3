"""What an expression leaves open is closed by the day of writing, by the date before, by its sentence."""

from __future__ import annotations

import datetime

import pytest

from dragoman.dates import find
from dragoman.errors import UsageError


def values(text: str, language: str, published: str | None = None) -> list[str | None]:
    return [timex.edtf for timex in find(text, language=language, published=published)]


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("en", "He came yesterday.", "2024-03-01", ["2024-02-29"]),
        ("en", "He came last year.", "2024-03-01", ["2023"]),
        ("en", "On Wednesday he will visit Baku.", "2022-07-16", ["2022-07-20"]),
        ("en", "He visited Baku on Wednesday.", "2022-07-16", ["2022-07-13"]),
        ("en", "Talks run from Monday to Thursday.", "2022-07-16", ["2022-07-11/2022-07-14"]),
        ("en", "He came on 17 November.", "2025-12-25", ["2025-11-17"]),
        ("en", "He came on 17 December.", "2025-01-05", ["2024-12-17"]),
        ("az", "Dünən gəlib.", "2024-03-01", ["2024-02-29"]),
        ("az", "Ötən ilin sonunda gəlib.", "2024-03-01", ["2023"]),
        ("az", "Bazar ertəsi gələcək.", "2022-07-16", ["2022-07-18"]),
        ("bn", "গত বছর তিনি আসেন।", "2024-03-01", ["2023"]),
        ("bn", "আগামী সোমবার তিনি আসবেন।", "2022-07-16", ["2022-07-18"]),
        ("bn", "রোববার (২২ ফেব্রুয়ারি) তিনি আসেন।", "2026-02-22", ["2026-02-22"]),
    ],
)
def test_the_day_of_writing_is_the_base(language: str, text: str, published: str, expected: list[str]) -> None:
    found = find(text, language=language, published=published)

    assert [timex.edtf for timex in found] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "yesterday"), ("en", "last year"), ("az", "dünən"), ("az", "keçən il"), ("bn", "গতকাল"), ("bn", "গত বছর")],
)
def test_without_a_day_of_writing_nothing_is_invented(language: str, text: str) -> None:
    found = find(text, language=language)

    assert [(timex.text, timex.edtf, timex.date_start, timex.relative) for timex in found] == [(text, None, None, True)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On March 7, 1956 it ended, after the declaration of March 2.", ["1956-03-07", "1956-03-02"]),
        ("en", "On May 10 they met; the previous day they talked.", ["XXXX-05-10", "XXXX-05-09"]),
        ("en", "In January 1992 it began. In April of the same year it ended.", ["1992-01", "1992-04"]),
        ("en", "The talks of December 1978 failed. In March they resumed.", ["1978-12", "1979-03"]),
        ("az", "28 may 1918-ci ildə elan edildi, ertəsi gün tanındı.", ["1918-05-28", "1918-05-29"]),
        ("az", "1939-cu ildə başladı. İki il sonra bitdi.", ["1939", "1941"]),
        ("bn", "২০২৩ সালের সেপ্টেম্বরে শুরু হয়। একই বছর অক্টোবরে শেষ হয়।", ["2023-09", "2023-10"]),
        ("bn", "১৯৭১ সালের ৬ ডিসেম্বর স্বীকৃতি দেয়। পরদিন ঘোষণা আসে।", ["1971-12-06", "1971-12-07"]),
    ],
)
def test_the_date_before_is_the_base(language: str, text: str, expected: list[str]) -> None:
    assert values(text, language) == expected


def test_a_year_is_not_carried_over_a_paragraph() -> None:
    assert values("It began in 1965.\n\nOn May 9 he came.", "en") == ["1965", "XXXX-05-09"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed 16.03.2007 and 01.03.2013.", ["2007-03-16", "2013-03-01"]),
        ("Signed 03/16/2007 and 01/03/2013.", ["2007-03-16", "2013-01-03"]),
        ("Signed 01/03/2013.", ["2013-01-03?"]),
    ],
)
def test_the_order_of_numbers_is_proved_by_the_text_or_marked_unsure(text: str, expected: list[str]) -> None:
    assert values(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "precision"),
    [
        ("en", "May 1918", "1918-05-01", "1918-05-31", "month"),
        ("en", "the winter of 1978", "1978-12-01", "1979-02-28", "season"),
        ("az", "XV əsrdə", "1400-01-01", "1499-12-31", "century"),
        ("bn", "নব্বইয়ের দশকে", "1990-01-01", "1999-12-31", "decade"),
        ("az", "4-5 oktyabr 2017-ci il", "2017-10-04", "2017-10-05", "range"),
        ("az", "2012-ci ilin fevralında", "2012-02-01", "2012-02-29", "month"),
    ],
)
def test_a_value_is_as_precise_as_the_text(language: str, text: str, first: str, last: str, precision: str) -> None:
    found = find(text, language=language)

    assert [(one.date_start, one.date_end, one.precision) for one in found] == [(first, last, precision)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "the 1990s", "199"),
        ("en", "the third quarter of 1990", "1990-Q3"),
        ("en", "the fall of 1979", "1979-FA"),
        ("en", "500 BC", "BC0500"),
        ("en", "three weeks", "P3W"),
        ("az", "hər il", "P1Y"),
        ("bn", "তিন দশক", "P30Y"),
    ],
)
def test_timeml_gets_its_own_value(language: str, text: str, value: str) -> None:
    assert [timex.value for timex in find(text, language=language)] == [value]


def test_a_date_object_will_do_for_the_day_of_writing() -> None:
    found = find("yesterday", language="en", published=datetime.date(2024, 3, 1))

    assert [timex.edtf for timex in found] == ["2024-02-29"]


def test_a_day_of_writing_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="is no day"):
        find("yesterday", language="en", published="March 2024")
