"""Which bytes become which text; what is not certain is not read."""

from __future__ import annotations

import pytest

from dragoman.reading.encodings import Undecodable, decode

AZ = "Azərbaycan Prezidenti İlham Əliyev çıxış edib, görüş keçirilib. "
TR = "Türkiye Cumhurbaşkanı İstanbul'da görüştü, anlaşma imzalandı – “tarihi gün”. "
RU = "Министры иностранных дел встретились в Баку и подписали соглашение. "
BN = "দুই দেশের মধ্যে চুক্তি স্বাক্ষরিত হয়। "
EN = "The ministers met in Chișinău; the “treaty” was signed. "


@pytest.mark.parametrize("text", [AZ, TR, RU, BN, EN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_or_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [AZ, TR, EN])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TR, "cp1254"),
        (TR * 200, "cp1254"),
        ("Gümrük anlaşması", "cp1254"),
        ("The café “Roma” in Zürich", "cp1254"),
        (RU, "cp1251"),
        (RU * 200, "cp1251"),
        ("Договор № 5 «О границе» – 1992 год", "cp1251"),
    ],
)
def test_windows_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (AZ.encode()[:-1] + b"\xff\xfe" + AZ.encode(), "undecodable"),
        (BN.encode() + b"\xe0\xa6", "undecodable"),
        ("Œuvre ÿ þ ð".encode("cp1252") * 9, "undecodable"),
        (RU.encode("koi8-r"), "undecodable"),
        (b"\x00\x01\x02\x03" * 99, "binary"),
        (b"text with a zero \x00\x00\x00 inside" * 9, "binary"),
        (b"%PDF-1.7 text", "binary"),
        (b"PK\x03\x04 text", "binary"),
    ],
)
def test_what_is_not_certain_is_rejected(data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable) as error:
        decode(data)

    assert error.value.reason == reason


def test_a_given_encoding_is_not_questioned() -> None:
    assert decode(RU.encode("koi8-r"), encoding="koi8-r") == RU


def test_an_unknown_encoding_says_where_to_mend_it() -> None:
    with pytest.raises(Undecodable, match=r"input\.encoding"):
        decode(b"text", encoding="klingon")
