"""Arbitrary bytes and bytes that look like ours, against everything that takes in what others wrote."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import RULE, TARGETS

from dragoman.tables import EVENTS

WORDS = [
    "Azerbaijan",
    "Turkey",
    " signed",
    " a treaty",
    " on 3 May 2011",
    " 99999999999999999999",
    " 1e999",
    "-0001",
    "\n\n",
    "Azərbaycan",
    " imzaladı",
    " 1991-ci il dekabrın 11-də",
    "আজারবাইজান",
    " চুক্তি",
    " ২০০৪ সালের ১৬ই মে",
    "য\u09bc",
    "\u202e",
    "\u2066",
    "\u0000",
    "\u200d",
    "\U0001f600",
    "İ",
    "=1+1",
    "@x",
    "== A ==",
    "(",
    '"',
    "«",
    "a" * 300,
    "0" * 40,
]
HOSTILE = ["\ud800", "\udfff\u0000", "\u202eabc\u2066", "../../etc/passwd", "=cmd|' /C calc'!A0"]
PIECES: dict[str, list[str]] = {
    "readers": ["\ufeff", "id,text\n", '{"text": "', '"}\n', "<p>", "</div>", "\r", "\0", ",", ";", '"', "[[[[", "{}"],
    "rule_loader": [
        "[[rule]]\n",
        "id = 'en.x'\n",
        "type = 'visit'\n",
        "trigger = ['visit*']\n",
        "hits = ['He visited Baku.']\n",
        "hits = 5\n",
        "trigger = ['(a|', '{none}', '...', 'a ... b']\n",
        "window = {}\n",
        "window = 3\n",
        "states = 'x'\n",
        "priority = []\n",
        "confidence = 'high'\n",
        "misses = 3\n",
        "subtype = 1\n",
        "instrument = {}\n",
        "source = ['x']\n",
        "retired = true\n",
        "needs = [1]\n",
        '{"amends": "en.x", "unless": ',
        '{"like": "en.x", "id": "y", "trigger": ',
        '{"retires": ',
        '["visits"]}\n',
        '"en.x"}\n',
        "[]}\n",
        "{}}\n",
        '"edit": 1}\n',
        "x = 1\n",
    ],
    "correction_reader": [
        ",".join([*EVENTS.names, "verdict"]) + "\n",
        "e1,",
        "a,",
        "missing",
        "wrong",
        "fixed\n",
        "sep=;\n",
        "\t",
        '"',
        "''",
        '{"doc_id": "a", ',
        '"sha256": 1, ',
        '"verdict": "wrong", ',
        '"start": [], "end": {}, ',
        '"row": 5}',
        '"row": {}}\n',
        "\u0661",
        "1e9,",
        "=1,",
        "2011-99-99,",
    ],
    "configuration": [
        "[input]\n",
        "id = 1\n",
        "max_characters = -1\n",
        "[languages.az]\n",
        "names = []\n",
        "entities = 'x'\n",
    ],
    "finished_shards": ['{"records": "x", ', '"lines": "', '"}\n', "[]\n", "null\n", '{"lines": 1}\n'],
    "records": [
        '{"text": ',
        '"visit to Baku"',
        ', "id": ',
        "1e999",
        '"\\ud800"',
        ', "title": ',
        ', "published": ',
        "}",
        "[" * 9,
    ],
}


BEGIN = {
    "rule_loader": RULE.decode(),
    "correction_reader": ",".join([*EVENTS.names, "verdict"]) + "\ne1,a,",
}
"""With what some of the input begins, so that it comes further."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_on_what_others_wrote(name: str) -> None:
    words = st.sampled_from([*PIECES.get(name, []), *WORDS])
    like_ours = st.lists(words, max_size=25).map(lambda parts: "".join(parts).encode())
    begun = like_ours.map(lambda rest: BEGIN.get(name, "").encode() + rest)

    texts = st.text(max_size=200).map(lambda text: text.encode())

    @given(data=st.one_of(begun, like_ours, st.binary(max_size=300), texts))
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_json_nested_without_end_is_refused_by_its_line(depth: int) -> None:
    for name in ("readers", "correction_reader", "finished_shards", "records"):
        TARGETS[name](b'{"text": ' + b"[" * depth + b"]" * depth + b"}")
        TARGETS[name](b'{"a":' * depth + b"1" + b"}" * depth)


@pytest.mark.parametrize("number", ["1" * 100_000, "-1e400", "1e99999999", "NaN", "-Infinity"])
def test_numbers_too_large_are_no_trouble(number: str) -> None:
    for name in ("readers", "correction_reader", "finished_shards", "records"):
        TARGETS[name](f'{{"text": "words of a text", "id": {number}, "published": {number}}}'.encode())


@pytest.mark.parametrize("key", ["id", "title", "published", "text"])
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_characters_are_kept_from_harm(key: str, value: str) -> None:
    TARGETS["records"](json.dumps({"text": "A treaty was signed in Baku on 3 May 2011.", key: value}).encode())
