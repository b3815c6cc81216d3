"""dateparser is asked only when told so, only for what the grammar marks, and never for the clock."""

from __future__ import annotations

import pytest

from dragoman.dates import find

ODD = [("en", "5/Dec/1991", "1991-12-05"), ("az", "1991 may 5", "1991-05-05"), ("bn", "১৯৯১ মে ৫", "1991-05-05")]


@pytest.mark.parametrize(("language", "text", "expected"), ODD)
def test_what_dateparser_reads_carries_its_name(language: str, text: str, expected: str) -> None:
    found = find(text, language=language, fallback=True)

    assert [(timex.text, timex.edtf, timex.rule) for timex in found] == [(text, expected, "dateparser")]


@pytest.mark.parametrize(("language", "text", "expected"), ODD)
def test_dateparser_is_off_by_default(language: str, text: str, expected: str) -> None:
    assert [timex for timex in find(text, language=language) if timex.rule == "dateparser"] == []


def test_the_grammar_goes_first() -> None:
    found = find("May 28, 1918", language="en", fallback=True)

    assert [timex.rule for timex in found] == ["en.date.month-day-year"]
