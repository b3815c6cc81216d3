"""Articles, pages and rules that take too long: rejected by name, and the others are read."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import pytest

from dragoman import flow, reading
from dragoman.config import settle
from dragoman.limits import TooSlow, allowed, processor_seconds
from dragoman.pack import load_pack
from dragoman.records import Article, Extraction, Rejection

TEXT = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."
SETTINGS = settle({"input": {"max_seconds": 1}, "language": "en"})


def hang(*given: object, **options: object) -> None:
    re.match("(a+)+$", "a" * 60 + "b")


def test_an_article_that_hangs_is_rejected_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    flow.process(Article("warm", "warm", TEXT), settings=SETTINGS)
    split = flow.split
    monkeypatch.setattr(flow, "split", lambda text, **options: hang() if "slow" in text else split(text, **options))
    articles = [Article("a.jsonl#7", "a.jsonl", f"{TEXT} slow"), Article("b", "b", TEXT)]
    slow, read = flow.process_all(articles, settings=SETTINGS)

    assert isinstance(slow, Rejection)
    assert (slow.doc_id, slow.record, slow.reason) == ("a.jsonl#7", "7", "too-slow")
    assert slow.message == "took longer than input.max_seconds = 1 allows; raise it or divide the text"
    assert not isinstance(read, Rejection) and len(read.events) == 1


def test_a_page_that_hangs_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", hang)
    (tmp_path / "a.html").write_text("<p>words")
    (record,) = reading.read([tmp_path], settings=SETTINGS)

    assert isinstance(record, Rejection)
    assert (record.reason, record.doc_id) == ("too-slow", "a.html")


def test_a_long_text_may_take_longer() -> None:
    assert [allowed(60, size) for size in (0, 99_999, 100_000, 2_000_000)] == [60, 60, 120, 1260]


def test_the_limit_ends_with_the_work() -> None:
    with processor_seconds(0.05):
        pass
    before = sum(number * number for number in range(1_000_000))

    assert before > 0


def test_no_library_can_take_the_limit_for_an_error_of_its_own() -> None:
    assert not issubclass(TooSlow, Exception)


def test_in_a_thread_there_is_no_limit() -> None:
    found: list[int] = []

    def work() -> None:
        with processor_seconds(0.001):
            found.append(sum(range(300_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == [sum(range(300_000))]


LISTS = {
    "az": "1934-1939-cu illərdə {} arasında ticarət sazişləri imzalanıb: {}.",
    "bn": "১৯৩৪ থেকে ১৯৩৯ সালের মধ্যে {} বাণিজ্য চুক্তি স্বাক্ষর করে: {}।",
    "en": "Between 1934 and 1939, the {} administration concluded trade agreements with: {}.",
}


@pytest.mark.parametrize("language", sorted(LISTS))
def test_a_long_list_of_states_is_read_in_one_way(language: str) -> None:
    states = load_pack(language).read("words", "states.toml")
    names = [entry["names"][0] for entry in states.values() if entry.get("names")]
    text = LISTS[language].format(names[0], ", ".join(names[1:150]))
    started = time.process_time()
    found = flow.process(Article("a", "a", text), settings=settle({"language": language}))

    assert isinstance(found, Extraction)
    assert time.process_time() - started < 10
