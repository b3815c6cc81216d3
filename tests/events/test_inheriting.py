"""What takes the date of what was told before, and what does not."""

import pytest

from dragoman.events.examples import events_of

CASES = [
    (
        "1994-cü ilin mayında Azərbaycanla Ermənistan arasında atəşkəs sazişi imzalanıb. "
        "İki ölkə arasında diplomatik münasibətlər qurulmayıb.",
        ("1994-05", None),
    ),
    (
        "2004-cü ildə Çili və Peru arasında saziş imzalanıb. Peru generalı Çilinin ordeni ilə təltif olunub.",
        ("2004", None),
    ),
    (
        "2004-cü il mayın 5-də Çili prezidenti Peruya səfər edib. Çili və Peru arasında saziş imzalanıb.",
        ("2004-05-05", "2004-05-05"),
    ),
]


@pytest.mark.parametrize(("text", "dates"), CASES, ids=["how things stand", "a year", "a day"])
def test_a_date_is_lent_to_what_is_told_as_a_part_of_its_event(text: str, dates: tuple[str | None, ...]) -> None:
    found = tuple(event.date for event in events_of(text, language="az"))

    assert found == dates
