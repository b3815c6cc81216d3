"""Bengali passages: how sides, dates, counts and modality are read where the verb stands last."""

from __future__ import annotations

import pytest

from dragoman.config import Settings
from dragoman.flow import process
from dragoman.records import Article, Event, Extraction


def events_of(text: str, *, published: str | None = None) -> list[Event]:
    """Return the hard events that a whole run finds in a Bengali text."""
    found = process(Article("x", "x", text, None, published), settings=Settings(language="bn"))
    assert isinstance(found, Extraction)
    return [event for event in found.events if event.type not in {"statement", "support", "criticism"}]


@pytest.mark.parametrize(
    ("text", "type", "sides"),
    [
        pytest.param(
            "২০২৩ সালের ১০ মার্চ চীনের মধ্যস্থতায় সৌদি আরব ও ইরান কূটনৈতিক সম্পর্ক পুনঃস্থাপন করে।",
            "relations_upgraded",
            ("IRN", "SAU"),
            id="a mediator is no side",
        ),
        pytest.param(
            "জুনে ইরাক ও কুয়েতের হামলার পর সেপ্টেম্বরে জাতিসংঘের সঙ্গে চুক্তি করে ইরান।",
            "treaty_signed",
            ("IRN",),
            id="an organisation is the other side",
        ),
        pytest.param(
            "চীন সফরে গেলেন প্রধানমন্ত্রী", "visit", ("BGD", "CHN"), id="an office without a state is Bangladesh's"
        ),
        pytest.param(
            "ক্যাম্প ডেভিডে মিশর ও ইসরায়েল চুক্তি স্বাক্ষর করে।",
            "treaty_signed",
            ("EGY", "ISR"),
            id="the seat of a government is only a venue",
        ),
        pytest.param("ঢাকায় আসছেন সৌদি পররাষ্ট্রমন্ত্রী", "visit", ("BGD", "SAU"), id="the subject may follow the verb"),
        pytest.param(
            "গুয়াতেমালা ব্রাজিলের সঙ্গে চুক্তি বাতিল করে চিলির সঙ্গে কূটনৈতিক সম্পর্ক স্থাপন করেছে।",
            "relations_established",
            ("CHL", "GTM"),
            id="chained verbs share the subject that opens the sentence",
        ),
        pytest.param(
            "রুশ প্রেসিডেন্ট ইরান সফর শেষে তুরস্কের প্রেসিডেন্টের সঙ্গে বৈঠক করেন।",
            "meeting",
            ("RUS", "TUR"),
            id="the state visited before is no side of the next meeting",
        ),
        pytest.param(
            "ইরান সংকটের জেরে সিরিয়ার ওপর নিষেধাজ্ঞা আরোপ করেছে নরওয়ে।",
            "sanction_imposed",
            ("NOR", "SYR"),
            id="a crisis is no side, who imposes may stand last",
        ),
        pytest.param(
            "তাইওয়ানের সঙ্গে সম্পর্ক ছিন্ন করে চীনের সঙ্গে কূটনৈতিক সম্পর্ক স্থাপন করেছে নিকারাগুয়া।",
            "relations_severed",
            ("NIC", "TWN"),
            id="chained verbs share the subject that closes the sentence",
        ),
        pytest.param(
            "কেনিয়ায় নিযুক্ত চিলির রাষ্ট্রদূত কেনিয়ায় পেরুর রাষ্ট্রদূতের সঙ্গে সাক্ষাৎ করেন।",
            "meeting",
            ("CHL", "PER"),
            id="the state where two envoys serve is no side",
        ),
        pytest.param(
            "ওমানে অবস্থিত ভারত দূতাবাসে নেপাল ও ভুটান স্মারক স্বাক্ষর করে।",
            "treaty_signed",
            ("BTN", "NPL"),
            id="an embassy is only a venue",
        ),
        pytest.param(
            "সুইডেনের রাষ্ট্রদূত পররাষ্ট্রমন্ত্রীর সঙ্গে বৈঠক করেন।",
            "meeting",
            ("BGD", "SWE"),
            id="an office beside another is not that of the same state",
        ),
        pytest.param(
            "ইতালির কর্মকর্তা সোমবার দুপুরে ভারতের দিল্লি থেকে ঢাকায় পৌঁছান।",
            "visit",
            ("BGD", "ITA"),
            id="where a visitor comes from is no side",
        ),
        pytest.param(
            "টাইমস অব ইন্ডিয়ার খবরে বলা হয়, ২০১৫ সালে সিরিয়ায় রুশ বিমান হামলা শুরু হয়।",
            "conflict",
            ("RUS", "SYR"),
            id="the state in a newspaper's name is no side",
        ),
        pytest.param(
            "ইরান ও ইরাকের মধ্যে চলমান সংঘাত নিয়ে কাতার ও ওমানের মন্ত্রীরা আলোচনা করেন।",
            "meeting",
            ("OMN", "QAT"),
            id="those whose quarrel is spoken of take no part",
        ),
    ],
)
def test_the_sides_are_those_who_act(text: str, type: str, sides: tuple[str, ...]) -> None:
    found = [event.participants for event in events_of(text) if event.type == type]

    assert found == [sides]


