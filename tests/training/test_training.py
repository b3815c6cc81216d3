from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.names.labels import label_table
from dragoman.names.mixing import Corpus, load_corpus, round_of
from dragoman.names.network import tagger_of
from dragoman.names.recipe import Phase, Recipe, plain_recipe, read_recipe
from dragoman.names.swapping import Swapper
from dragoman.names.training import Round, evaluate, train
from dragoman.names.words import WordCutter
from dragoman.pack import load_pack

EN = WordCutter(load_pack("en"))


@pytest.fixture
def corpus(recipe: Recipe, data: Path) -> Corpus:
    return load_corpus(recipe, (data,), mapping=label_table("training"), texts=None)


def weights(recipe: Recipe, corpus: Corpus, work: Path) -> bytes:
    nlp = train(recipe, corpus, cutter=EN, work=work)
    return bytes(tagger_of(nlp).to_bytes(exclude=["vocab"]))


def test_a_small_training_learns_its_names(recipe: Recipe, corpus: Corpus, tmp_path: Path) -> None:
    said: list[Round] = []

    nlp = train(recipe, corpus, cutter=EN, work=tmp_path / "work", report=said.append)
    scores = evaluate(nlp, [s for kept in corpus.test.values() for s in kept], EN)

    assert [now.number for now in said] == [1, 2, 3, 4, 5]
    assert (scores["all"].f1 or 0.0) > 0.8


def test_the_same_seed_gives_the_same_weights(recipe: Recipe, corpus: Corpus, tmp_path: Path) -> None:
    short = replace(recipe, phases=(Phase(2, {"made.jsonl": 1.0}),))

    assert weights(short, corpus, tmp_path / "one") == weights(short, corpus, tmp_path / "two")


def test_another_seed_gives_other_weights(recipe: Recipe, corpus: Corpus, tmp_path: Path) -> None:
    short = replace(recipe, phases=(Phase(1, {"made.jsonl": 1.0}),))
    other = replace(short, seed=2)

    assert weights(short, corpus, tmp_path / "one") != weights(other, corpus, tmp_path / "two")


def test_an_interrupted_training_goes_on_to_the_same_weights(
    recipe: Recipe, corpus: Corpus, tmp_path: Path
) -> None:
    def interrupt(now: Round) -> None:
        if now.number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(recipe, corpus, cutter=EN, work=tmp_path / "cut", report=interrupt)
    said: list[Round] = []
    resumed = train(recipe, corpus, cutter=EN, work=tmp_path / "cut", report=said.append)
    whole = weights(recipe, corpus, tmp_path / "whole")

    assert [now.number for now in said] == [3, 4, 5]
    assert tagger_of(resumed).to_bytes(exclude=["vocab"]) == whole


def test_a_training_of_other_data_does_not_go_on(recipe: Recipe, corpus: Corpus, tmp_path: Path) -> None:
    short = replace(recipe, phases=(Phase(1, {"made.jsonl": 1.0}),))
    train(short, corpus, cutter=EN, work=tmp_path)

    with pytest.raises(UsageError, match="another recipe or other data"):
        train(replace(short, seed=2), corpus, cutter=EN, work=tmp_path)


def test_a_round_takes_each_sentence_once_before_any_twice(recipe: Recipe, corpus: Corpus) -> None:
    everything = [sample.id for sample in corpus.train["made.jsonl"]]
    once = replace(recipe, sentences_a_round=len(everything))

    assert sorted(sample.id for sample in round_of(once, corpus, 0)) == sorted(everything)
    assert round_of(once, corpus, 1) != round_of(once, corpus, 0)


def test_a_sentence_of_two_files_is_trained_on_once(recipe: Recipe, data: Path) -> None:
    copied = (data / "made.jsonl").read_text("utf-8").replace(" on Monday.", " on Monday")
    (data / "copy.jsonl").write_text(copied, "utf-8")
    both = replace(recipe, sources=(*recipe.sources, replace(recipe.sources[0], file="copy.jsonl")))

    corpus = load_corpus(both, (data,), mapping=label_table("training"), texts=None)

    assert {part: len(getattr(corpus, part)["copy.jsonl"]) for part in ("train", "dev", "test")} == {
        "train": 0,
        "dev": 0,
        "test": 0,
    }


def test_swapped_names_keep_their_place_and_label(recipe: Recipe, corpus: Corpus) -> None:
    swapper = Swapper(replace(recipe, swapped=1.0), corpus, EN)
    before = round_of(recipe, corpus, 0)

    after = swapper.swapped(before, 0)
    names = {sample.text[s:e] for sample in before for s, e, _ in sample.spans}

    assert [[label for *_, label in sample.spans] for sample in after] == [
        [label for *_, label in sample.spans] for sample in before
    ]
    assert {sample.text[s:e] for sample in after for s, e, _ in sample.spans} <= names
    assert [sample.text for sample in after] != [sample.text for sample in before]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("", r"no \[\[data\]\]"),
        ('[[data]]\nfile = "a"', r"\[\[data\]\] a: .*licence"),
        ('[training]\nspeed = 3\n[[data]]\nfile = "a"\nlicence = "MIT"', r"unknown keys \['speed'\]"),
        (
            '[[data]]\nfile = "a"\nlicence = "MIT"\n[[phase]]\nrounds = 1\nshares = { b = 1 }',
            r"unknown: \['b'\]",
        ),
    ],
)
def test_a_wrong_recipe_says_what_is_wrong(tmp_path: Path, wrong: str, said: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(wrong, "utf-8")

    with pytest.raises(UsageError) as caught:
        read_recipe(path)

    assert re.search(said, str(caught.value))


def test_a_folder_without_a_recipe_is_taken_whole_but_for_its_tests(data: Path) -> None:
    (data / "made.test.jsonl").write_text("", "utf-8")

    recipe = plain_recipe(data)

    assert [source.file for source in recipe.sources] == ["made.jsonl"]
    assert [source.licence for source in recipe.sources] == ["not stated"]


@pytest.mark.parametrize("language", ["az", "bn", "en"])
def test_the_shipped_recipes_can_be_read_and_state_every_licence(language: str) -> None:
    recipe = read_recipe(load_pack(language).folder / "names" / "recipe.toml")

    assert all(source.licence and source.title for source in recipe.sources)
