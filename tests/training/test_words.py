from __future__ import annotations

import pytest

from dragoman.names.ordinary import count_ordinary, ordinary
from dragoman.names.words import WordCutter, covering
from dragoman.pack import load_pack

CUTTERS = {language: WordCutter(load_pack(language)) for language in ("az", "bn", "en")}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("az", "BMT-nin Bakıdakı ofisi.", ["BMT", "-", "nin", "Bakıdakı", "ofisi", "."]),
        ("az", "Çili'də S.Azəri", ["Çili", "'də", "S.", "Azəri"]),
        ("bn", "১৯৯১-এর ঢাকায়", ["১৯৯১", "-", "এর", "ঢাকায়"]),
        ("en", "U.S. envoy’s 1,200 J. Smith", ["U.S.", "envoy", "'s", "1,200", "J.", "Smith"]),
        ("en", "  ", []),
    ],
)
def test_a_text_is_cut_into_the_words_a_model_sees(language: str, text: str, words: list[str]) -> None:
    assert [word.form for word in CUTTERS[language].cut(text)] == words


def test_both_encodings_of_a_nukta_letter_look_the_same() -> None:
    one, two = "মন্ত্রণালয়ের", "মন্ত্রণাল\u09dfের"

    (first,), (second,) = CUTTERS["bn"].cut(one), CUTTERS["bn"].cut(two)

    assert first.form == second.form
    assert (first.end, second.end) == (len(one), len(two))


@pytest.mark.parametrize(
    ("language", "form", "norm"),
    [("az", "İstanbul", "istanbul"), ("az", "Irak", "ırak"), ("bn", "২০২৪", "0000"), ("en", "B52", "b00")],
)
def test_a_norm_is_folded_and_its_digits_are_alike(language: str, form: str, norm: str) -> None:
    assert CUTTERS[language].norm(form) == norm


def test_a_span_covers_every_word_it_touches() -> None:
    words = CUTTERS["en"].cut("New York City")

    assert covering(words, 2, 6) == (0, 2)
    assert covering(words, 3, 4) is None


def test_words_written_small_in_running_text_are_ordinary() -> None:
    text = ["The new treaty was signed.", "A treaty was broken.", "In Treaty Port they met.", "He saw Oslo."]

    words = ordinary(count_ordinary(text, CUTTERS["en"]))

    assert words.mark("Treaty", "treaty") == "/l"
    assert words.mark("Oslo", "oslo") == "/u"
    assert words.mark("treaty", "treaty") == ""
