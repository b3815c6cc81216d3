"""Each language is told from those that are easily taken for it."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.language import Verdict, detect, forced, transliteration
from dragoman.pack import languages

TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text("utf-8"))
OURS = [(code, text) for code in languages() for text in TEXTS[code]]
CYRILLIC = TEXTS["az-Cyrl"]
OTHERS = [
    (code, text) for code, texts in TEXTS.items() if code not in languages() and code != "az-Cyrl" for text in texts
]


def told(verdict: Verdict) -> str | None:
    return verdict.language or (f"not {verdict.guess}" if verdict.guess else None)


def test_every_language_and_confusable_has_twenty_texts() -> None:
    few = {code: len(texts) for code, texts in TEXTS.items() if len(set(texts)) < 20}

    assert few == {}
    assert set(TEXTS) >= {*languages(), "tr", "tk", "uz", "kk", "as", "hi", "ru", "fa", "az-Cyrl"}


@pytest.mark.parametrize(("language", "text"), OURS)
def test_a_short_text_is_told_to_be_ours(language: str, text: str) -> None:
    verdict = detect(text)

    assert told(verdict) == language
    assert verdict.blocks == ((0, len(text), language),)


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_a_text_of_another_language_is_rejected_with_its_name(code: str, text: str) -> None:
    assert told(detect(text)) == f"not {code}"


@pytest.mark.parametrize("text", CYRILLIC)
def test_azerbaijani_in_cyrillic_is_azerbaijani(text: str) -> None:
    verdict = detect(text)

    assert verdict.language == "az"
    assert verdict.transliterated == ((0, "cyrillic.toml"),)


@pytest.mark.parametrize("text", CYRILLIC)
def test_transliteration_keeps_the_length_and_leaves_no_cyrillic(text: str) -> None:
    written = text.translate(transliteration("az", "cyrillic.toml"))

    assert len(written) == len(text)
    assert not any("\u0400" <= char <= "\u04ff" for char in written)


def test_transliteration_writes_the_usual_alphabet() -> None:
    written = "Ҝүрҹүстан вә Шәки, Јевлах".translate(transliteration("az", "cyrillic.toml"))

    assert written == "Gürcüstan və Şəki, Yevlax"


@pytest.mark.parametrize("text", ["", "   \n", "1991 — 2004", "OK", "***", "12.03.2007 10:10", "№ 7", "😀😀😀"])
def test_too_few_letters_are_undetermined(text: str) -> None:
    assert detect(text) == Verdict(None, 0.0)


def test_a_mixed_article_is_divided_into_blocks() -> None:
    az, en, bn = TEXTS["az"][0], " ".join(TEXTS["en"][:2]), TEXTS["bn"][0]
    text = f"{az}\n{az}\n\n{en}\n{bn}\n{az}"

    blocks = detect(text).blocks

    assert [text[start:end].strip() for start, end, _ in blocks] == [f"{az}\n{az}", en, bn, az]
    assert [language for _, _, language in blocks] == ["az", "en", "bn", "az"]


def test_a_paragraph_in_another_language_is_left_out() -> None:
    az, ru = TEXTS["az"], TEXTS["ru"]
    text = "\n".join([*az[:3], " ".join(ru[:2]), *az[3:5]])

    verdict = detect(text)

    assert verdict.language == "az"
    assert "".join(text[start:end] for start, end, _ in verdict.blocks) == "\n".join([*az[:3], *az[3:5]])


def test_an_article_mostly_in_another_language_is_rejected() -> None:
    text = "\n".join([*TEXTS["tr"], TEXTS["en"][0]])

    assert told(detect(text)) == "not tr"


def test_a_short_line_takes_the_language_of_its_neighbours() -> None:
    text = f"Bakı, 1993\n{TEXTS['az'][0]}\nredaktə\n{TEXTS['az'][1]}"

    assert detect(text).blocks == ((0, len(text), "az"),)


def test_look_alike_letters_do_not_hide_azerbaijani() -> None:
    text = TEXTS["az"][0].replace("ə", "ә")

    assert detect(text).language == "az"


def test_a_given_language_is_not_questioned() -> None:
    text = TEXTS["tr"][0]

    assert forced(text, "az") == Verdict("az", 1.0, ((0, len(text), "az"),))


def test_another_alphabet_of_a_given_language_is_noticed() -> None:
    assert forced(CYRILLIC[0], "az").transliterated == ((0, "cyrillic.toml"),)
    assert forced(TEXTS["az"][0], "az").transliterated == ()


def test_blocks_cover_ascending_parts_of_the_text() -> None:
    text = "\n\n".join(texts[0] for texts in TEXTS.values())
    blocks = detect(text).blocks

    assert all(start < end <= len(text) for start, end, _ in blocks)
    assert all(first[1] <= second[0] for first, second in pairwise(blocks))