def test_a_date_in_the_genitive_behind_the_trigger_is_not_the_events() -> None:
    text = "ইরানের রাষ্ট্রদূত বৈঠকে ৩০ ডিসেম্বরের নির্বাচনের জন্য বাংলাদেশের প্রধানমন্ত্রীকে শুভেচ্ছা জানান।"

    dates = [event.date for event in events_of(text) if event.type == "meeting"]

    assert dates == [None]


def test_a_visit_is_planned_when_the_main_verb_is() -> None:
    text = "শেখ হাসিনার ইতালি সফরকালে দুই দেশের মধ্যে তিনটি চুক্তি স্বাক্ষরিত হতে পারে।"

    found = [(event.type, event.modality) for event in events_of(text)]

    assert found == [("visit", "planned"), ("treaty_signed", "possible")]


def test_an_opening_that_points_to_the_meeting_just_told_is_not_told_twice() -> None:
    text = "২০১৫ সালে বাংলাদেশ ও ভারতের প্রধানমন্ত্রী বৈঠক করেন। বৈঠকের পর দুই দেশের মধ্যে একটি চুক্তি সই হয়।"

    found = [(event.type, event.date, event.participants) for event in events_of(text)]

    assert found == [("meeting", "2015", ("BGD", "IND")), ("treaty_signed", "2015", ("BGD", "IND"))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("জাপান ও বাংলাদেশ তিনটি চুক্তি ও দুটি সমঝোতা স্মারক স্বাক্ষর করে।", (5, 5)),
        ("জাপান ও বাংলাদেশের মধ্যে ৫০টির অধিক চুক্তি স্বাক্ষরিত হয়।", (51, None)),
        ("জাপান ও বাংলাদেশের মধ্যে ৩০ বছর মেয়াদি চুক্তি স্বাক্ষরিত হয়।", (None, None)),
        ("ফিনল্যান্ড ন্যাটোর ৩১তম সদস্য হয়।", (None, None)),
    ],
)
def test_only_what_is_counted_gives_a_count(text: str, count: tuple[int | None, int | None]) -> None:
    found = [(event.count_min, event.count_max) for event in events_of(text)]

    assert found == [count]


@pytest.mark.parametrize(
    "text",
    [
        "ভারত সফরে দুটি টেস্ট খেলবে বাংলাদেশ ক্রিকেট দল।",
        "ভারতে পুলিশের ওপর হামলার ঘটনায় মামলা হয়।",
        "দিল্লিতে বাংলাদেশের হাইকমিশন অবস্থিত।",
        "বাংলাদেশ ও ভারতের মধ্যে ঘনিষ্ঠ সম্পর্ক রয়েছে।",
    ],
)
def test_sport_crime_and_standing_facts_are_no_events(text: str) -> None:
    assert events_of(text) == []


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        pytest.param(
            "ভুটানের রাজা শনিবার ঢাকায় পৌঁছান। তিনি রোববার নেপালের রাষ্ট্রদূতের সঙ্গে বৈঠক করেন।",
            ("BTN", "NPL"),
            id="he is the subject of the sentence before",
        ),
        pytest.param(
            "ফরাসি প্রেসিডেন্ট প্যারিসে ভাষণ দেন। পরে তিনি কেনিয়ার প্রেসিডেন্টের সঙ্গে সাক্ষাৎ করেন।",
            ("FRA", "KEN"),
            id="the adjective of an office tells its state",
        ),
    ],
)
def test_a_pronoun_stands_for_the_state_of_whom_it_means(text: str, sides: tuple[str, ...]) -> None:
    found = [event.participants for event in events_of(text) if event.type == "meeting"]

    assert found == [sides]


def test_every_date_of_a_list_has_the_state_that_opens_the_sentence() -> None:
    text = "যুক্তরাষ্ট্র ১৯১৬ সালে কিউবায় এবং ১৯১৯ সালে হন্ডুরাসে সামরিক অভিযান চালায়।"

    assert [(event.date, event.source, event.target) for event in events_of(text)] == [
        ("1916", ("USA",), ("CUB",)),
        ("1919", ("USA",), ("HND",)),
    ]


