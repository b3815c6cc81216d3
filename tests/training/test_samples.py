from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dragoman.errors import PackError, UsageError
from dragoman.names.labels import label_table
from dragoman.names.samples import Sample, part_of, read_samples

MAPPING = {"PERSON": "PER", "GPE": "LOC", "ORG": "ORG", "DATE": None}
ARTICLE = "Ada met Alan.\nThey left Oslo."


def write(folder: Path, *lines: object) -> Path:
    path = folder / "some.jsonl"
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(written), "utf-8")
    return path


def line(text: str, *spans: tuple[int, int, str], id: str = "a-1") -> dict[str, object]:
    return {"text": text, "spans": [{"start": s, "end": e, "label": n} for s, e, n in spans], "id": id}


def test_labels_of_others_become_ours_and_the_unwanted_are_dropped(tmp_path: Path) -> None:
    path = write(tmp_path, line("Ada saw Oslo today", (0, 3, "PERSON"), (8, 12, "GPE"), (13, 18, "DATE")))

    (sample,) = read_samples(path, mapping=MAPPING)

    assert sample.spans == ((0, 3, "PER"), (8, 12, "LOC"))


def test_of_nested_names_the_longest_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, line("University of Oslo", (0, 18, "ORG"), (14, 18, "GPE")))

    (sample,) = read_samples(path, mapping=MAPPING)

    assert sample.spans == ((0, 18, "ORG"),)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{not json", "1: not JSON"),
        ("[1, 2]", "1: not an object"),
        ({"text": "Ada", "id": "a"}, "1: lacks 'spans'"),
        (line("Ada", (0, 9, "PERSON")), "1: span 0-9 lies outside its text of 3 characters"),
        (line("Ada", (2, 2, "PERSON")), "1: span 2-2 lies outside"),
        (line("Ada", (0, 3, "ANIMAL")), "1: unknown label 'ANIMAL'; add it to [training]"),
        ({"id": "x", "start": 0, "end": 3, "spans": []}, "1: no text of article x; name the folder"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(tmp_path: Path, wrong: object, said: str) -> None:
    path = write(tmp_path, wrong)

    with pytest.raises(UsageError) as caught:
        read_samples(path, mapping=MAPPING)

    assert f"{path}:{said}" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.jsonl: no such file"):
        read_samples(tmp_path / "gone.jsonl", mapping=MAPPING)


def standoff(
    start: int, end: int, *spans: tuple[int, int, str], sha256: str | None = None
) -> dict[str, object]:
    digest = hashlib.sha256(ARTICLE[start:end].encode()).hexdigest()
    return {"id": "n:1", "start": start, "end": end, "spans": spans, "sha256": sha256 or digest}


def test_standoff_spans_of_the_article_become_spans_of_the_sentence(tmp_path: Path) -> None:
    path = write(tmp_path, standoff(14, 29, (24, 28, "GPE")))

    (sample,) = read_samples(path, mapping=MAPPING, texts={"n:1": ARTICLE})

    assert sample == Sample("They left Oslo.", ((10, 14, "LOC"),), "n:1", "n:1@14")


def test_a_standoff_sentence_that_changed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, standoff(0, 13, (0, 3, "PERSON"), sha256="0" * 64))

    with pytest.raises(UsageError, match="is not the one annotated"):
        read_samples(path, mapping=MAPPING, texts={"n:1": ARTICLE})


@pytest.mark.parametrize(
    ("identity", "document"),
    [
        ("all-49", "all/0"),
        ("all-50", "all/1"),
        ("120", "/2"),
        ("weblog-x_ENG-0003", "weblog-x_ENG/0"),
        ("no number", "no number"),
    ],
)
def test_a_sentence_belongs_to_a_document_or_to_a_block_of_fifty(
    tmp_path: Path, identity: str, document: str
) -> None:
    path = write(tmp_path, line("Ada", id=identity))

    (sample,) = read_samples(path, mapping=MAPPING)

    assert sample.document == document


def test_sentences_of_one_document_stay_together() -> None:
    samples = [Sample(f"text {n}", (), f"document {n // 5}", str(n)) for n in range(500)]

    parts: dict[str, set[str]] = {}
    for sample in samples:
        parts.setdefault(sample.document, set()).add(part_of(sample, dev=10, test=10))
    counts = {part: sum(found == {part} for found in parts.values()) for part in ("train", "dev", "test")}

    assert sum(counts.values()) == 100
    assert min(counts.values()) > 0


def test_the_shipped_tables_of_labels_hold_ours_only() -> None:
    assert label_table("training")["GPE"] == "LOC"
    assert label_table("models")["PERSON"] == "PER"


def test_a_label_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text('[models]\nPERSON = "HUMAN"\n', "utf-8")

    with pytest.raises(PackError, match=r"\[models\] PERSON = 'HUMAN' is none of"):
        label_table("models", models=tmp_path)
