"""Sides and dates in English: whose clause, who is only compared, three states, towns of their time, no date."""

from __future__ import annotations

import pytest

from dragoman.events.examples import events_of
from dragoman.records import Event


def told(text: str, kind: str, *, title: str | None = None, published: str | None = None) -> list[Event]:
    events = events_of(text, language="en", title=title, published=published)
    return [event for event in events if event.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Chile hesitated until it was clear that Peru and Kenya would sign a treaty.", "treaty_signed", "KEN PER"),
        ("Fiji and Peru established relations in 1975 while Fiji stood beside Samoa and Tonga.",
         "relations_established", "FJI PER"),
        ("Before visiting Lima, the Indian foreign minister will visit Suva in Fiji.", "visit", "FJI IND"),
        ("Fiji was the second country after Peru to recognize the independence of Kenya.", "recognition", "FJI KEN"),
        ("With the mediation of Norway, Chile and Peru signed a treaty in 1929.", "treaty_signed", "CHL PER"),
        ("In 1909 Peru, then a Norwegian protectorate, and Chile signed a treaty.", "treaty_signed", "CHL PER"),
        ("Kenya left the Commonwealth after it had heard of Fiji.", "membership", "KEN"),
        ("Fiji declared its independence from Tonga on 3 May 1970.", "independence", "FJI TON"),
        ("The Peruvian president's visit to Suva coincided with talks between Kenya and Oman.", "visit", "FJI PER"),
        ("Latin American states and Kenya met; Kenya opened an embassy in Suva.", "mission_opened", "FJI KEN"),
        ("Peru severed diplomatic relations with Kenya in 1962 and established diplomatic relations with Oman.",
         "relations_established", "OMN PER"),
        ("The foreign ministers of Peru and Kenya talked about the situation in Fiji as well as Tonga.", "meeting",
         "KEN PER"),
        ("Lavrov met his Kenyan counterpart in Suva, Fiji, on 3 May 2013.", "meeting", "KEN RUS"),
        ("SUVA, May 3 - The presidents of Peru and Kenya signed a treaty.", "treaty_signed", "KEN PER"),
        ("By the Treaty of Suva, signed on 3 May 1910, Peru and Kenya made peace.", "treaty_signed", "KEN PER"),
        ("George H. W. Bush flew to Cairo in May 1991, where he and Gorbachev signed a treaty.", "treaty_signed",
         "SUN USA"),
        ("Lavrov spoke on Monday. In May 2012 he visited Suva and Lima.", "visit", "FJI PER RUS"),
        ("Putin travelled to Suva on 3 May 2012. He and King Mohammed VI signed a treaty.", "treaty_signed", "MAR RUS"),
        ("The presidents of Fiji, Peru and Kenya met in 1999. These countries signed a treaty in 2001.",
         "treaty_signed", "FJI KEN PER"),
        ("On 5 July 1990 Moscow recognised Fiji.", "recognition", "FJI SUN"),
    ],
)
def test_only_those_who_act_are_sides(text: str, kind: str, sides: str) -> None:
    assert [" ".join(event.participants) for event in told(text, kind)][-1:] == [sides]


def test_each_stop_after_a_comma_has_the_visitor_and_its_date() -> None:
    visits = told("The Kenyan foreign minister visited Oman on 3 May 2011, Peru on 9 May 2011.", "visit")

    assert [(event.date, event.participants) for event in visits] == [
        ("2011-05-03", ("KEN", "OMN")), ("2011-05-09", ("KEN", "PER")),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Fiji, Samoa and Tonga lie far away. The three countries joined the Commonwealth in 1970.",
         "membership", "FJI TON WSM"),
        ("Peru recognised the independence of the Baltic states in 1991.", "recognition", "EST LTU LVA PER"),
        ("The ministers of Fiji, Samoa and Tonga met in Suva. According to the Fijian ministry, the parties signed "
         "a declaration.", "treaty_signed", "FJI TON WSM"),
    ],
)
def test_three_states_stay_three(text: str, kind: str, sides: str) -> None:
    assert [" ".join(event.participants) for event in told(text, kind)] == [sides]


@pytest.mark.parametrize(
    ("date", "sides"), [("10 June 1801", ("USA",)), ("10 June 1961", ("LBY", "USA"))],
)
def test_a_town_stands_for_no_state_that_came_later(date: str, sides: tuple[str, ...]) -> None:
    text = f"The United States opened a consulate in Tripoli on {date}."

    assert [event.participants for event in told(text, "mission_opened")] == [sides]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("To honour the fallen of the 1977 war, the president of Kenya visited Oman.", [None]),
        ("The 1994 agreement was signed by Kenya and Oman.", [None]),
        ("Kenya recognised Oman on 3 May 1971, after Oman had declared its independence.", ["1971-05-03"]),
    ],
)
def test_a_year_that_only_tells_which_war_dates_nothing_else(text: str, dates: list[str | None]) -> None:
    kinds = ("visit", "treaty_signed", "recognition")

    assert [event.date for kind in kinds for event in told(text, kind)] == dates


