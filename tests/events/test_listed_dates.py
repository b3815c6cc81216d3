"""Several happenings under one closing verb, and the date and side that each of them takes."""

from __future__ import annotations

from dragoman.events.examples import events_of


def test_each_date_that_closes_its_part_of_a_list_has_its_own_sides() -> None:
    text = "Çilinin Perudakı səfirliyi 12 mart 1993-cü ildə, Perunun Çilidəki səfirliyi 24 avqust 1997-ci ildə açılıb."
    opened = [(event.date, event.source, event.target) for event in events_of(text, language="az")]

    assert opened == [("1993-03-12", ("CHL",), ("PER",)), ("1997-08-24", ("PER",), ("CHL",))]


def test_years_before_a_colon_only_announce_the_list_behind_it() -> None:
    text = (
        "Yeni mərhələ 1992-1993-cü illərə düşür: 1992-ci il fevralın 10-da Çili Meksika ilə, "
        "1993-cü il oktyabrın 21-də Kuba ilə diplomatik əlaqələr qurub."
    )
    begun = [(event.date, event.participants) for event in events_of(text, language="az")]

    assert begun == [("1992-02-10", ("CHL", "MEX")), ("1993-10-21", ("CHL", "CUB"))]


def test_the_official_of_an_organisation_is_the_other_side() -> None:
    text = "Peru naziri Parisə səfəri zamanı NATO-nun baş katibi ilə görüşüb."
    met = [event.participants for event in events_of(text, language="az") if event.type == "meeting"]

    assert met == [("PER",)]


def test_the_date_of_a_treaty_is_not_that_of_its_ratification() -> None:
    text = "2005-ci il mayın 5-də Çili parlamenti 2004-cü il oktyabrın 23-də imzalanmış protokolu ratifikasiya etdi."
    ratified = [event.date for event in events_of(text, language="az") if event.type == "treaty_ratified"]

    assert ratified == ["2005-05-05"]