def test_a_sign_typed_for_the_full_stop_ends_a_sentence() -> None:
    text = "২০০৪ সালে তুরস্কের প্রেসিডেন্ট ইরান সফর করেন৷২০০৬ সালে কাতারের আমির ওমান সফর করেন৷"

    assert [(event.date, event.participants) for event in events_of(text)] == [
        ("2004", ("IRN", "TUR")),
        ("2006", ("OMN", "QAT")),
    ]


def test_what_happened_is_not_dated_by_a_visit_to_come() -> None:
    text = "কেনিয়ার প্রেসিডেন্ট ২৫ জানুয়ারি ওমান সফর করবেন। নাইরোবি সফরের সময় ওমানের সুলতান এ আমন্ত্রণ জানিয়েছিলেন।"
    invited = [event.date for event in events_of(text, published="2023-01-07") if event.type == "invitation"]

    assert invited == [None]


def test_whoever_answers_a_ban_with_a_ban_acts_in_a_second_happening() -> None:
    text = "কেনিয়া উগান্ডার ওপর নিষেধাজ্ঞা দেওয়ায় উগান্ডা পাল্টা ব্যবস্থা হিসেবে কেনিয়ার ওপর নিষেধাজ্ঞা আরোপ করেছে।"

    assert [(event.source, event.target) for event in events_of(text)] == [
        (("KEN",), ("UGA",)),
        (("UGA",), ("KEN",)),
    ]


def test_the_ending_of_the_last_of_a_list_holds_for_all() -> None:
    text = "পেরু, চিলি এবং কিউবা থেকে নিজেদের কূটনীতিকদের প্রত্যাহার করে নিচ্ছে ইকুয়েডর।"

    assert [(event.source, event.target) for event in events_of(text)] == [(("ECU",), ("CHL", "CUB", "PER"))]


def test_each_date_of_a_list_has_its_state_and_the_subject_of_all() -> None:
    text = "কিউবা ১৯৬৯ সালে ঘানার সাথে এবং ১৯৭২ সালে কেনিয়ার সাথে কূটনৈতিক সম্পর্ক স্থাপন করে।"

    assert [(event.date, event.participants) for event in events_of(text)] == [
        ("1969", ("CUB", "GHA")),
        ("1972", ("CUB", "KEN")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "সোমবার পররাষ্ট্র মন্ত্রণালয় জানিয়েছে, নেপালের প্রধানমন্ত্রী চীন সফর করবেন।",
        "নেপালের প্রধানমন্ত্রী চীন সফর করবেন বলে সোমবার জানিয়েছে পররাষ্ট্র মন্ত্রণালয়।",
        "কাঠমান্ডু, ৮ মার্চ (এপি) : নেপালের প্রধানমন্ত্রী চীন সফর করবেন।",
    ],
)
def test_the_day_of_the_report_is_not_that_of_the_plan(text: str) -> None:
    visits = [event for event in events_of(text, published="2021-03-10") if event.type == "visit"]

    assert [(event.date, event.modality) for event in visits] == [(None, "planned")]


def test_the_day_to_which_somebody_is_invited_is_not_that_of_the_invitation() -> None:
    text = "ঘানার প্রেসিডেন্ট কেনিয়ার প্রেসিডেন্টকে ২৯ মে দুর্গে আলোচনার জন্য আমন্ত্রণ জানিয়েছেন।"
    invited = [event for event in events_of(text, published="2017-05-22") if event.type == "invitation"]

    assert [(event.date, event.modality) for event in invited] == [(None, "actual")]


def test_two_countries_behind_a_topic_are_those_told_of_before() -> None:
    text = (
        "জার্মানির চ্যান্সেলর পোল্যান্ড সফরে গেলেন। "
        "ইউক্রেন, রাশিয়া ও বেলারুশ সীমান্তের সংকট বিষয়ে দুই দেশের সরকার প্রধানের মধ্যে আলোচনা হবে।"
    )

    assert [event.participants for event in events_of(text) if event.type == "meeting"] == [("DEU", "POL")]


def test_whom_the_next_bans_are_directed_at_is_told_once() -> None:
    text = "ঘানার বিরুদ্ধে নিষেধাজ্ঞা আরোপ করেছে টোগো। এর আগে কেনিয়া, মালি ও চাদ নিষেধাজ্ঞা আরোপ করেছে।"

    assert [(event.source, event.target) for event in events_of(text)] == [
        (("TGO",), ("GHA",)),
        (("KEN", "MLI", "TCD"), ("GHA",)),
    ]


def test_a_leader_known_by_name_needs_no_office_to_travel() -> None:
    leader = events_of("নরেন্দ্র মোদী ২০২১ সালে নেপালে যান।")
    anybody = events_of("ভারতের শ্রমিকেরা ২০২১ সালে নেপালে যান।")

    assert ([event.participants for event in leader], anybody) == ([("IND", "NPL")], [])
