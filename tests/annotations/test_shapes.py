"""What is written has the shape that each tool documents, and what each tool writes is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.annotations import brat, docbin, doccano, inception, label_studio
from dragoman.annotations.marked import Link, Mark, Marked, labels, ordered
from dragoman.errors import UsageError

TEXT = "😀 Romania visited\nBaku in 1991."
ARTICLE = Marked(
    "news/a.txt",
    TEXT,
    "en",
    "A title",
    "2013-03-01",
    marks=(
        Mark(2, 9, "GPE", {"country": "ROU"}),
        Mark(10, 22, "visit", {"modality": "planned"}),
        Mark(26, 30, "DATE", {"edtf": "1991"}),
    ),
    links=(Link(1, 0, "source"), Link(1, 2, "date")),
)


def one() -> Iterator[Marked]:
    yield ARTICLE


def test_doccano_lines_have_entities_and_relations(tmp_path: Path) -> None:
    doccano.write(one(), tmp_path / "out.jsonl")
    (line,) = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())

    assert line["text"] == TEXT
    assert line["entities"] == [
        {"id": 1, "label": "GPE", "start_offset": 2, "end_offset": 9},
        {"id": 2, "label": "visit", "start_offset": 10, "end_offset": 22},
        {"id": 3, "label": "DATE", "start_offset": 26, "end_offset": 30},
    ]
    assert line["relations"] == [
        {"id": 1, "from_id": 2, "to_id": 1, "type": "source"},
        {"id": 2, "from_id": 2, "to_id": 3, "type": "date"},
    ]


@pytest.mark.parametrize("field", ["label", "labels"])
def test_doccano_labels_without_relations_are_read(field: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 7, "text": TEXT, field: [[2, 9, "GPE"]]}) + "\n", "utf-8")
    (article,) = doccano.read(tmp_path / "in.jsonl")

    assert (article.doc_id, article.marks) == ("7", (Mark(2, 9, "GPE"),))


def test_label_studio_gets_predictions_and_an_interface(tmp_path: Path) -> None:
    label_studio.write(one(), tmp_path / "out.json")
    (task,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    first, *_, last = task["predictions"][0]["result"]
    interface = (tmp_path / "out.xml").read_text("utf-8")

    assert task["data"]["text"] == TEXT
    assert {key: first[key] for key in ("from_name", "to_name", "type", "value")} == {
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": 2, "end": 9, "text": "Romania", "labels": ["GPE"]},
    }
    assert (last["type"], last["direction"], last["labels"]) == ("relation", "right", ["date"])
    assert all(f'<Label value="{label}"/>' in interface for label in labels())
    assert '<Text name="text" value="$text"' in interface


def label_studio_task(start: int, end: int) -> dict[str, Any]:
    def region(key: str, value: dict[str, Any]) -> dict[str, Any]:
        return {"id": key, "type": "labels", "from_name": "label", "to_name": "text", "value": value}

    wrong = {"result": [region("z", {"start": 0, "end": 1, "labels": ["PER"]})], "was_cancelled": True}
    good = {"result": [region("x", {"start": start, "end": end, "text": "Romania", "labels": ["GPE"]})]}
    return {"id": 3, "data": {"text": TEXT}, "annotations": [good, wrong], "predictions": [wrong]}


@pytest.mark.parametrize(("start", "end"), [(2, 9), (3, 10)])
def test_label_studio_offsets_are_read_as_code_points_or_utf16(start: int, end: int, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps([label_studio_task(start, end)]), "utf-8")
    (article,) = label_studio.read(tmp_path / "in.json")

    assert (article.doc_id, article.marks) == ("3", (Mark(2, 9, "GPE"),))


def test_brat_files_are_standoff(tmp_path: Path) -> None:
    brat.write(one(), tmp_path / "out")
    (annotations,) = (tmp_path / "out").glob("*.ann")

    assert annotations.with_suffix(".txt").read_text("utf-8") == TEXT
    assert annotations.read_text("utf-8").splitlines() == [
        "T1\tGPE 2 9\tRomania",
        "T2\tvisit 10 17;18 22\tvisited Baku",
        "T3\tDATE 26 30\t1991",
        "E1\tvisit:T2 source:T1 date:T3",
        "A1\tmodality E1 planned",
        '#1\tAnnotatorNotes T1\t{"country": "ROU"}',
        '#2\tAnnotatorNotes E1\t{"modality": "planned"}',
        '#3\tAnnotatorNotes T3\t{"edtf": "1991"}',
    ]
    assert "[events]\nrecognition\t" in (tmp_path / "out" / "annotation.conf").read_text("utf-8")


def test_brat_of_other_people_is_read(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(TEXT, "utf-8")
    lines = [
        "T1\tGPE 2 9\tRomania",
        "T2\tvisit 10 17\tvisited",
        "T3\tGPE 18 22\tBaku",
        "E1\tvisit:T2 source:T1 target2:T3",
        "A1\tnegated E1",
        "R1\tBorders Arg1:T1 Arg2:T3",
        "*\tEquiv T1 T3",
        "#1\tAnnotatorNotes E1\tI am not sure",
    ]
    (tmp_path / "doc.ann").write_text("\n".join(lines) + "\n", "utf-8")
    (article,) = brat.read(tmp_path)

    assert article.doc_id == "doc"
    assert article.marks == (Mark(2, 9, "GPE"), Mark(10, 17, "visit", {"polarity": "negated"}), Mark(18, 22, "GPE"))
    assert article.links == (Link(1, 0, "source"), Link(1, 2, "target"))


@pytest.mark.parametrize("line", ["T1 GPE 0 3 abc", "T1\tGPE x y\tabc", "E1\tvisit", "E1\tvisit:T9 source:T8"])
def test_a_damaged_standoff_line_is_a_usage_error(line: str, tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(TEXT, "utf-8")
    (tmp_path / "doc.ann").write_text(line + "\n", "utf-8")
    with pytest.raises(UsageError, match=r"doc\.ann"):
        list(brat.read(tmp_path))


def test_inception_files_are_uima_cas_json() -> None:
    cas = inception.cas(ARTICLE)
    structures = {each["%ID"]: each for each in cas["%FEATURE_STRUCTURES"]}
    event = next(each for each in structures.values() if each["%TYPE"] == inception.EVENT_LAYER)
    links = [structures[key] for key in structures[event["@arguments"]]["%ELEMENTS"]]

    assert list(cas) == ["%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"]
    assert all(list(each)[:2] == ["%ID", "%TYPE"] for each in structures.values())
    assert structures[1]["sofaString"] == TEXT
    assert (event["begin"], event["end"], event["value"]) == (11, 23, "visit")  # UTF-16: the first sign counts twice
    assert [(link["role"], structures[link["@target"]]["value"]) for link in links] == [
        ("source", "GPE"),
        ("date", "DATE"),
    ]
    assert cas["%VIEWS"]["_InitialView"]["%SOFA"] == 1


def test_cassis_reads_what_is_written_and_is_read_itself(tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis", reason="DKPro cassis is not installed (pip install dkpro-cassis)")
    inception.write(one(), tmp_path / "out")
    (file,) = (path for path in (tmp_path / "out").glob("*.json") if path.name != "documents.json")
    with file.open("rb") as stream:
        cas = cassis.load_cas_from_json(stream)
    (name,) = cas.select(inception.ENTITY)
    cas.to_json(tmp_path / "again.json")
    (article,) = inception.read(tmp_path / "again.json")

    assert (name.get_covered_text(), name.value, name.identifier) == ("Romania", "GPE", "ROU")
    assert ordered(article).marks == ordered(ARTICLE).marks
    assert [
        (article.marks[link.event].label, article.marks[link.filler].label, link.role) for link in article.links
    ] == [
        ("visit", "GPE", "source"),
        ("visit", "DATE", "date"),
    ]
    assert (article.doc_id, article.title, article.language) == ("news/a.txt", "A title", "en")


def test_a_docbin_has_entities_and_span_groups(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    docbin.write(one(), tmp_path / "out.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)

    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [("Romania", "GPE", "ROU")]
    assert [(span.text, span.label_) for span in doc.spans["events"]] == [("visited\nBaku", "visit")]
    assert [(span.text, span.kb_id_) for span in doc.spans["dates"]] == [("1991", "1991")]


def test_a_docbin_that_was_changed_keeps_what_is_still_there(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    docbin.write(one(), tmp_path / "out.spacy")
    vocab = spacy.blank("en").vocab
    (doc,) = DocBin(store_user_data=True).from_disk(tmp_path / "out.spacy").get_docs(vocab)
    doc.spans["dates"] = []
    place = next(token.i for token in doc if token.text == "Baku")
    doc.ents = (*doc.ents, Span(doc, place, place + 1, label="GPE"))
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "changed.spacy")
    (article,) = docbin.read(tmp_path / "changed.spacy")

    assert set(map(repr, article.marks)) == {*map(repr, ARTICLE.marks[:2]), repr(Mark(18, 22, "GPE"))}
    assert [link.role for link in article.links] == ["source"]
