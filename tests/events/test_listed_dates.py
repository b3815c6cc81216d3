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


def test_a_date_with_a_verb_of_its_own_is_not_one_of_the_list() -> None:
    text = "Söz 1849-cu ildə ingilis dilindən götürülmüş və 1867-ci ildə Parisdə beynəlxalq konqres keçirilib."
    held = [event.date for event in events_of(text, language="az")]

    assert held == ["1867"]


def test_what_happened_has_no_date_until_which_something_held() -> None:
    text = "Peru 1945-ci ilədək adaları əlində saxlayan Yaponiya ilə müqavilə imzaladı."
    signed = [(event.date, event.participants) for event in events_of(text, language="az")]

    assert signed == [(None, ("JPN", "PER"))]


def test_what_was_over_before_another_act_has_not_the_date_of_that_act() -> None:
    text = "Peru müstəqilliyini bərpa etdikdən sonra məscid 2 avqust 2001-ci ildə siyahıya salınıb."

    assert [event.date for event in events_of(text, language="az")] == [None]


def test_the_year_that_names_a_treaty_is_not_that_of_its_end() -> None:
    text = "Sudan 2018-ci il hərbi sazişini dayandırdığını Rusiyaya bildirib."
    ended = [event.date for event in events_of(text, language="az") if event.type == "treaty_terminated"]

    assert ended == [None]


def test_who_calls_upon_others_to_talk_takes_no_part() -> None:
    text = "Misir və Qətər liderləri Çad və Sudanı avqustun 15-də Qahirədə danışıqları bərpa etməyə çağırıblar."

    assert [event.participants for event in events_of(text, language="az")] == [("SDN", "TCD")]


def test_an_attack_has_its_own_owner_and_object_among_many_states() -> None:
    text = "O, Çin-Peru münasibətləri, 1979-cu ildə sovet qoşunlarının Əfqanıstanı işğal etməsi ilə məşğul olub."
    attacks = [(event.date, event.source, event.target) for event in events_of(text, language="az")]

    assert attacks == [("1979", ("SUN",), ("AFG",))]


def test_what_parliament_approves_is_still_to_be_given() -> None:
    text = "Yaponiya parlamenti Ukraynaya iyirmi milyon dollar yardım ayrılmasını təsdiqləyib."

    assert [event.modality for event in events_of(text, language="az")] == ["planned"]


def test_a_parliament_ratifies_for_its_own_state_alone() -> None:
    text = (
        "Kanada ilə Nepal arasında 2005-ci ildə ticarət haqqında saziş imzalanıb. "
        "Sazişi Kanada parlamenti 2006-cı ilin mayında ratifikasiya edib."
    )
    ratified = [(e.date, e.participants) for e in events_of(text, language="az") if e.type == "treaty_ratified"]

    assert ratified == [("2006-05", ("CAN",))]
