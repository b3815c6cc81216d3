"""The way of an article: blocks, offsets, rejections."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman import flow
from dragoman.config import Settings, settle
from dragoman.errors import PackError
from dragoman.flow import heading, process, process_all
from dragoman.language import transliteration
from dragoman.records import Article, Extraction, Rejection

AZ = "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb."
EN = "Romania recognised the independence of Azerbaijan on 11 December 1991."
BN = "১৯৯১ সালের ১১ ডিসেম্বর রোমানিয়া আজারবাইজানের স্বাধীনতাকে স্বীকৃতি দেয়।"
SLOTS = ("recognition", "1991-12-11", ("AZE", "ROU"))


def read(text: str, *, settings: Settings | None = None, **article: str) -> Extraction:
    found = process(Article("a", "a.txt", text, **article), settings=settings or settle())
    assert isinstance(found, Extraction), found
    return found


def slots(found: Extraction) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(event.type, event.date, event.participants) for event in found.events]


@pytest.mark.parametrize(("language", "text"), [("az", AZ), ("bn", BN), ("en", EN)])
def test_an_article_in_each_language_gives_its_event(language: str, text: str) -> None:
    found = read(text)

    assert found.language == language
    assert slots(found) == [SLOTS]


def test_every_record_points_at_its_own_text() -> None:
    text = f"\n\n  {AZ}\n\n{EN} {EN}\n{BN}\n"
    found = read(text, settings=settle({"entities": "all"}))

    pieces = [(record, record.text) for record in (*found.entities, *found.timexes)]
    triggers = [(event, event.trigger) for event in found.events]
    evidence = [text[event.sentence_start : event.sentence_end] for event in found.events]

    assert all(text[record.start : record.end] == piece for record, piece in pieces + triggers)
    assert evidence == [event.evidence for event in found.events]
    assert slots(found) == [SLOTS] * 4
    assert [span.of(text) for span in found.sentences] == [AZ, EN, EN, BN]


def test_a_mixed_article_is_read_in_each_ones_own_language() -> None:
    found = read(f"{AZ}\n\n{EN}\n\n{BN}")

    assert [language for _, _, language in found.languages] == ["az", "en", "bn"]
    assert slots(found) == [SLOTS] * 3


def test_azerbaijani_in_cyrillic_is_read_with_its_own_letters() -> None:
    back = {
        value: chr(key)
        for key, value in transliteration("az", "cyrillic.toml").items()
        if chr(key) not in "ЭэЙйЁёЮюЯяЦцЩщ"
    }
    text = "".join(back.get(char, char) for char in AZ)

    found = read(text)

    assert found.language == "az"
    assert slots(found) == [SLOTS]
    assert found.events[0].evidence == text
    assert [timex.text for timex in found.timexes] == ["1991-ҹи ил декабрын 11-дә"]


def test_a_title_in_cyrillic_tells_the_pair_too() -> None:
    text = "Азәрбајҹан вә Румынија\n\nИки өлкә арасында дипломатик әлагәләр 1992-ҹи илдә гурулуб."

    assert slots(read(text)) == [("relations_established", "1992", ("AZE", "ROU"))]


def test_names_outside_events_are_kept_only_when_all_are_wanted() -> None:
    text = f"Gürcüstan gözəl ölkədir. {AZ}"

    events_only, everything = read(text), read(text, settings=settle({"entities": "all"}))

    assert [entity.country for entity in events_only.entities] == ["ROU", "AZE"]
    assert [entity.country for entity in everything.entities] == ["GEO", "ROU", "AZE"]


def test_the_day_of_publication_never_stands_in_for_the_day_of_an_event() -> None:
    found = read("Rumıniya Azərbaycanın müstəqilliyini tanıyıb.", settings=settle(), published="2024-03-05")

    assert [(event.date, event.date_basis) for event in found.events] == [(None, "none")]


@pytest.mark.parametrize(("switch", "expected"), [(True, ["1991-12-05"]), (False, [])])
def test_dateparser_reads_the_odd_rest_only_when_told(switch: bool, expected: list[str]) -> None:
    settings = settle({"dates": {"dateparser": switch}})
    found = read("Romania opened its embassy in Baku on 5/Dec/1991 in the morning.", settings=settings)

    assert [timex.edtf for timex in found.timexes if timex.rule == "dateparser"] == expected


@pytest.mark.parametrize(
    ("text", "reason", "message"),
    [
        (
            "Taraflar ticaret anlaşmasını imzaladı ve yürürlüğe koydu.",
            "unsupported-language",
            "looks like tr",
        ),
        ("1991-12-11", "undetermined", "--language"),
        ("ৰাষ্ট্ৰদূতে আজি পৰিচয়পত্ৰ দাখিল কৰিলে।", "unsupported-language", "looks like as"),
    ],
)
def test_what_is_in_no_language_of_ours_is_rejected(text: str, reason: str, message: str) -> None:
    found = process(Article("a", "a.txt", text), settings=settle())

    assert isinstance(found, Rejection)
    assert (found.doc_id, found.reason) == ("a", reason)
    assert message in found.message
    assert found.sha256 is not None


def test_a_crash_in_one_article_does_not_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flow.split

    def failing(text: str, *, language: str) -> object:
        if "bad" in text:
            raise ZeroDivisionError("oops")
        return whole(text, language=language)

    monkeypatch.setattr(flow, "split", failing)
    articles = [Article(name, name, f"{EN} {name}") for name in ("a", "bad", "c")]

    results = list(process_all(articles, settings=settle()))

    assert [getattr(result, "reason", "read") for result in results] == ["read", "internal-error", "read"]
    assert "ZeroDivisionError: oops" in results[1].message  # type: ignore[union-attr]


def test_wrong_knowledge_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(text: str, *, language: str) -> object:
        raise PackError("models/az/dates.toml: wrong")

    monkeypatch.setattr(flow, "split", failing)

    with pytest.raises(PackError):
        process(Article("a", "a", EN), settings=settle())


def test_a_rejection_passes_through() -> None:
    rejection = Rejection("a", "empty", "holds no text")

    assert list(process_all([rejection], settings=settle())) == [rejection]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relations of two states\n\nThey began in 1992.", "Relations of two states"),
        ("== History ==\nThey began.", "History"),
        ("They began in 1992.\nThen more.", None),
        ("One line only", None),
        ("\n\n# Title\ntext", "Title"),
        ("x" * 300 + "\ntext", None),
        ("", None),
    ],
)
def test_a_heading_serves_as_title(text: str, expected: str | None) -> None:
    assert heading(text) == expected


def test_the_given_title_is_not_replaced() -> None:
    article = Article("a", "a", f"Some heading\n\n{EN}", title="The title")

    found = process(article, settings=settle())

    assert isinstance(found, Extraction)
    assert found.article == replace(article, title="The title")
