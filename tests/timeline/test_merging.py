"""What a merged row of the timeline says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from timeline_pairs import told

RECOGNITION = {"type": "recognition", "participants": ["AZE", "ROU"], "source": ["ROU"], "target": ["AZE"]}
RELATIONS = {"type": "relations_established", "participants": ["AZE", "ROU"]}
VISIT = {"type": "visit", "participants": ["AZE", "ROU"], "source": ["AZE"], "target": ["ROU"]}
TALKS = {"type": "meeting", "participants": ["AZE", "ROU"]}


def test_one_happening_in_two_languages_is_one_row(tmp_path: Path) -> None:
    ids, lines = told(
        [
            {"doc": "bn.txt", "language": "bn", "date": "1991-12-11", **RECOGNITION},
            {"doc": "az.txt", "language": "az", "date": "1991", **RECOGNITION},
        ],
        tmp_path,
    )

    (line,) = lines
    assert line["languages"] == "az;bn"
    assert (line["mentions"], line["documents"]) == (2, 2)
    assert line["event_ids"] == ";".join(sorted(ids))
    assert (line["date"], line["date_start"], line["date_end"]) == ("1991-12-11",) * 3
    assert set(line["why"].split(";")) == {f"{ids[0]}=first", f"{ids[1]}=contains-date+direction"}
    assert line["conflicts"] is None


def test_the_day_that_most_articles_tell_is_shown(tmp_path: Path) -> None:
    _, (line,) = told(
        [
            {"doc": "a.txt", "language": "en", "date": "1992-06-19", **RELATIONS},
            {"doc": "b.txt", "language": "az", "date": "1992-06-19", **RELATIONS},
            {"doc": "c.txt", "language": "bn", "date": "1992-06-21", **RELATIONS},
        ],
        tmp_path,
    )

    assert line["date"] == "1992-06-19"
    assert line["conflicts"] == "date: 1992-06-19 (a.txt, b.txt) | 1992-06-21 (c.txt)"


def test_two_days_with_equal_support_are_one_of_a_set(tmp_path: Path) -> None:
    _, (line,) = told(
        [
            {"doc": "a.txt", "language": "en", "date": "1992-06-19", **RELATIONS},
            {"doc": "c.txt", "language": "bn", "date": "1992-06-21", **RELATIONS},
        ],
        tmp_path,
    )

    assert line["date"] == "[1992-06-19,1992-06-21]"
    assert (line["date_start"], line["date_end"]) == ("1992-06-19", "1992-06-21")
    assert line["confidence"] < 1


def test_three_different_days_are_left_apart(tmp_path: Path) -> None:
    _, lines = told(
        [
            {"doc": "a.txt", "language": "en", "date": "1992-06-19", **RELATIONS},
            {"doc": "b.txt", "language": "bn", "date": "1992-06-21", **RELATIONS},
            {"doc": "c.txt", "language": "bn", "date": "1992-06-25", **RELATIONS},
        ],
        tmp_path,
    )

    assert len(lines) == 3


def test_counts_that_contradict_are_shown_and_not_averaged(tmp_path: Path) -> None:
    signing = {"type": "treaty_signed", "participants": ["BGD", "IND"], "instruments": ["agreement"]}
    _, (line,) = told(
        [
            {"doc": "a.txt", "language": "en", "date": "2015-06-06", "count": [11, 11], **signing},
            {"doc": "b.txt", "language": "bn", "date": "2015-06-06", "count": [51, 0], **signing},
        ],
        tmp_path,
    )

    assert (line["count_min"], line["count_max"]) == (None, None)
    assert line["conflicts"] == "count: 11 (a.txt) | 51.. (b.txt)"


def test_counts_that_agree_narrow_each_other(tmp_path: Path) -> None:
    signing = {"type": "treaty_signed", "participants": ["BGD", "IND"], "instruments": ["agreement"]}
    _, (line,) = told(
        [
            {"doc": "a.txt", "language": "en", "date": "2015-06-06", "count": [22, 22], **signing},
            {"doc": "b.txt", "language": "bn", "date": "2015-06-06", "count": [21, 0], **signing},
        ],
        tmp_path,
    )

    assert (line["count_min"], line["count_max"], line["conflicts"]) == (22, 22, None)


def test_a_mention_that_fits_two_happenings_joins_neither(tmp_path: Path) -> None:
    ids, lines = told(
        [
            {"doc": "a.txt", "language": "en", "date": "2004-10-11", "persons": ["Adrian Nastase"], **TALKS},
            {
                "doc": "b.txt",
                "language": "en",
                "date": "2004-10-11",
                "persons": ["Nicolae Vacaroiu"],
                **TALKS,
            },
            {"doc": "c.txt", "language": "bn", "date": "2004-10-11", **TALKS},
        ],
        tmp_path,
    )

    assert sorted(line["event_ids"] for line in lines) == sorted(ids)


def test_two_coarse_mentions_do_not_both_claim_one_day(tmp_path: Path) -> None:
    signing = {"type": "treaty_signed", "participants": ["AZE", "ROU"], "instruments": ["agreement"]}
    energy = {"subjects": ["energy"]}
    _, lines = told(
        [
            {"doc": "a.txt", "language": "bn", "date": "2004-10-11", **energy, **signing},
            {"doc": "b.txt", "language": "bn", "date": "2004-10", "count": [51, 0], **energy, **signing},
            {"doc": "c.txt", "language": "bn", "date": "2004-10", "count": [11, 11], **energy, **signing},
        ],
        tmp_path,
    )

    assert len(lines) == 3


def test_a_row_is_named_after_its_smallest_event_id(tmp_path: Path) -> None:
    mentions: list[dict[str, Any]] = [
        {"doc": f"{letter}.txt", "language": "en", "date": "1991-12-11", **RECOGNITION} for letter in "abcdef"
    ]
    ids, (line,) = told(mentions, tmp_path)
    smallest = mentions[ids.index(min(ids))]
    (tmp_path / "alone").mkdir()
    _, (alone,) = told([smallest], tmp_path / "alone")

    assert line["timeline_id"] == alone["timeline_id"]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_the_order_of_arrival_does_not_matter(order: list[int], tmp_path: Path) -> None:
    mentions: list[dict[str, Any]] = [
        {"doc": "a.txt", "language": "en", "date": "2004-10-11", "persons": ["Ilham Aliyev"], **VISIT},
        {"doc": "b.txt", "language": "bn", "date": "2004-10", **VISIT},
        {"doc": "c.txt", "language": "az", "date": "2004", "persons": ["İlham Əliyev"], **VISIT},
        {"doc": "d.txt", "language": "en", "date": "2009-09-28", **VISIT},
    ]
    folders = [tmp_path / "plain", tmp_path / "shuffled"]
    for folder in folders:
        folder.mkdir()
    _, expected = told(mentions, folders[0])
    _, actual = told([mentions[index] for index in order], folders[1])

    assert sorted(map(str, actual)) == sorted(map(str, expected))


def test_a_happening_before_the_common_era_has_its_place(tmp_path: Path) -> None:
    war = {"type": "conflict", "participants": ["ITA", "TUR"], "source": ["ITA"], "target": ["TUR"]}
    _, (line,) = told(
        [
            {"doc": "a.txt", "language": "en", "date": "-0065-03-15", **war},
            {"doc": "b.txt", "language": "az", "date": "-0065-03-15", **war},
        ],
        tmp_path,
    )

    assert (line["date"], line["mentions"]) == ("-0065-03-15", 2)
