"""The pattern language: what a phrase matches, where it starts, what it refuses."""

from __future__ import annotations

import time

import pytest

from dragoman.events.patterns import PatternError, Vocabulary, anchors, compile_any, compile_pattern

VOCABULARY = Vocabulary(
    lists={"mission": ["embass(y|ies)", "consulate*"], "open": ["opened {mission}"]},
    endings={"verb": "(?:s|ed|ing)?"},
    letters="a-z",
)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("signed", "they signed it", "signed"),
        ("sign*", "the signatories", "signatories"),
        ("sign<verb>", "the signing of", "signing"),
        ("(open|clos)ed", "it closed", "closed"),
        ("sign(ed|s)?", "to sign", "sign"),
        ("{mission}", "two embassies", "embassies"),
        ("{open}", "he opened consulates", "opened consulates"),
        ("opened (the|its)? {mission}", "opened its embassy", "opened its embassy"),
        ("opened (the|its)? {mission}", "opened embassy", "opened embassy"),
        ("opened ... {mission}", "opened a big new embassy", "opened a big new embassy"),
        ("to (sign|take part) today", "to take part today", "to take part today"),
        ("held talks", "held,  talks", "held,  talks"),
    ],
)
def test_a_phrase_matches_whole_words(source: str, text: str, found: str) -> None:
    match = compile_pattern(source, VOCABULARY).regex.search(text)

    assert match is not None and match[0] == found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("signed", "resigned"),
        ("sign<verb>", "signature"),
        ("opened ... {mission}", "opened one two three four five six seven embassy"),
        ("held talks", "held. talks"),
    ],
)
def test_a_phrase_does_not_match_less_or_more_than_it_says(source: str, text: str) -> None:
    assert compile_pattern(source, VOCABULARY).regex.search(text) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("signed", ("signed",)),
        ("sign*", ("sign",)),
        ("(open|clos)ed", ("closed", "opened")),
        ("{mission} in", ("consulate", "embassies", "embassy")),
        ("(take part|meet*) in", ("meet", "take")),
        ("open(ed)?", ("open", "opened")),
        ("(first)? {mission} in", ("consulate", "embassies", "embassy", "first")),
        ("({mission}|staff) closed", ("consulate", "embassies", "embassy", "staff")),
    ],
)
def test_every_match_starts_with_an_anchor(source: str, expected: tuple[str, ...]) -> None:
    assert anchors(source, VOCABULARY) == expected


@pytest.mark.parametrize("source", ["", "...", "opened ...", "{nothing}", "sign<nothing>", "(open", "a", "(a)? opened"])
def test_a_phrase_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(source, VOCABULARY)


def test_no_phrase_is_no_expression() -> None:
    assert compile_any([], VOCABULARY) is None


def test_a_hostile_text_takes_linear_time() -> None:
    regex = compile_pattern("opened ... {mission}", VOCABULARY).regex
    text = "opened " * 100_000

    begun = time.process_time()
    found = sum(1 for _ in regex.finditer(text))

    assert (found, time.process_time() - begun < 3) == (0, True)
