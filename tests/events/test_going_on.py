"""Sides and dates left to what was told before: three countries, a visitor who travels on, the visit as a whole."""

from __future__ import annotations

from dragoman.events.examples import events_of


def test_the_three_countries_are_those_named_together() -> None:
    text = (
        "Bakıda Azərbaycan, Gürcüstan və Türkiyə nazirlərinin görüşü olub. "
        "2013-cü ildə üç ölkənin nazirləri Batumidə görüşüblər."
    )
    events = [event for event in events_of(text, language="az") if event.date == "2013"]

    assert [event.participants for event in events] == [("AZE", "GEO", "TUR")]


def test_each_stop_of_a_journey_has_the_visitor() -> None:
    text = "Polşa Prezidenti mayın 2-də Kiyevə, mayın 5-də Vilnüsə səfər edib. Həmin gün Vilnüsdən Riqaya səfərə gəlib."
    visits = [event for event in events_of(text, language="az") if event.type == "visit"]

    assert [event.participants for event in visits] == [("POL", "UKR"), ("LTU", "POL"), ("LVA", "POL")]


def test_what_is_signed_during_a_visit_has_the_days_of_the_visit() -> None:
    text = (
        "Keniya Prezidentinin Nepala səfəri 4-6 may 1998-ci ildə olub. "
        "Mayın 5-də Keniya Prezidenti Nepal kralı ilə görüşüb. "
        "Səfər çərçivəsində Keniya ilə Nepal arasında saziş imzalanıb."
    )
    signed = [event.date for event in events_of(text, language="az") if event.type == "treaty_signed"]

    assert signed == ["1998-05-04/1998-05-06"]


def test_a_noun_and_the_verb_it_is_the_subject_of_are_one_event() -> None:
    text = "Çexiya ilə Slovakiya nazirlərinin ilk görüşü 2012-ci ildə Brnoda keçirilib."

    assert [event.type for event in events_of(text, language="az")] == ["meeting"]


def test_those_countries_are_the_three_that_acted_before() -> None:
    text = "নরওয়ে, ডেনমার্ক ও ফিনল্যান্ড ২০০২ সালে কিউবার কূটনীতিককে বহিষ্কার করে। পরে কিউবা এসব দেশের কূটনীতিককে বহিষ্কার করে।"
    expelled = [(event.source, event.target) for event in events_of(text, language="bn")]

    assert expelled == [(("DNK", "FIN", "NOR"), ("CUB",)), (("CUB",), ("DNK", "FIN", "NOR"))]