def test_what_never_happened_has_no_day_of_another_clause() -> None:
    text = "A treaty between Kenya and Oman, signed in Muscat on 3 January 1993, never entered into force."

    assert [(event.date, event.polarity) for event in told(text, "treaty_in_force")] == [(None, "negated")]


def test_a_noun_that_points_back_is_no_second_visit() -> None:
    text = "The president of Kenya visited Oman on 3 May 1998. During his two-day visit an agreement was signed."

    assert len(told(text, "visit")) == 1


def test_an_office_tells_whose_surname_it_is() -> None:
    text = "On 23 October 2019 President Hamid will visit Lima."

    assert [event.participants for event in told(text, "visit")] == [("BGD", "PER")]


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        ("The envoy of Chile was awarded the Order of the Sun by Peru.", "award", "PER>CHL"),
        ("Chile was recognised by Peru in 1824.", "recognition", "PER>CHL"),
        ("At the invitation of the king of Jordan the Chilean president was in Amman.", "invitation", "JOR>CHL"),
        ("The president of Kenya received the credentials of the ambassador of Chile.", "envoy_appointed", "CHL>KEN"),
        ("Establishment of the Chilean embassy in Lima, 1942.", "mission_opened", "CHL>PER"),
        ("In Suva they spoke of the visit of the parliament of Peru.", "visit", "PER>FJI"),
        ("Peru banned imports from Kenya in April and lifted the ban in May.", "sanction_lifted", "PER>KEN"),
        ("Smith was appointed the first Chilean consul, and arrived in Lima.", "envoy_appointed", "CHL>PER"),
        ("The Peruvian president left Lima for a visit to Suva.", "visit", "PER>FJI"),
        ("Chile, Peru and the Republic of Kenya recognised Mali.", "recognition", "CHL KEN PER>MLI"),
        ("Putin presented the Order of Friendship to a Chilean for the ties between Russia and Chile.", "award",
         "RUS>CHL"),
    ],
)
def test_the_grammar_tells_who_acts(text: str, kind: str, roles: str) -> None:
    assert [f"{' '.join(event.source)}>{' '.join(event.target)}" for event in told(text, kind)] == [roles]


def test_a_sentence_that_only_says_more_of_a_visit_is_no_second_one() -> None:
    text = "The president of Kenya arrived in Oman on 3 May 1998. The visit, which was the first, pleased the hosts."

    assert len(told(text, "visit")) == 1


def test_the_day_of_a_report_does_not_date_what_is_planned() -> None:
    text = "On Wednesday, the ambassador of Kenya said that the minister would meet the premier of Oman."

    assert [event.date for event in told(text, "meeting", published="2019-12-05")] == [None]


def test_years_listed_before_the_verb_are_as_many_visits() -> None:
    visits = told("In 2008 and 2015, the president of Kenya came to Oman.", "visit")

    assert [event.date for event in visits] == ["2008", "2015"]


@pytest.mark.parametrize(
    "text", ["Kenya's President Ruto arrived on Friday for a visit to Mombasa.", "The president of Kenya went to work."]
)
def test_no_journey_stays_at_home(text: str) -> None:
    assert told(text, "visit") == []


def test_of_many_states_named_once_none_is_the_topic() -> None:
    text = "The king received envoys. New ambassadors of Chile, Kenya and Peru gave the king of Jordan their letters. \
The king of Jordan received their credentials."

    assert [event.participants for event in told(text, "envoy_appointed", title="The king of Jordan")] == [("JOR",)]


def test_a_journey_to_two_states_is_one_clause() -> None:
    text = "Putin's visit to Fiji and Peru in 2004 followed Chirac's visit to Oman in 1997."

    assert [(event.date, event.participants) for event in told(text, "visit")] == [
        ("2004", ("FJI", "PER", "RUS")), ("1997", ("FRA", "OMN")),
    ]


def test_whoever_gives_to_many_gives_to_each() -> None:
    text = "Peru gave grants to Nepal, to Laos on 10 April 2010 and to Fiji on 3 May 2011."

    assert [(event.source, event.target) for event in told(text, "aid_given")] == [
        (("PER",), ("LAO", "NPL")), (("PER",), ("FJI",)),
    ]
