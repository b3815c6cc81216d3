"""The founding articles: every date found, with its value. Read from beside the repository, never copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.dates import find

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
FLOORS = {"az": 0.93, "bn": 0.90, "en": 0.90}


def articles(name: str) -> list[dict[str, object]]:
    path = GOLD / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: the annotated articles are kept outside the repository")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def value_f1(docs: list[dict[str, object]]) -> float:
    gold = right = given = 0
    for doc in docs:
        dates: list[dict[str, object]] = doc["dates"]  # type: ignore[assignment]
        found = find(str(doc["text"]), language=str(doc["language"]), published=doc["published"])  # type: ignore[arg-type]
        wanted = {(d["start"], str(d["edtf"])) for d in dates if not d.get("optional")}
        spare = [d for d in dates if d.get("optional")]
        counted = [
            one
            for one in found
            if not any(one.start < d["end"] and one.end > d["start"] for d in spare)  # type: ignore[operator]
        ]
        gold, given = gold + len(wanted), given + len(counted)
        right += len(wanted & {(one.start, (one.edtf or "").rstrip("?~")) for one in counted})
    return 2 * right / (gold + given)


@pytest.mark.parametrize("language", FLOORS)
def test_the_founding_articles_are_read_without_a_fault(language: str) -> None:
    docs = [doc for doc in articles("seeds.jsonl") if doc["language"] == language]

    assert value_f1(docs) == 1.0


@pytest.mark.parametrize("language", FLOORS)
def test_the_annotated_articles_keep_their_floor(language: str) -> None:
    docs = [doc for doc in articles("dev.jsonl") if doc["language"] == language]

    assert value_f1(docs) >= FLOORS[language]
