"""The page in a real browser: a word by one key, slots typed over, events added; on disk before the page says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportable import ARTICLES, HOSTILE, large_run, run_of, write_articles
from reviewing import ANSWER, ANSWERED, Program, View

from dragoman.learning.corrections import merge
from dragoman.learning.gold import with_corrections
from dragoman.records import Article

Review = Callable[..., Program]
Open = Callable[..., View]


def test_no_request_leaves_the_machine(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    opened.press("r", "e", "u")
    hosts = {re.sub(r"^\w+://([^/]+)/.*$", r"\1", url) for url in opened.requests}

    assert hosts == {f"127.0.0.1:{program.port}"}
    assert opened.complaints == []


def test_a_key_decides_is_on_disk_and_goes_on(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    first = opened.event
    opened.press("r")
    second = opened.event
    opened.press("w")

    assert program.said == [("right", first), ("wrong", second)]
    assert opened.text("#progress").startswith("2 of 6 judged: 1 right, 1 wrong")
    assert opened.event not in (first, second)


def test_keys_work_whatever_script_the_keyboard_writes(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    opened.page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: '\u09b0', code: 'KeyR', bubbles: true }))"
    )
    opened.page.locator("#progress", has_text="1 of 6").wait_for()
    opened.press("W")

    assert [verdict for verdict, _ in program.said] == ["right", "wrong"]


def test_twenty_rows_cost_twenty_keys(review: Review, window: Open, tmp_path: Path) -> None:
    program = review(large_run(tmp_path / "articles", tmp_path / "large", documents=4, events=5))
    opened = window(program)
    opened.press(*"rrwrrrwrrrrrrrwrrrrw")

    assert opened.pressed / 20 <= 2.5
    assert [verdict for verdict, _ in program.said].count("wrong") == 4
    assert len(program.stored) == 20
    assert opened.text("#notice") == "all of this list is judged"


def test_a_date_and_a_side_are_fixed(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    opened.filter("type", "visit")
    opened.write("d", "30 June 1996")
    meaning = opened.text("#words-date")
    opened.write("Tab", "gürcüs")
    opened.key("Enter")
    opened.type("")
    follows = opened.text("#words-source")
    opened.press("Enter")
    stored = program.stored[-1]

    assert meaning == "1996-06-30: 30 June 1996"
    assert follows == "Georgia \u2014 participants become GEO, ROU"
    assert (stored.verdict, stored.row["date"], stored.row["source"]) == ("fixed", "1995-06-30", ["AZE"])
    assert stored.values == {"date": "1996-06-30", "source": ["GEO"], "participants": ["GEO", "ROU"]}


def test_what_is_not_understood_is_said_and_nothing_is_stored(unchanged: Program, window: Open) -> None:
    opened = window(unchanged)
    opened.write("d", "spring")
    said = opened.text("#words-date")
    opened.press("Enter")

    assert said.startswith("not understood as a date")
    assert opened.text("#words-date") == said
    assert unchanged.stored == ()


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [("signed", "en.txt", "treaty_signed"), ("Diplomatik", "az.txt", "relations_established")],
)
def test_a_missing_event_is_added_at_the_selected_words(
    review: Review, window: Open, word: str, name: str, kind: str
) -> None:
    program = review()
    opened = window(program)
    opened.filter("article", name)
    opened.select(word)
    opened.key("a")
    opened.type(kind[:9])
    opened.key("Enter")
    opened.write("Tab", "1995")
    for _ in range(3):
        opened.key("Tab")
    opened.type("rou")
    opened.press("Enter")
    (stored,) = program.stored
    text = ARTICLES[name]

    assert stored.verdict == "missing"
    assert (stored.start, stored.end) == (text.index(word), text.index(word) + len(word))
    assert stored.values["trigger"] == word
    assert {key: stored.values[key] for key in ("type", "date", "participants")} == {
        "type": kind,
        "date": "1995",
        "participants": ["ROU"],
    }
    assert stored.evidence in text
    assert any(line.startswith("+ 1995") for line in opened.lines)


def test_places_count_code_points_whatever_stands_before(review: Review, window: Open, tmp_path: Path) -> None:
    text = "It was\u202e \U0001f600\U0001f600 so. Romania recognised Azerbaijan on 11 December 1991 gladly.\n"
    program = review(run_of(write_articles(tmp_path / "a", {"odd.txt": text}), tmp_path / "odd"))
    opened = window(program)
    opened.select("gladly")
    opened.key("a")
    opened.type("meeting")
    opened.press("Enter")
    (stored,) = program.stored

    assert text[stored.start : stored.end] == "gladly"


def test_an_article_without_events_can_be_given_one(review: Review, window: Open, tmp_path: Path) -> None:
    articles = {"bare.txt": "Nothing much was written here today, so they say, by any of us in town.\n", **ARTICLES}
    program = review(run_of(write_articles(tmp_path / "a", articles), tmp_path / "bare"))
    opened = window(program)
    opened.filter("state", "bare")
    opened.key("a")
    opened.page.keyboard.type("written")
    opened.write("Tab", "statement")
    opened.press("Enter")

    assert program.said == [("missing", "written")]
    assert program.stored[0].doc_id == "bare.txt"


def test_undo_takes_back_and_a_reload_changes_nothing(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    first = opened.event
    opened.press("r", "w")
    opened.page.reload()
    opened.ready()
    after_reload = opened.text("#progress")
    opened.press("u", "u")

    assert after_reload.startswith("2 of 6 judged: 1 right, 1 wrong")
    assert opened.text("#progress").startswith("0 of 6 judged")
    assert opened.event == first
    assert [verdict for verdict, _ in program.said] == ["right", "wrong", "withdrawn", "withdrawn"]
    assert merge(program.stored).corrections == ()


def test_a_reload_keeps_the_filter_and_the_event(unchanged: Program, window: Open) -> None:
    opened = window(unchanged)
    opened.filter("language", "az")
    opened.press("j")
    before = (opened.event, opened.lines)
    opened.page.reload()
    opened.ready()

    assert (opened.event, opened.lines) == before


def test_two_windows_lose_nothing(review: Review, window: Open) -> None:
    program = review()
    one, other = window(program), window(program)
    other.press("j")
    other.write("d", "1999")
    one.press("r")
    other.page.locator("#progress", has_text="1 of 6").wait_for()
    typed = other.slot("date")
    other.press("Enter")
    one.page.locator("#progress", has_text="2 of 6").wait_for()

    assert typed == "1999"
    assert [word.verdict for word in program.stored] == ["right", "fixed"]
    assert one.lines[:2] == other.lines[:2]


def test_undo_leaves_alone_what_another_window_did_since(review: Review, window: Open) -> None:
    program = review()
    one, other = window(program), window(program)
    one.press("r")
    other.page.locator("#progress", has_text="1 of 6").wait_for()
    other.press("w")
    one.page.locator("#progress", has_text="1 wrong").wait_for()
    one.press("u")

    assert one.text("#notice") == "this was changed in another window since: it is not undone"
    assert [word.verdict for word in program.stored] == ["right", "wrong"]


def test_a_program_that_is_killed_loses_nothing(review: Review, window: Open) -> None:
    program = review()
    window(program).press("r", "w", "r")
    program.kill()
    stored = program.stored
    program.begin()
    again = window(program)

    assert [word.verdict for word in stored] == ["right", "wrong", "right"]
    assert again.text("#progress").startswith("3 of 6 judged")
    assert again.text("#queue-count") == "3 open of 3"


def test_corrections_made_elsewhere_meanwhile_are_seen(review: Review, window: Open) -> None:
    mine = review(None, "--by", "Aytac")
    yours = review(None, "--by", "Rafiq")
    one, other = window(mine), window(yours)
    other.press("w")
    one.press("j")

    assert one.text("#progress").startswith("1 of 6 judged: 0 right, 1 wrong")
    one.press("k")
    assert one.text("#event-title .verdict") == "\u2717 wrong (Rafiq)"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("language", "az", 2),
        ("type", "recognition", 3),
        ("rule", "visit", 1),
        ("article", "EN.txt", 3),
        ("state", "judged", 0),
    ],
)
def test_the_queue_is_filtered(unchanged: Program, window: Open, name: str, value: str, expected: int) -> None:
    opened = window(unchanged)
    opened.filter(name, value)

    assert len(opened.lines) == expected


def test_what_was_said_is_learned_from(review: Review, window: Open) -> None:
    program = review()
    opened = window(program)
    opened.filter("article", "en.txt")
    opened.filter("type", "visit")
    opened.write("d", "1996")
    opened.press("Enter")
    opened.filter("type", "treaty_signed")
    opened.press("w")
    article = Article("en.txt", "en.txt", ARTICLES["en.txt"])
    (document,), stale = with_corrections((), merge(program.stored).corrections, [article])
    text = article.text

    assert stale == ()
    assert [(event.type, event.date, text[event.start : event.end]) for event in document.events] == [
        ("visit", "1996", "visited")
    ]
    assert [(kind, text[start:end]) for kind, start, end in document.wrong] == [("treaty_signed", "signed")]


def test_hostile_articles_are_shown_and_not_run(review: Review, window: Open, tmp_path: Path) -> None:
    program = review(run_of(write_articles(tmp_path / "articles", HOSTILE), tmp_path / "hostile"))
    opened = window(program)
    read = ""
    for _ in opened.lines:
        read += opened.text("#text") + opened.text("#event-title")
        opened.press("r")
    page = opened.page

    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.querySelectorAll('#review script, #review img, iframe, a[href]').length") == 0
    assert opened.complaints == []
    assert "window.hacked = 1</script>" in read
    assert "<img src=x onerror=alert(1)>.txt" in read
    assert not {"\u202e", "\u2066", "\u200b", "\ufeff"} & set(page.evaluate("document.body.innerText"))
    assert {re.sub(r"^\w+://([^/]+)/.*$", r"\1", url) for url in opened.requests} == {f"127.0.0.1:{program.port}"}


def test_nothing_is_wider_than_a_phone(unchanged: Program, window: Open) -> None:
    opened = window(unchanged, width=360, height=740)
    plain = opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.locator("#queue-toggle").click()

    assert plain == 360
    assert opened.page.locator("#keys .is-right").is_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_keys_are_told(unchanged: Program, window: Open) -> None:
    opened = window(unchanged)
    opened.key("?")
    told = opened.page.locator("#help dt").all_inner_texts()
    opened.key("r", "Escape")

    assert {"r", "w", "f", "a", "u", "j", "k", "t", "d", "s", "?"} <= set(told)
    assert not opened.page.locator("#help").is_visible()
    assert opened.page.evaluate(ANSWERED) == "0"


@pytest.mark.slow
def test_ten_thousand_events_answer_at_once(review: Review, window: Open, tmp_path: Path) -> None:
    program = review(large_run(tmp_path / "articles", tmp_path / "large", documents=1000, events=10))
    opened = window(program)
    judged = sorted(opened.page.evaluate(ANSWER, key) for key in "rwrwrwrwr")
    moved = sorted(opened.page.evaluate(ANSWER, key) for key in "jkjjkjjkj")

    # The quicker half: what else the machine does at the time is not the page's.
    assert judged[len(judged) // 4] < 200
    assert moved[len(moved) // 4] < 200
    assert len(program.stored) == 9


def test_what_would_be_learned_is_asked_for_and_can_be_stopped(unchanged: Program, window: Open) -> None:
    opened = window(unchanged)
    page = opened.page
    page.locator("#learn").click()
    page.locator("#learning-state", has_text="takes a minute").wait_for()
    page.locator("#learning-stop").click()
    page.locator("#learning-stop").wait_for(state="hidden")
    ended = opened.text("#learning-state")
    opened.key("Escape")
    opened.press("j")

    assert ended == "stopped"
    assert opened.complaints == []
