"""Lists in a cell, harmless characters, cells that no spreadsheet runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cells import guarded, harmless, joined, split, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-5", "-12.5", "Bakı", "'quoted'", "a=b", " =1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text(alphabet=st.sampled_from("='+-@\t\r\nab5.＝"), max_size=8))
def test_guarding_can_be_undone(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(st.lists(st.text(alphabet=st.sampled_from("ab;\\ é"), min_size=1, max_size=6), max_size=5))
def test_a_list_can_be_taken_apart_again(items: list[str]) -> None:
    assert split(joined(items)) == sorted(set(items))


def test_a_list_is_sorted_and_says_each_thing_once() -> None:
    assert joined(["ROU", "AZE", "ROU"]) == "AZE;ROU"


def test_an_empty_list_is_an_empty_cell() -> None:
    assert joined([]) is None
    assert split(None) == []


def test_harmful_characters_are_replaced_one_for_one() -> None:
    assert harmless("a\x00b\ud800c") == "a\ufffdb\ufffdc"
