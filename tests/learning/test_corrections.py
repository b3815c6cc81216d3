"""Corrections are kept append-only, merged between people, and never damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.learning.corrections import Correction, load, merge, store

RIGHT = Correction("a.txt", "0" * 64, "right", 10, 16, "They signed.", row={"type": "treaty_signed"}, by="Anar")
FIXED = replace(RIGHT, verdict="fixed", values={"date": "1992"}, by="Rumi")


def test_what_is_stored_is_read_again(tmp_path: Path) -> None:
    store([RIGHT, FIXED], tmp_path, name="both")

    assert load(tmp_path) == (RIGHT, FIXED)


def test_storing_the_same_again_adds_nothing(tmp_path: Path) -> None:
    counts = [store([RIGHT], tmp_path, name="Anar"), store([replace(RIGHT, at="2026-02-02")], tmp_path, name="Anar")]

    assert counts == [1, 0]


def test_a_change_of_mind_is_appended_and_the_last_word_counts(tmp_path: Path) -> None:
    store([RIGHT], tmp_path, name="Anar")
    store([replace(RIGHT, verdict="wrong")], tmp_path, name="Anar")

    assert [correction.verdict for correction in merge(load(tmp_path)).corrections] == ["wrong"]
    assert len(load(tmp_path)) == 2


def test_people_who_agree_count_once() -> None:
    merged = merge([RIGHT, replace(RIGHT, by="Rumi")])

    assert (len(merged.corrections), merged.contradictions) == (1, ())


def test_people_who_contradict_each_other_are_listed_and_nothing_is_learned() -> None:
    merged = merge([RIGHT, FIXED])

    assert merged.corrections == ()
    assert [dispute.told() for dispute in merged.contradictions] == [
        "a.txt at 10: Anar: right; Rumi: fixed date 1992"
    ]


def test_a_file_cut_off_in_its_last_line_stops_the_import_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "Anar.jsonl"
    path.write_text('{"doc_id": "a', "utf-8")

    with pytest.raises(UsageError, match=r"Anar\.jsonl:1"):
        store([RIGHT], tmp_path, name="Anar")
    assert path.read_text("utf-8") == '{"doc_id": "a'


def test_a_file_without_its_last_line_end_is_continued_on_a_new_line(tmp_path: Path) -> None:
    store([RIGHT], tmp_path, name="Anar")
    path = tmp_path / "Anar.jsonl"
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")
    store([replace(RIGHT, start=20)], tmp_path, name="Anar")

    assert [correction.start for correction in load(tmp_path)] == [10, 20]


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    store([RIGHT], tmp_path / "inner", name="../../evil")

    assert [path.name for path in tmp_path.rglob("*.jsonl")] == ["evil.jsonl"]
