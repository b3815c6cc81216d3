"""The press reports: a name, but no organisation of an event and no side."""

import pytest

from dragoman.events.examples import events_of
from dragoman.names import find


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("az", "Reyterin xəbərinə görə, Azərtac yazır.", ["Reyter", "Azərtac"]),
        ("bn", "রয়টার্সের খবর, প্রথম আলোকে তিনি বলেন।", ["রয়টার্স", "প্রথম আলো"]),
        ("en", "Reuters and the BBC reported it.", ["Reuters", "BBC"]),
    ],
)
def test_agencies_and_papers_are_organisations(language: str, text: str, expected: list[str]) -> None:
    found = find(text, language=language)

    assert [(name.label, name.canonical) for name in found] == [("ORG", name) for name in expected]


def test_who_reports_takes_no_part() -> None:
    event = events_of("The presidents of Kenya and Chad met in 2019, Reuters reported.", language="en")[0]

    assert (event.participants, event.organisations) == (("KEN", "TCD"), ())
