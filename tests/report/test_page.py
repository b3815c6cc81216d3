"""The file that is written: complete, closed, small, and the same every time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from reportable import ARTICLES, HOSTILE, large_run, run_of, unpacked, write_articles

from dragoman.errors import UsageError
from dragoman.report import write_report


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return run_of(write_articles(folder / "articles", ARTICLES), folder / "run")


def test_the_page_holds_the_events_and_the_articles(run: Path) -> None:
    report = write_report(run)
    page = report.path.read_text("utf-8")
    contents = unpacked(page, "contents")
    texts = unpacked(page, "texts-0")

    assert report.path == run / "report.html"
    assert (report.whole, report.cut, report.gone) == (3, 0, 0)
    assert contents["events"]["type"].count("recognition") == 3
    assert contents["articles"]["doc_id"] == ["az.txt", "bn.txt", "en.txt"]
    assert [text["passages"] for text in texts.values()] == [[[0, ARTICLES[name]]] for name in sorted(ARTICLES)]


def test_the_same_run_gives_the_same_page(run: Path, tmp_path: Path) -> None:
    first = write_report(run, tmp_path / "one.html").path.read_bytes()

    assert write_report(run, tmp_path / "two.html").path.read_bytes() == first


def test_nothing_in_the_page_points_elsewhere(run: Path) -> None:
    page = write_report(run).path.read_text("utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", page))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)

    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a vocabulary, not an address to fetch
    assert re.findall(r"\b(?:src|href)=[\"'](?!#)", page) == []
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]


def test_an_article_that_was_changed_is_shown_by_its_sentences(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", ARTICLES)
    run = run_of(articles, tmp_path / "run")
    (articles / "bn.txt").unlink()
    (articles / "en.txt").write_text("Something else.", "utf-8")
    report = write_report(run)
    texts = unpacked(report.path.read_text("utf-8"), "texts-0")

    assert (report.whole, report.gone) == (1, 2)
    assert [text["whole"] for text in texts.values()] == [True, False, False]
    assert texts["1"]["passages"] == [[0, ARTICLES["bn.txt"].strip()]]
    assert all(ARTICLES["en.txt"][start : start + len(text)] == text for start, text in texts["2"]["passages"])


def test_articles_that_moved_are_found_where_one_says(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", ARTICLES)
    run = run_of(articles, tmp_path / "run")
    moved = articles.rename(tmp_path / "moved")

    assert write_report(run).gone == 3
    assert write_report(run, articles=[moved]).gone == 0


def test_articles_are_found_from_where_the_run_was_made(tmp_path: Path) -> None:
    write_articles(tmp_path / "made" / "articles", ARTICLES)
    run = run_of(tmp_path / "made" / "articles", tmp_path / "elsewhere" / "run")
    note = json.loads((run / "run.json").read_text("utf-8"))
    note |= {"inputs": ["articles"], "working_folder": str(tmp_path / "made")}
    (run / "run.json").write_text(json.dumps(note), "utf-8")

    assert write_report(run).gone == 0


def test_hostile_articles_stand_in_no_readable_form_in_the_page(tmp_path: Path) -> None:
    run = run_of(write_articles(tmp_path / "articles", HOSTILE), tmp_path / "run")
    page = write_report(run).path.read_text("utf-8")

    assert "hacked" not in page
    assert "onerror" not in page
    assert page.count("<script>") == 1


def test_a_very_long_token_is_cut_around_the_event(tmp_path: Path) -> None:
    run = run_of(write_articles(tmp_path / "articles", HOSTILE), tmp_path / "run")
    report = write_report(run)
    page = report.path.read_text("utf-8")
    articles = unpacked(page, "contents")["articles"]["doc_id"]
    text = unpacked(page, "texts-0")[str(articles.index("long.txt"))]

    assert sum(len(passage) for _, passage in text["passages"]) < 5_000
    assert text["passages"][0][1].startswith("Romania recognised Azerbaijan")
    assert not text["whole"]


def test_the_name_of_the_run_is_escaped(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", ARTICLES)
    run = run_of(articles, tmp_path / "<b onclick=x>&")
    page = write_report(run).path.read_text("utf-8")

    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;&amp;" in page


def test_a_run_without_events_has_a_page_too(tmp_path: Path) -> None:
    run = run_of(
        write_articles(tmp_path / "articles", {"a.txt": "Nothing of note was written here today by us."}),
        tmp_path / "run",
    )

    assert write_report(run).events == 0


def test_a_thousand_articles_stay_under_five_megabytes(tmp_path: Path) -> None:
    run = large_run(tmp_path / "articles", tmp_path / "run", documents=1000, events=13)
    report = write_report(run)

    assert report.events == 13_000
    assert report.whole == 1000
    assert report.path.stat().st_size == report.size < 5_000_000


def test_when_there_is_no_room_articles_are_cut_to_their_events(tmp_path: Path) -> None:
    run = large_run(tmp_path / "articles", tmp_path / "run", documents=60, events=4)
    full = write_report(run)
    small = write_report(run, tmp_path / "small.html", largest=full.size - 10_000)

    assert (full.whole, full.cut) == (60, 0)
    assert small.whole + small.cut == 60
    assert small.cut > 0
    assert small.size <= full.size - 10_000


def test_a_place_that_cannot_be_written_is_a_usage_error(run: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(run, tmp_path / "no" / "such" / "folder.html")
