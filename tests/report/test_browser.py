"""The page in a real browser: it filters, zooms, leads from an event to its evidence, and runs nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportable import ARTICLES, HOSTILE, large_run, run_of, write_articles

from dragoman.report import write_report

SEARCH = """
() => new Promise((resolve) => {
  const begun = performance.now();
  const count = document.getElementById("filter-count");
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  }).observe(count, { childList: true });
  const field = document.getElementById("filter-text");
  field.value = "romania 1971";
  field.dispatchEvent(new Event("input"));
})
"""
WAITS = 120  # milliseconds after the last key, before a search begins
ANSWER = """
() => new Promise((resolve) => {
  const begun = performance.now();
  document.querySelector("#filter-languages input").click();
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
})
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    run = run_of(write_articles(folder / "articles", ARTICLES), folder / "run")
    return write_report(run, folder / "report.html").path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    run = run_of(write_articles(folder / "articles", HOSTILE), folder / "run")
    return write_report(run, folder / "report.html").path


def events_of(page: Any) -> list[str]:
    return [row.inner_text() for row in page.locator("#events-grid .grid-row").all()]


def test_the_page_opens_from_disk_without_a_request(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)

    assert opened.requests == [report.as_uri()]
    assert opened.complaints == []
    assert opened.page.locator("#figures .figure").first.inner_text().startswith("3\narticles read")


