"""Marks as HTML, and the example notebook."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sample_run import english

import dragoman
from dragoman.displaying import Mark, render

NOTEBOOK = Path(__file__).parents[2] / "docs" / "example.ipynb"


def bare(html: str) -> str:
    """Leave the styles away, and the frame around the text."""
    return re.sub(r' style="[^"]*"', "", html).removeprefix('<div dir="auto">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(0, 3, "x")], "<mark>abc<small>x</small></mark>def"),
        ([(0, 3, "x"), (3, 6, "y")], "<mark>abc<small>x</small></mark><mark>def<small>y</small></mark>"),
        ([(1, 2, "in"), (0, 6, "out")], "<mark>a<mark>b<small>in</small></mark>cdef<small>out</small></mark>"),
        ([(0, 4, "x"), (2, 6, "y")], "<mark>ab<mark>cd<small>y</small></mark><small>x</small></mark>ef"),
    ],
)
def test_marks_nest(marks: list[tuple[int, int, str]], expected: str) -> None:
    assert bare(render("abcdef", [Mark(*mark, "border:0") for mark in marks])) == expected


def test_what_comes_from_the_text_is_escaped() -> None:
    html = render('<script>\u202e & "x"', [Mark(0, 8, "<i onclick='x'>", "border:0")])

    assert bare(html) == (
        "<mark>&lt;script&gt;<small>&lt;i onclick=&#x27;x&#x27;&gt;</small></mark>⟨U+202E⟩ &amp; &quot;x&quot;"
    )


def test_an_extraction_is_shown_with_the_slots_of_an_event() -> None:
    html = dragoman.display(english(), event=0)

    assert html is not None
    assert "recognised<small>recognition</small>" in bare(html)
    assert "11 December 1991<small>1991-12-11</small></mark>" in bare(html)
    assert html._repr_html_() == html


def test_a_spacy_doc_is_shown_with_the_slots_of_an_event() -> None:
    doc = dragoman.load("az")("Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb.")
    html = dragoman.display(doc, event=0)

    assert html is not None
    assert re.findall(r"<small>([^<]+)</small>", bare(html)) == [
        "GPE ROU",
        "source",
        "GPE AZE",
        "target",
        "1991-12-11",
        "date",
        "recognition",
    ]


def test_anything_else_cannot_be_shown() -> None:
    with pytest.raises(TypeError, match="an Extraction or a spaCy Doc, not str"):
        dragoman.display("text")


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does; return the value of its last line."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_the_example_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(NOTEBOOK.parent)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    names: dict[str, Any] = {}
    values = [run_cell("".join(cell["source"]), names) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    shown = [value for value in values if value is not None]

    assert notebook["nbformat"] == 4
    assert all(hasattr(value, "_repr_html_") for value in shown)
    assert "recognition" in set(names["run"].events["type"])
    assert len(shown) >= 4
