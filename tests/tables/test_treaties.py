"""Instruments whose dates are joined across an article, and those that stay apart."""

from __future__ import annotations

from typing import Any

from dragoman.dates.edtf import bounds
from dragoman.records import Event, Instrument
from dragoman.treaties import Treaty, joined_across


def told(type_: str, date: str | None, *instruments: Instrument, start: int = 0, **slots: Any) -> Event:
    first, last, precision = bounds(date) if date else (None, None, None)
    slots.setdefault("participants", ("AZE", "ROU"))
    return Event(
        type=type_,
        start=start,
        end=start + 6,
        trigger="signed",
        sentence_start=start,
        sentence_end=start + 50,
        evidence="",
        rule="test",
        date=date,
        date_start=first,
        date_end=last,
        date_precision=precision,
        instruments=instruments,
        **slots,
    )


def treaties(*events: Event) -> list[Treaty]:
    return joined_across((f"event{number}", event) for number, event in enumerate(events))


def dates(treaty: Treaty) -> tuple[str | None, ...]:
    return treaty.signed, treaty.ratified, treaty.in_force, treaty.terminated


def friendship(start: int, **fields: Any) -> Instrument:
    return Instrument(start, start + 6, "treaty", "treaty", subjects=("friendship",), **fields)


def bare(start: int, kind: str = "treaty") -> Instrument:
    return Instrument(start, start + 6, kind, kind)


def test_one_mention_with_two_happenings_is_one_row() -> None:
    words = friendship(10)
    (treaty,) = treaties(told("treaty_signed", "1996-03", words), told("treaty_ratified", "1996-10", words, start=30))

    assert dates(treaty) == ("1996-03", "1996-10", None, None)


def test_a_bare_mention_joins_the_only_treaty_of_the_sides() -> None:
    (treaty,) = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_in_force", "1997-02-21", bare(200), start=210),
    )

    assert dates(treaty) == ("1996-03", None, "1997-02-21", None)
    assert treaty.event_id == "event0"


def test_a_bare_mention_among_two_treaties_stays_apart() -> None:
    found = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_signed", "1998-03", Instrument(60, 66, "treaty", "treaty", subjects=("trade",)), start=70),
        told("treaty_in_force", "1999", bare(200), start=210),
    )

    assert [dates(treaty) for treaty in found] == [
        ("1996-03", None, None, None),
        ("1998-03", None, None, None),
        (None, None, "1999", None),
    ]


def test_a_bare_mention_takes_up_what_was_just_told() -> None:
    found = treaties(
        told("treaty_signed", "1994-02-09", friendship(10)),
        told("treaty_signed", "2010-08-16", Instrument(500, 506, "treaty", "treaty", subjects=("defence",)), start=510),
        told("treaty_ratified", "2010-12-21", bare(560), start=570),
    )

    assert [dates(treaty) for treaty in found] == [
        ("1994-02-09", None, None, None),
        ("2010-08-16", "2010-12-21", None, None),
    ]


def test_the_document_may_be_the_protocol_just_told() -> None:
    protocol = Instrument(10, 18, "protocol", "protocol")
    (treaty,) = treaties(
        told("treaty_signed", "2020-12-10", protocol),
        told("treaty_in_force", "2021-04-01", bare(90, "document"), start=100),
    )

    assert (treaty.kind, dates(treaty)) == ("protocol", ("2020-12-10", None, "2021-04-01", None))


def test_the_document_among_two_just_told_stays_apart() -> None:
    protocol, pact = Instrument(10, 18, "protocol", "protocol"), Instrument(30, 38, "pact", "treaty")
    found = treaties(
        told("treaty_signed", "2020-12-10", protocol, pact),
        told("treaty_in_force", "2021-04-01", bare(90, "document"), start=100),
    )

    assert len(found) == 3


def test_an_agreement_is_not_taken_for_a_treaty() -> None:
    found = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_in_force", "1997", bare(200, "agreement"), start=210),
    )

    assert len(found) == 2


def test_what_would_end_before_it_began_stays_apart() -> None:
    found = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_in_force", "1992", bare(200), start=210),
    )

    assert [dates(treaty) for treaty in found] == [("1996-03", None, None, None), (None, None, "1992", None)]


def test_one_side_may_ratify() -> None:
    (treaty,) = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_ratified", "1996-10-15", bare(200), start=210, participants=("AZE",)),
    )

    assert dates(treaty) == ("1996-03", "1996-10-15", None, None)
    assert treaty.parties == ("AZE", "ROU")


def test_the_more_exact_date_is_kept() -> None:
    (treaty,) = treaties(
        told("treaty_signed", "1996", friendship(10)),
        told("treaty_signed", "1996-03-27", friendship(100), start=110),
    )

    assert treaty.signed == "1996-03-27"


def test_two_treaties_of_one_name_and_two_dates_stay_two() -> None:
    found = treaties(
        told("treaty_signed", "1996-03", friendship(10)),
        told("treaty_signed", "2006-03", friendship(100), start=110),
    )

    assert [treaty.signed for treaty in found] == ["1996-03", "2006-03"]


def test_what_is_planned_or_denied_gives_no_date() -> None:
    found = treaties(
        told("treaty_signed", "2030", friendship(10), modality="planned"),
        told("treaty_signed", "2031", Instrument(60, 66, "protocol", "protocol"), start=70, polarity="negated"),
    )

    assert [dates(treaty) for treaty in found] == [(None,) * 4, (None,) * 4]


def test_a_number_of_agreements_is_one_row_with_its_bounds() -> None:
    many = Instrument(10, 20, "agreements", "agreement", count_min=51)
    (treaty,) = treaties(told("treaty_signed", "2004-10", many))

    assert (treaty.count_min, treaty.count_max) == (51, None)


def test_organisations_are_parties_only_where_two_states_are_not() -> None:
    with_one = told("treaty_signed", "1999", bare(10), participants=("AZE",), organisations=("EU",))
    with_two = told("treaty_signed", "1999", bare(60), start=70, organisations=("UN",))

    assert [treaty.parties for treaty in treaties(with_one, with_two)] == [("AZE", "EU"), ("AZE", "ROU")]


def test_events_of_other_types_name_no_treaty() -> None:
    assert treaties(told("visit", "1996-03", friendship(10))) == []
