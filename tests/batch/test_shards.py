"""Shards: how the input is cut, and what a finished one is worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.batch.shards import MOST_CHARACTERS, MOST_RECORDS, Outcome, ShardFiles, divide, outcome_of, told
from dragoman.config import Settings
from dragoman.flow import process
from dragoman.records import Article, Rejection

TEXT = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."


def article(number: int, text: str = TEXT) -> Article:
    return Article(f"a#{number}", "a", text)


def outcomes() -> list[Outcome]:
    read = process(Article("a\x00#1", "a", TEXT, "Title", "2011-05-04"), settings=Settings(entities="all"))
    return [outcome_of(read), outcome_of(Rejection("b", "empty", "holds no text"))]


@pytest.mark.parametrize(
    ("sizes", "shards"),
    [
        ([], []),
        ([1], [1]),
        ([1] * (MOST_RECORDS + 1), [MOST_RECORDS, 1]),
        ([1, MOST_CHARACTERS * 3, 1], [1, 1, 1]),
        ([MOST_CHARACTERS // 2, MOST_CHARACTERS // 2, 1], [2, 1]),
    ],
)
def test_a_shard_is_bounded_in_records_and_characters(sizes: list[int], shards: list[int]) -> None:
    cut = list(divide(article(number, "x" * size) for number, size in enumerate(sizes)))

    assert [len(shard.records) for shard in cut] == shards
    assert [shard.number for shard in cut] == list(range(len(shards)))


@pytest.mark.parametrize(
    "other",
    [
        replace(article(1), text=TEXT + " "),
        replace(article(1), title="T"),
        replace(article(1), published="2011-05-04"),
        replace(article(1), doc_id="a#2"),
        Rejection("a", "empty", TEXT, doc_id="a#1"),
    ],
)
def test_a_digest_tells_any_change_of_a_record(other: Article | Rejection) -> None:
    first, changed = (next(divide([record])).digest for record in (article(1), other))

    assert first != changed


def test_what_is_saved_comes_back_the_same(tmp_path: Path) -> None:
    files, shard, made = ShardFiles(tmp_path), next(divide([article(1), article(2)])), outcomes()
    files.save(shard, made)

    assert list(files.load(0)) == made
    assert made[0].rows is not None and made[0].rows.events and made[0].rows.dates and made[0].rows.entities
    assert files.digest_of(0) == shard.digest


def test_a_shard_cut_off_or_damaged_counts_as_not_there(tmp_path: Path) -> None:
    files, shard = ShardFiles(tmp_path), next(divide([article(1)]))
    files.save(shard, outcomes())
    whole = files.path(0).read_bytes()
    found = []
    for damaged in (b"", whole[:40], whole[:-1], whole[:-20] + b"x" + whole[-19:]):
        files.path(0).write_bytes(damaged)
        found.append(files.digest_of(0))

    assert found == [None] * 4


def test_rejections_are_told_by_name() -> None:
    assert told(outcomes()).rejections == (("b", "empty", "holds no text"),)
