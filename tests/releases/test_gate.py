"""The gate against worse releases: what falls by more than the noise is seen, and what falls within it is not."""

from __future__ import annotations

import pytest

from dragoman.releases.gate import Judged, floors_with, judge, noise
from dragoman.releases.scores import Article, Counts, Scores, f1

ARTICLES = 20


def articles(right: list[int], *, gold: int = 10, language: str = "xx") -> dict[str, Article]:
    """Make articles of 10 events each, of which so many are found right and the others not at all."""
    counts: list[Counts] = [(gold, number, number) for number in right]
    return {
        f"{language}/{number}": Article(language, f"hash-{number}", {"events.full": one})
        for number, one in enumerate(counts)
    }


def judged(before: list[int], after: list[int]) -> Judged:
    old = articles(before)
    (one,) = judge(articles(after), {"1": Scores(old, {"xx": {"events.full": "1"}})})
    return one


@pytest.mark.parametrize(
    ("what", "after", "fell"),
    [
        ("nothing changed", [8] * 20, False),
        ("better everywhere", [9] * 20, False),
        ("worse everywhere", [7] * 20, True),
        ("worse in one article of twenty", [0] + [8] * 19, False),
        ("worse in two, better in two", [6, 6, 10, 10] + [8] * 16, False),
        ("worse in five of twenty", [6] * 5 + [8] * 15, True),
        ("much worse in most, a little better in some", [4] * 14 + [9] * 6, True),
    ],
)
def test_a_fall_counts_when_it_is_more_than_the_noise(what: str, after: list[int], fell: bool) -> None:
    assert judged([8] * 20, after).fell is fell


def test_an_article_that_is_hard_for_both_adds_no_noise() -> None:
    hard = [0, 10] * 10

    assert judged(hard, [max(0, number - 1) for number in hard]).fell


def test_the_noise_is_the_same_each_time() -> None:
    pairs: list[tuple[Counts, Counts]] = [((10, 9, n % 7), (10, 9, n % 5)) for n in range(12)]
    low, high = noise(pairs)

    assert noise(pairs) == (low, high)
    assert low < high


def test_only_articles_that_are_still_the_same_are_compared() -> None:
    old = articles([8] * 4)
    new = articles([8, 8, 8, 0])
    new["xx/3"] = Article("xx", "another hash", new["xx/3"].counts)
    (one,) = judge(new, {"1": Scores(old, {"xx": {"events.full": "1"}})})

    assert (one.articles, one.before, one.after) == (3, one.after, one.before)


def test_what_sinks_within_the_noise_keeps_its_floor() -> None:
    first = articles([8] * 20)
    second = articles([0] + [8] * 19)
    third = articles([0, 0, 0] + [8] * 17)
    earlier = {"1": Scores(first, floors_with("1", first, []))}
    against_first = judge(second, earlier)
    earlier["2"] = Scores(second, floors_with("2", second, against_first))
    (one,) = judge(third, earlier)

    assert [against.fell for against in against_first] == [False]
    assert (one.holder, one.fell) == ("1", True)


def test_a_fall_that_was_let_through_is_the_new_floor() -> None:
    first, second = articles([8] * 20), articles([4] * 20)
    fallen = judge(second, {"1": Scores(first, floors_with("1", first, []))})

    assert [one.fell for one in fallen] == [True]
    assert floors_with("2", second, fallen) == {"xx": {"events.full": "2"}}


def test_each_language_has_its_own_floor() -> None:
    old = articles([8] * 20) | articles([8] * 20, language="yy")
    new = articles([9] * 20) | articles([2] * 20, language="yy")
    found = judge(new, {"1": Scores(old, floors_with("1", old, []))})

    assert [(one.language, one.fell) for one in found] == [("xx", False), ("yy", True)]


def test_nothing_to_find_and_nothing_found_is_all_right() -> None:
    assert (f1((0, 0, 0)), f1((0, 1, 0)), f1((4, 4, 3))) == (1.0, 0.0, 0.75)
