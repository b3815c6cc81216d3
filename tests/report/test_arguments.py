"""Where an event's slots stand in the text, and which pieces of an article are shown."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.arguments import Argument, arguments
from dragoman.report import passages

TEXT = "In 1996 it began. Heydar Aliyev of Azerbaijan visited Bucharest, and Romania signed a treaty."
START = TEXT.index("Heydar")
SLOTS: dict[str, Any] = {
    "participants": [],
    "source": [],
    "target": [],
    "persons": [],
    "actors": [],
    "organisations": [],
    "instruments": [],
    "place": None,
    "date_text": None,
}


def event(trigger: str = "visited", **slots: Any) -> dict[str, Any]:
    start = TEXT.index(trigger)
    return {
        **SLOTS,
        "start": start,
        "end": start + len(trigger),
        "sentence_start": START,
        "sentence_end": len(TEXT),
        "evidence": TEXT[START:],
        **slots,
    }


def row(piece: str, **cells: Any) -> dict[str, Any]:
    start = TEXT.index(piece)
    return {"start": start, "end": start + len(piece), "text": piece, "canonical": piece, "country": None, **cells}


NAMES = [
    row("Heydar Aliyev", country="AZE"),
    row("Azerbaijan", country="AZE"),
    row("Bucharest", country="ROU"),
    row("Romania", country="ROU"),
]


def told(found: tuple[Argument, ...]) -> list[tuple[str, str]]:
    return [(TEXT[argument.start : argument.end], argument.role) for argument in found]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({}, []),
        (
            {"participants": ["AZE", "ROU"], "source": ["AZE"], "target": ["ROU"], "persons": ["Heydar Aliyev"]},
            [("Heydar Aliyev", "person"), ("Azerbaijan", "source"), ("Bucharest", "target"), ("Romania", "target")],
        ),
        ({"participants": ["ROU"]}, [("Bucharest", "participant"), ("Romania", "participant")]),
        ({"place": "Buchar"}, [("Bucharest", "place")]),
        ({"place": "charest"}, []),
        ({"actors": ["a treaty"]}, [("a treaty", "actor")]),
    ],
)
def test_slots_are_found_in_the_sentence(slots: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(arguments(event(**slots), names=NAMES)) == expected


def test_an_inherited_date_is_found_before_the_sentence() -> None:
    assert told(arguments(event(date_text="1996"), dates=[row("1996")])) == [("1996", "date")]


def test_a_treaty_of_the_sentence_is_its_instrument() -> None:
    treaty = row("treaty", kind="treaty")

    assert told(arguments(event("signed", instruments=["treaty"]), treaties=[treaty])) == [("treaty", "instrument")]
    assert arguments(event("signed", instruments=["protocol"]), treaties=[treaty]) == ()


def test_a_short_article_is_shown_whole() -> None:
    assert passages.of_text(TEXT, [event()]) == (passages.Passage(0, TEXT),)


def test_a_long_article_is_shown_around_its_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "LONGEST_ARTICLE", 10)
    monkeypatch.setattr(passages, "AROUND", 4)

    assert passages.of_text(TEXT, [event()]) == (passages.Passage(START - 4, TEXT[START - 4 :]),)


def test_sentences_that_overlap_are_joined() -> None:
    inner = event("signed", sentence_start=START + 10, sentence_end=START + 20, evidence=TEXT[START + 10 : START + 20])

    assert passages.of_events([inner, event(), event()]) == (passages.Passage(START, TEXT[START:]),)
