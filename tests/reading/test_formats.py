"""Every format gives the same articles; every record that gives none says why."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dragoman.config import Settings, settle
from dragoman.reading import read
from dragoman.reading.fields import published_day
from dragoman.records import Article, Rejection

Records = list[Article | Rejection]
Reading = Callable[..., Records]

TEXT = "Nazirlər Bakıda görüşüb.\nSənəd imzalanıb.\n"
RECORDS = [
    {"id": "a1", "title": "Görüş", "published": "2024-05-03", "text": TEXT},
    {"id": "b2", "title": None, "published": None, "text": "দুই দেশের বৈঠক।"},
]


def reasons(found: Records) -> list[str]:
    return [record.reason if isinstance(record, Rejection) else "read" for record in found]


@pytest.mark.parametrize("name", ["a.txt", "b.md", "c.TXT"])
def test_a_text_file_is_read_as_it_is(tmp_path: Path, records: Reading, name: str) -> None:
    (tmp_path / name).write_bytes(TEXT.encode())

    assert records() == [Article(name, name, TEXT)]


@pytest.mark.parametrize("name", ["a.txt.gz", "b.md.gz"])
def test_a_packed_text_is_unpacked(tmp_path: Path, records: Reading, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()))

    assert records() == [Article(name, name, TEXT)]


def test_line_ends_are_kept_so_that_offsets_are_the_files_own(tmp_path: Path, records: Reading) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.\r\nTwo.\r\n")

    assert [record.text for record in records() if isinstance(record, Article)] == ["One.\r\nTwo.\r\n"]


def write_jsonl(path: Path) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS), "utf-8")


def write_packed_jsonl(path: Path) -> None:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, RECORDS)).encode()))


def write_wide_jsonl(path: Path) -> None:
    path.write_bytes("\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS).encode("utf-16"))


def write_csv(path: Path) -> None:
    pd.DataFrame(RECORDS).to_csv(path, index=False, encoding="utf-8-sig")


def write_semicolon_csv(path: Path) -> None:
    pd.DataFrame(RECORDS).to_csv(path, index=False, sep=";", compression="gzip")


def write_parquet(path: Path) -> None:
    pd.DataFrame(RECORDS).assign(other=1).to_parquet(path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("r.jsonl", write_jsonl),
        ("r.ndjson", write_jsonl),
        ("r.jsonl.gz", write_packed_jsonl),
        ("wide.jsonl", write_wide_jsonl),
        ("r.csv", write_csv),
        ("r.csv.gz", write_semicolon_csv),
        ("r.parquet", write_parquet),
    ],
)
def test_tables_of_records_give_one_article_a_record(
    tmp_path: Path, records: Reading, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)

    assert records() == [
        Article(f"{name}#a1", name, TEXT, "Görüş", "2024-05-03"),
        Article(f"{name}#b2", name, "দুই দেশের বৈঠক।"),
    ]


@pytest.mark.parametrize("name", ["r.csv", "r.csv.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
def test_a_csv_file_is_read_in_its_own_encoding(tmp_path: Path, records: Reading, name: str, encoding: str) -> None:
    text = "Türkiye ile görüşme, “anlaşma” imzalandı."
    data = f'id,text\r\n1,"{text}"\r\n'.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    assert records() == [Article(f"{name}#1", name, text)]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("r.jsonl", write_jsonl),
        ("r.jsonl.gz", write_packed_jsonl),
        ("wide.jsonl", write_wide_jsonl),
        ("r.csv", write_csv),
        ("r.csv.gz", write_semicolon_csv),
        ("r.parquet", write_parquet),
    ],
)
def test_progress_is_told_the_size_of_the_file(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    write(tmp_path / name)
    told: list[int] = []

    count = len(list(read([tmp_path], settings=Settings(), progress=told.append)))

    assert (count, sum(told)) == (2, (tmp_path / name).stat().st_size)


def test_columns_can_be_named(tmp_path: Path, records: Reading) -> None:
    pd.DataFrame([{"nr": 7, "head": "H", "day": "2020-01-02", "body": "Some text."}]).to_csv(
        tmp_path / "r.csv", index=False
    )

    found = records(id="nr", title="head", published="day", text="body")

    assert found == [Article("r.csv#7", "r.csv", "Some text.", "H", "2020-01-02")]


def test_a_record_without_an_id_is_called_by_its_line(tmp_path: Path, records: Reading) -> None:
    (tmp_path / "r.jsonl").write_text('\n{"text": "One."}\n\n{"text": "Two."}\n')

    assert [record.doc_id for record in records()] == ["r.jsonl#2", "r.jsonl#4"]


def test_a_web_page_gives_its_article_title_and_day(tmp_path: Path, records: Reading) -> None:
    paragraph = "<p>The two ministers met in the capital and signed an agreement on transit of goods.</p>"
    page = (
        "<html><head><title>Ministers meet</title><meta property='article:published_time' "
        "content='2021-03-04T10:00:00Z'></head><body><nav><a href='/'>Home</a> <a href='/x'>News</a></nav>"
        f"<article><h1>Ministers meet</h1>{paragraph * 4}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )
    (tmp_path / "page.html").write_text(page)

    (article,) = records()

    assert isinstance(article, Article)
    assert (article.title, article.published) == ("Ministers meet", "2021-03-04")
    assert "signed an agreement" in article.text
    assert "All rights reserved" not in article.text


@pytest.mark.parametrize(
    ("data", "doc_ids"),
    [
        (b"Plain text on standard input.", ["stdin"]),
        (b'{"text": "One.", "id": "x"}\n{"text": "Two."}\n', ["stdin#x", "stdin#2"]),
    ],
)
def test_standard_input_is_a_text_or_json_lines(data: bytes, doc_ids: list[str]) -> None:
    found = list(read(["-"], settings=Settings(), stdin=io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]

    assert [record.doc_id for record in found] == doc_ids


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "fine"}', "read"),
        (b'{"text": ', "invalid-json"),
        (b"[1, 2]", "invalid-json"),
        (b'"text"', "invalid-json"),
        (b"[" * 100_000, "invalid-json"),
        (b'{"title": "no text"}', "missing-text"),
        (b'{"text": null}', "missing-text"),
        (b'{"text": 5}', "missing-text"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": "\\ud800"}', "undecodable"),
        (b'{"text": "\xff\xfe\xfd"}', "undecodable"),
    ],
)
def test_a_bad_line_is_rejected_and_the_next_is_read(
    tmp_path: Path, records: Reading, line: bytes, reason: str
) -> None:
    (tmp_path / "r.jsonl").write_bytes(line + b'\n{"text": "next"}\n')

    found = records()

    assert reasons(found) == [reason, "read"]
    assert [record.doc_id for record in found] == ["r.jsonl#1", "r.jsonl#2"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"id,body\n1,text\n", "missing-text"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"id,text\n", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.html", b"<html></html>", "empty"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "binary"),
        ("a.txt.gz", b"no gzip", "undecodable"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9)[:-12], "undecodable"),
        ("a.parquet", b"no parquet", "invalid-parquet"),
        ("a.docx", b"PK", "unsupported-format"),
        ("noending", b"text", "unsupported-format"),
        ("a.parquet.gz", b"", "unsupported-format"),
    ],
)
def test_a_bad_file_is_rejected_with_its_reason(
    tmp_path: Path, records: Reading, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)

    found = [record for record in records() if isinstance(record, Rejection)]

    assert [record.reason for record in found] == [reason]
    assert found[0].path == name
    assert found[0].doc_id is not None


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_long_text_is_rejected_by_the_configured_limit(tmp_path: Path, records: Reading, name: str) -> None:
    text = "word " * 100
    content = {"a.txt": text, "a.jsonl": json.dumps({"text": text}), "a.csv": f"text\n{text}\n"}
    (tmp_path / name).write_text(content[name])

    assert reasons(records(max_characters=400)) == ["too-large"]
    assert reasons(records(max_characters=500)) == ["read"]


def test_a_line_too_long_to_hold_is_skipped(tmp_path: Path, records: Reading) -> None:
    long = json.dumps({"text": "x" * 2_000_000})
    (tmp_path / "r.jsonl").write_text(f'{{"text": "before"}}\n{long}\n{{"text": "after"}}\n')

    assert reasons(records(max_characters=1000)) == ["read", "too-large", "read"]


def test_a_repeated_id_is_rejected_under_an_id_of_its_own(tmp_path: Path, records: Reading) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": 1, "text": "a"}\n{"id": "1", "text": "b"}\n{"id": 1, "text": "c"}\n')

    found = records()

    assert reasons(found) == ["read", "duplicate-id", "duplicate-id"]
    assert [record.doc_id for record in found] == ["r.jsonl#1", "r.jsonl#1@2", "r.jsonl#1@3"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:20:30+04:00", "2024-05-03"),
        ("2024-05-03 10:20", "2024-05-03"),
        (pd.Timestamp("2024-05-03 23:59"), "2024-05-03"),
        (pd.Timestamp("2024-05-03").date(), "2024-05-03"),
        ("2024-02-30", None),
        ("03.05.2024", None),
        ("2024-05", None),
        ("20240503", None),
        (20240503, None),
        (None, None),
        ("", None),
    ],
)
def test_the_day_of_publication_is_an_iso_day_or_unknown(value: object, expected: str | None) -> None:
    assert published_day(value) == expected


def test_a_large_file_of_records_is_not_held_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    line = json.dumps({"text": "word " * 2000}) + "\n"
    with (tmp_path / "r.jsonl").open("w") as file:
        for _ in range(2000):
            file.write(line)
    tracemalloc.start()

    count = sum(1 for _ in read([tmp_path], settings=settle()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 2000
    assert peak < 5_000_000
