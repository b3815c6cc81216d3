"""Arbitrary text never breaks the search and never moves an offset; hostile text costs linear time."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.dates import find
from dragoman.pack import languages

MEGABYTE = 1_000_000
PIECES = [
    "1991", "-ci", " il", "ildən", " dekabrın", "11", "-də", " may", "২০০৪", " সালের", " মাসে", "১৬ই", "থেকে",
    "İ", "ı", "য়", "য\u09bc", "\u200d", "\n", " ", "-", "–", "/", ".", ",", "(", ")", "May", " the end of", "'90s",
    "last", " year", "Monday", " to ", "XX", " əsr", "two days later", "e.ə.", "0", "31", "/02/", "\U0001f600",
]  # fmt: skip
HOSTILE = {
    "digits": "1",
    "hyphens": "-",
    "years without end": "il ",
    "lone numbers": "1 ",
    "number ranges": "5-6 ",
    "unclosed ranges": "1999-",
    "this this this": "bu ",
    "blanks": " ",
    "line breaks": "\n",
    "numerals": "X",
    "dots": "01.02.",
    "number words": "twenty ",
}


@pytest.mark.parametrize("language", languages())
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
@settings(max_examples=300, deadline=None)
def test_offsets_hold_on_any_text(language: str, text: str) -> None:
    found = find(text, language=language, published="2020-02-29")
    spans = [(timex.start, timex.end) for timex in found]

    assert [text[start:end] for start, end in spans] == [timex.text for timex in found]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize("language", languages())
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_first_and_last_day_agree_with_the_value(language: str, text: str) -> None:
    found = find(text, language=language)
    turned = [timex for timex in found if timex.date_start and timex.date_end and timex.date_start[0] != "-"]

    assert [timex for timex in turned if timex.date_start > timex.date_end] == []
    assert [timex for timex in found if timex.timex_type in ("DURATION", "SET") and timex.edtf] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_takes_a_moment(language: str, name: str) -> None:
    find("1 may 1999", language=language)
    text = HOSTILE[name] * (MEGABYTE // len(HOSTILE[name]))
    before = time.process_time()
    find(text, language=language)
    seconds = time.process_time() - before

    assert seconds < 3.0


@pytest.mark.parametrize("language", languages())
def test_twice_the_dates_cost_about_twice_the_time(language: str) -> None:
    text = "5 May, 1993-cü ildən, ৫ মে থেকে, "
    find(text, language=language)

    def seconds(times: int) -> float:
        def once() -> float:
            before = time.process_time()
            find(text * times, language=language)
            return time.process_time() - before

        return min(once() for _ in range(3))

    assert seconds(4000) < 4 * max(seconds(2000), 0.02)