def test_a_language_and_a_word_narrow_the_events(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    whole = opened.count
    opened.page.get_by_label("bn", exact=False).check()
    bengali = opened.count
    opened.page.locator("#filter-reset").click()
    opened.page.locator("#filter-text").fill("MÜSTƏQİLLİYİNİ")
    opened.page.locator("#filter-count", has_text="1 of").wait_for()

    assert bengali == f"1 of {whole}"
    assert "tanıyıb" in events_of(opened.page)[0]


def test_a_state_and_a_period_narrow_the_events(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    opened.page.locator("#filter-state").fill("Romania (ROU)")
    opened.page.locator("#filter-state").press("Enter")
    opened.page.locator("#filter-from").fill("1992")
    opened.page.locator("#filter-until").fill("1992-06")
    opened.page.locator("#filter-until").press("Tab")

    assert opened.page.locator("#chips").inner_text() == "Romania ×"
    assert [row.split("\n")[:2] for row in events_of(opened.page)] == [["1992-06-21", "relations_established"]]


def test_the_keyboard_leads_from_the_list_to_the_evidence_and_back(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    page = opened.page
    page.get_by_label("bn", exact=False).check()
    page.locator("#events-grid .grid-body").focus()
    page.keyboard.press("Enter")
    text = page.locator("#article-text")
    shown = {
        name: [mark.inner_text() for mark in text.locator(f"mark.{name}").all()]
        for name in ("GPE", "date", "trigger", "argument")
    }
    rule = page.locator("#article-event").inner_text()
    page.keyboard.press("Escape")

    assert shown["trigger"] == ["স্বীকৃতিrecognition"]
    assert shown["GPE"] == ["রোমানিয়াGPE ROU", "আজারবাইজানেরGPE AZE"]
    assert shown["date"] == ["১৯৯১ সালের ১১ ডিসেম্বর1991-12-11"]
    assert [mark.rsplit("\n")[-1][-6:] for mark in shown["argument"]] == ["11date", "source", "target"]
    assert "bn/rules/" in rule
    assert page.locator("#article").is_hidden()
    assert page.evaluate("document.activeElement.className") == "grid-body short"


def test_j_and_k_go_through_the_events(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    page = opened.page
    page.locator("#events-grid .grid-body").focus()
    page.keyboard.press("Enter")
    addresses = [page.url.partition("#")[2]]
    for key in ("j", "j", "k", "k"):
        page.keyboard.press(key)
        addresses.append(page.url.partition("#")[2])

    assert len(set(addresses)) == 3
    assert addresses == addresses[::-1]


def test_an_address_opens_its_event(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    opened.page.locator("#events-grid .grid-row").nth(1).click()
    address = opened.page.url
    title = opened.page.locator("#article-title").inner_text()
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.page.wait_for_selector("html[data-ready]")

    assert opened.page.locator("#article-title").inner_text() == title
    assert opened.page.locator("#article").is_visible()


def test_the_timeline_zooms_and_filters_by_keyboard(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    page = opened.page
    chart = page.locator("#timeline-chart svg")
    before = page.locator("#timeline-note").inner_text()
    chart.focus()
    for _ in range(3):
        page.keyboard.press("+")
    zoomed = page.locator("#timeline-note").inner_text()
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    tip = page.locator("#tip").inner_text()
    page.keyboard.press("Enter")

    assert before != zoomed
    assert ": " in tip and "events" in tip
    assert " of " in opened.count
    assert page.locator("#chips .chip").count() == 1


def test_dragging_over_the_timeline_zooms(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    page = opened.page
    box = page.locator("#timeline-chart svg").bounding_box()
    ticks = page.locator("#timeline-chart text.quiet").all_text_contents()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 10, steps=4)
    page.mouse.up()
    page.wait_for_timeout(50)

    assert page.locator("#timeline-chart text.quiet").all_text_contents() != ticks


def test_a_state_of_the_network_filters(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report)
    opened.page.locator("#network-chart .node").first.focus()
    opened.page.keyboard.press("Enter")

    assert opened.page.locator("#chips .chip").count() == 1
    assert opened.page.locator("#network-chart .node.chosen").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_and_the_button(scheme: str, report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report, scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    first = opened.page.evaluate(paper)
    opened.page.locator("#theme").click()
    dark = opened.page.evaluate(paper)
    opened.page.locator("#theme").click()
    light = opened.page.evaluate(paper)

    assert dark != light
    assert first == (dark if scheme == "dark" else light)


def test_nothing_is_wider_than_a_phone(report: Path, visit: Callable[..., Any]) -> None:
    opened = visit(report, width=360, height=740)
    page_width = opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.locator("#events-grid .grid-row").first.click()
    dialog_width = opened.page.evaluate("document.querySelector('.article-body').scrollWidth")

    assert page_width == 360
    assert dialog_width <= 360


def test_hostile_articles_are_shown_and_not_run(hostile: Path, visit: Callable[..., Any]) -> None:
    opened = visit(hostile)
    page = opened.page
    texts = []
    for row in range(page.locator("#events-grid .grid-row").count()):
        page.locator("#events-grid .grid-row").nth(row).click()
        texts.append(page.locator("#article-text").inner_text())
        page.keyboard.press("Escape")
    read = "\n".join(texts)

    assert page.evaluate("window.hacked") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('main script, dialog script, img, iframe, a[href^=javascript]').length"
        )
        == 0
    )
    assert opened.requests == [hostile.as_uri()]
    assert opened.complaints == []
    assert "window.hacked = 1</script>" in read
    assert "{{script}}" in read


def test_signs_that_hide_are_shown_by_number(hostile: Path, visit: Callable[..., Any]) -> None:
    opened = visit(hostile)
    opened.page.locator("#filter-text").fill("hidden.txt")
    opened.page.locator("#filter-count", has_text=" of ").wait_for()
    opened.page.locator("#events-grid .grid-row").first.click()
    boxes = opened.page.locator("#article-text .control").all_inner_texts()
    raw = opened.page.evaluate("document.body.innerText")

    assert boxes[:5] == ["U+202E", "U+2066", "U+200B", "U+FEFF", "U+00AD"]
    assert not {"\u202e", "\u2066", "\u200b", "\ufeff"} & set(raw)


def test_a_very_long_token_does_not_widen_the_page(hostile: Path, visit: Callable[..., Any]) -> None:
    opened = visit(hostile, width=360, height=740)
    opened.page.locator("#filter-more, #more-filters").first.click()

    assert opened.page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.slow
def test_ten_thousand_events_answer_at_once(tmp_path: Path, visit: Callable[..., Any]) -> None:
    run = large_run(tmp_path / "articles", tmp_path / "run", documents=1000, events=10)
    opened = visit(write_report(run).path)
    times = sorted(opened.page.evaluate(ANSWER) for _ in range(5))
    filtered = opened.count
    opened.page.locator("#filter-reset").click()
    opened.page.locator("#filter-count", has_text=re.compile(r"^10000 events$")).wait_for()
    search = opened.page.evaluate(SEARCH) - WAITS

    assert filtered == f"{10_000 - 6_660} of 10000 events"
    assert times[1] < 200  # the quicker ones: what else the machine does at the time is not the page's
    assert search < 200
    assert opened.count.endswith(" of 10000 events")
