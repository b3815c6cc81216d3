"""Out to every tool and back: nothing is lost, and what a person changes arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportable import ARTICLES, run_of, write_articles

from dragoman.annotations import FORMATS, bring_in, export, gold
from dragoman.annotations.marked import Link, Mark, Marked, ordered
from dragoman.errors import UsageError

ROOT = Path(__file__).parents[2]
GOLD = {
    "sample": ROOT / "corpus" / "gold" / "sample.jsonl",
    "dev": ROOT.parent / "shared" / "gold" / "dev.jsonl",
    "seeds": ROOT.parent / "shared" / "gold" / "seeds.jsonl",
}
ENDINGS = {"doccano": "out.jsonl", "label-studio": "out.json", "inception": "out", "brat": "out", "spacy": "out.spacy"}
DIFFICULT = Marked(
    doc_id="a/b: <c>\u202e.txt#7",
    text="Ə😀 Romania\r\nand \u200dAzerbaijan met on\n5 May 2011 and 😀 again.\n",
    language=None,
    title="<b>&\"'\t",
    marks=(
        Mark(3, 10, "GPE", {"country": "ROU"}),
        Mark(16, 27, "GPE", {"country": "AZE", "canonical": "a=b;\\c"}),
        Mark(3, 27, "MISC"),
        Mark(28, 31, "meeting", {"modality": "planned", "polarity": "negated"}),
        Mark(28, 31, "meeting", {"date": "2012", "place": "Ələt"}),
        Mark(35, 45, "DATE", {"edtf": "2011-05-05"}),
        Mark(50, 51, "SPAN"),
    ),
    links=(Link(3, 0, "participant"), Link(3, 1, "participant"), Link(3, 5, "date"), Link(4, 6, "actor")),
)


def normal(record: dict[str, Any]) -> dict[str, Any]:
    """Leave away what says nothing, and the order of lists that are sets."""

    def slots(item: dict[str, Any]) -> str:
        kept = {
            key: sorted(set(value)) if isinstance(value, list) and key != "count" else value
            for key, value in item.items()
            if value not in (None, "", [], False) and (key, value) != ("aspect", "single")
        }
        return json.dumps(kept, sort_keys=True, ensure_ascii=False)

    lists = {key: sorted(map(slots, record.get(key) or [])) for key in ("events", "dates", "entities")}
    return {**{key: record.get(key) for key in ("id", "language", "title", "published", "text")}, **lists}


def records(path: Path) -> dict[str, dict[str, Any]]:
    return {record["id"]: normal(record) for record in gold.read_gold(path)}


def difficult(record: Marked = DIFFICULT) -> Iterator[Marked]:
    yield record


@pytest.mark.parametrize("name", GOLD)
@pytest.mark.parametrize("tool", FORMATS)
def test_gold_comes_back_as_it_was(tool: str, name: str, tmp_path: Path) -> None:
    if not GOLD[name].is_file():
        pytest.skip(f"{GOLD[name]} is not here")
    export(GOLD[name], tmp_path / ENDINGS[tool], format=tool)
    bring_in(tmp_path / ENDINGS[tool], tmp_path / "back.jsonl", format=tool)

    assert records(tmp_path / "back.jsonl") == records(GOLD[name])


@pytest.mark.parametrize("tool", FORMATS)
def test_a_difficult_article_comes_back_as_it_was(tool: str, tmp_path: Path) -> None:
    FORMATS[tool].write(difficult(), tmp_path / ENDINGS[tool])
    (back,) = FORMATS[tool].read(tmp_path / ENDINGS[tool])

    assert ordered(back) == ordered(DIFFICULT)


@pytest.mark.parametrize("tool", FORMATS)
def test_a_run_can_be_corrected_elsewhere(tool: str, tmp_path: Path) -> None:
    run = run_of(write_articles(tmp_path / "articles", ARTICLES), tmp_path / "run")
    export(run, tmp_path / ENDINGS[tool], format=tool)
    bring_in(tmp_path / ENDINGS[tool], tmp_path / "back.jsonl", format=tool)
    found = {record["id"]: record for record in gold.read_gold(tmp_path / "back.jsonl")}
    (event,) = found["bn.txt"]["events"]

    assert set(found) == set(ARTICLES)
    assert found["az.txt"]["text"] == ARTICLES["az.txt"]
    assert {key: event[key] for key in ("type", "date", "participants", "source", "target")} == {
        "type": "recognition",
        "date": "1991-12-11",
        "participants": ["AZE", "ROU"],
        "source": ["ROU"],
        "target": ["AZE"],
    }


def test_a_link_that_is_moved_changes_the_slot() -> None:
    marks = (Mark(0, 1, "GPE", {"country": "ROU"}), Mark(2, 3, "GPE", {"country": "AZE"}), Mark(4, 5, "visit"))
    before = Marked("a", "R A v", marks=marks, links=(Link(2, 0, "source"), Link(2, 1, "target")))
    after = Marked("a", "R A v", marks=marks, links=(Link(2, 1, "source"), Link(2, 0, "target")))

    slots = [
        (record["events"][0]["source"], record["events"][0]["target"], record["events"][0]["participants"])
        for record in (gold.to_record(before, "here"), gold.to_record(after, "here"))
    ]

    assert slots == [(["ROU"], ["AZE"], ["AZE", "ROU"]), (["AZE"], ["ROU"], ["AZE", "ROU"])]


def test_slots_that_links_say_are_not_repeated() -> None:
    record = {
        "id": "a",
        "language": "en",
        "text": "Romania visited Azerbaijan in 1991.",
        "entities": [
            {"start": 0, "end": 7, "label": "GPE", "country": "ROU"},
            {"start": 16, "end": 26, "label": "GPE", "country": "AZE"},
        ],
        "dates": [{"start": 30, "end": 34, "text": "1991", "edtf": "1991", "timex_type": "DATE"}],
        "events": [
            {
                **{"type": "visit", "start": 8, "end": 15, "date": "1991", "place": "Baku"},
                **{"participants": ["AZE", "ROU"], "source": ["ROU"], "target": ["AZE"]},
            }
        ],
    }
    marked = gold.to_marked(record)
    (event,) = (mark for mark in marked.marks if mark.label == "visit")

    assert dict(event.attributes) == {"place": "Baku"}
    assert sorted(link.role for link in marked.links) == ["date", "source", "target"]


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (Marked("a", "abc", marks=(Mark(0, 4, "GPE"),)), "outside the text"),
        (Marked("a", "abc", marks=(Mark(0, 1, "PERSON"),)), "unknown label PERSON; known labels: "),
        (Marked("a", "abc", marks=(Mark(0, 1, "GPE"),), links=(Link(0, 0, "date"),)), "begin it at an event"),
        (Marked("a", "abc", marks=(Mark(0, 1, "visit"),), links=(Link(0, 0, "who"),)), "unknown role who"),
        (Marked("a", "abc", marks=(Mark(0, 1, "visit", {"count": "many"}),)), "count many is no number"),
    ],
)
def test_an_annotation_that_cannot_be_is_a_usage_error(article: Marked, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        gold.to_record(article, "here")


@pytest.mark.parametrize("tool", FORMATS)
def test_a_file_of_another_kind_is_a_usage_error(tool: str, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text('{"nothing": "here"}\n', "utf-8")

    with pytest.raises(UsageError, match=r"odd\.json"):
        bring_in(tmp_path / "odd.json", tmp_path / "gold.jsonl", format=tool)
    assert not (tmp_path / "gold.jsonl").exists()


def test_nothing_is_overwritten_unless_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("mine", "utf-8")

    with pytest.raises(UsageError, match="say --overwrite"):
        export(GOLD["sample"], tmp_path / "out.jsonl", format="doccano")
    assert export(GOLD["sample"], tmp_path / "out.jsonl", format="doccano", overwrite=True) == 24
