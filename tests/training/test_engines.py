from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from dragoman.cli import application
from dragoman.errors import DragomanError, EngineError, UsageError
from dragoman.names import tagging
from dragoman.names.cards import read_card
from dragoman.names.engines import load_engine, named_spans
from dragoman.names.engines_spacy import ShippedModel, load_shipped, read_pipeline
from dragoman.names.engines_stanza import load_stanza, spans_of_tags
from dragoman.names.network import doc_of, tagger_of
from dragoman.names.releasing import Order, train_names
from dragoman.names.tagging import Tagger
from dragoman.names.words import WordCutter
from dragoman.pack import languages, load_pack, models_folder
from dragoman.records import Span

ROOT = Path(__file__).resolve().parents[2]
TEXT = "It rained. Ada Lovelace’s host met Emmy Noether in Kyoto. Grace Hopper arrived in Oslo on Monday."
SENTENCES = [Span(0, 10), Span(11, 57), Span(58, 97)]
WITH_STANZA = importlib.util.find_spec("stanza") is not None and importlib.util.find_spec("torch") is not None


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained once on the made-up corpus, with its card."""
    from tests_training import corpus_folder, model_folder

    root = tmp_path_factory.mktemp("trained")
    data, output = corpus_folder(root), model_folder(root)
    train_names(Order("en", data=(data,), output=output, work=root / "work"))
    return output


@pytest.fixture
def engine(trained: Path) -> ShippedModel:
    load_shipped.cache_clear()
    return load_shipped("en", folder=trained)


def test_a_trained_model_finds_names_at_their_places_in_the_text(engine: ShippedModel) -> None:
    found = engine.find(TEXT, SENTENCES)

    assert [(e.text, e.label) for e in found if e.start >= 58] == [("Grace Hopper", "PER"), ("Oslo", "LOC")]
    assert all(TEXT[e.start : e.end] == e.text and e.engine == "spacy" for e in found)


def test_only_the_given_sentences_are_tagged(engine: ShippedModel) -> None:
    found = engine.find(TEXT, [SENTENCES[2]])

    assert {e.text for e in found} <= {"Grace Hopper", "Oslo"}
    assert engine.find(TEXT, []) == []


def test_the_score_of_a_name_is_the_measured_precision_of_its_label(
    engine: ShippedModel, trained: Path
) -> None:
    precisions = read_card(trained).precisions()

    scores = {e.label: e.score for e in engine.find(TEXT, SENTENCES)}

    assert scores == {label: precisions[label] for label in scores}


@pytest.mark.parametrize("language", languages())
def test_the_reader_finds_what_the_pipeline_finds_that_was_trained(language: str) -> None:
    place = models_folder() / language / "names"
    cutter = WordCutter(load_pack(language))
    nlp = read_pipeline(place, read_card(place), cutter)
    tagger = Tagger(nlp)
    folder = ROOT / "corpus" / "articles" / language
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    cuts = [words for line in [*lines, "", "x"] if (words := cutter.cut(line))]

    docs = list(tagger_of(nlp).pipe([doc_of(nlp, words) for words in cuts]))
    found = list(tagger.names([[word.form for word in words] for words in cuts]))

    assert found == [[(span.start, span.end, span.label_) for span in doc.ents] for doc in docs]
    assert sum(map(len, found)) > 100


def test_no_more_words_are_kept_than_there_is_room_for(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "KEPT", 8)
    load_shipped.cache_clear()
    engine = load_shipped("en", folder=trained)
    first = engine.find(TEXT, SENTENCES)
    others = [f"Zy{chr(97 + number)}xwvu Qwerty arrived in Abc{chr(97 + number)}def." for number in range(20)]
    for text in others:
        engine.find(text, [Span(0, len(text))])

    assert len(engine._tagger._encoder._rows) <= 19  # the words of TEXT, the most that came at once
    assert engine.find(TEXT, SENTENCES) == first


def test_the_score_is_taken_from_the_harmonised_test_where_there_is_one(trained: Path) -> None:
    card = read_card(trained)
    rows = {"PER": {"precision": 0.5, "recall": 0.5, "f1": 0.5, "names": 2}}

    assert replace(card, scores={**card.scores, "harmonised": rows}).precisions() == {"PER": 0.5}


def test_weights_that_are_not_those_of_the_card_are_refused(trained: Path, tmp_path: Path) -> None:
    for name in ("card.json", "weights.bin"):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    (tmp_path / "weights.bin").write_bytes(b"other" + (trained / "weights.bin").read_bytes())

    with pytest.raises(EngineError, match="its sha256 is not the one in card"):
        load_shipped("en", folder=tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("spacy", "no names model .* dragoman train names LANGUAGE"),
        ("en_core_web_none", "neither one of spacy, stanza, gazetteer .* pip install en_core_web_none"),
    ],
)
def test_a_missing_model_names_the_command_that_mends_it(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        load_engine(name, language="en", model=tmp_path)


def test_a_model_of_another_language_is_refused(trained: Path) -> None:
    with pytest.raises(EngineError, match="a model for en, not az"):
        load_shipped("az", folder=trained)


def test_the_gazetteer_alone_needs_no_model() -> None:
    assert load_engine("gazetteer", language="bn").find("x", [Span(0, 1)]) == []


def test_an_installed_pipeline_gives_our_labels_and_whole_words(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [("PERSON", "Emmy Noether"), ("GPE", "Kyoto"), ("DATE", "Monday"), ("PERSON", "Ada Lovelace")]
    ruler.add_patterns([{"label": label, "pattern": name} for label, name in patterns])  # type: ignore[attr-defined]
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "theirs")

    found = load_engine(str(tmp_path / "theirs"), language="en").find(TEXT, SENTENCES)

    assert [(e.text, e.label) for e in found] == [
        ("Ada Lovelace’s", "PER"),
        ("Emmy Noether", "PER"),
        ("Kyoto", "GPE"),
    ]


def test_an_installed_pipeline_without_names_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "theirs")

    with pytest.raises(EngineError, match="no component that finds names"):
        load_engine(str(tmp_path / "theirs"), language="en")


def test_a_clitic_after_an_apostrophe_belongs_to_the_name() -> None:
    text = "Oslo's port"
    words = WordCutter(load_pack("en")).cut(text)

    (entity,) = named_spans(text, words, [(0, 1, "LOC")])

    assert entity.text == "Oslo's"


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-PER", "E-PER", "O", "S-LOC"], [(0, 2, "PER"), (3, 4, "LOC")]),
        (["B-PER", "I-PER", "B-PER"], [(0, 2, "PER"), (2, 3, "PER")]),
        (["S-ORG", "S-ORG"], [(0, 1, "ORG"), (1, 2, "ORG")]),
        (["I-ORG", "I-LOC", "O"], [(0, 1, "ORG"), (1, 2, "LOC")]),
        ([], []),
    ],
)
def test_tags_of_words_are_read_as_spans(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert list(spans_of_tags(tags)) == spans


@pytest.mark.skipif(WITH_STANZA, reason="Stanza is installed")
def test_without_stanza_the_error_names_the_command() -> None:
    with pytest.raises(EngineError, match=r"pip install 'dragoman\[stanza\]'"):
        load_engine("stanza", language="az")


@pytest.mark.skipif(not WITH_STANZA, reason="needs stanza and torch: pip install 'dragoman[stanza]'")
def test_without_a_stanza_model_the_error_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="dragoman train names az --engine stanza"):
        load_engine("stanza", language="az", model=tmp_path)


@pytest.mark.skipif(not WITH_STANZA, reason="needs stanza and torch: pip install 'dragoman[stanza]'")
def test_a_small_stanza_model_is_trained_and_loaded_offline(tmp_path: Path) -> None:
    from tests_training import corpus_folder, model_folder

    data, output = corpus_folder(tmp_path), model_folder(tmp_path, rounds=20)
    order = Order("en", engine="stanza", data=(data,), output=output, work=tmp_path / "work")

    card = train_names(order)
    found = load_stanza("en", model=output).find(TEXT, SENTENCES)

    assert card.engine == "stanza"
    assert ("Oslo", "LOC") in [(e.text, e.label) for e in found]
    assert all(TEXT[e.start : e.end] == e.text and e.engine == "stanza" for e in found)


def test_the_command_trains_a_model_and_writes_its_card(
    data: Path, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["train", "names", "en", "--data", str(data), "--output", str(output)]

    application()(arguments, standalone_mode=False)
    said = capsys.readouterr()
    card = json.loads((output / "card.json").read_text("utf-8"))
    page = (output / "README.md").read_text("utf-8")

    assert "weights.bin" in said.out
    assert "round 5/5" in said.err
    assert card["labels"] == ["LOC", "PER"]
    assert card["data"][0]["licence"] == "CC0-1.0"
    assert card["sha256"] in page
    assert str(data.resolve()) not in page


@pytest.mark.parametrize(
    ("language", "folder", "said"),
    [
        ("xx", ".", "no language.toml"),
        ("en", "nowhere", "--data .*nowhere: no such folder"),
        ("en", ".", r"no \*.jsonl file"),
    ],
)
def test_an_order_that_cannot_be_followed_leaves_nothing_behind(
    tmp_path: Path, language: str, folder: str, said: str
) -> None:
    order = Order(language, data=(tmp_path / folder,), output=tmp_path / "new", work=tmp_path / "work")

    with pytest.raises(DragomanError, match=said):
        train_names(order)

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_engine_to_train_is_refused(data: Path, output: Path) -> None:
    order = Order("en", engine="bert", data=(data,), output=output, work=output / "work")

    with pytest.raises(UsageError, match="--engine bert: unknown"):
        train_names(order)


@pytest.mark.parametrize("language", ["az", "bn", "en"])
def test_every_language_ships_a_small_model_that_loads(language: str) -> None:
    folder = load_pack(language).folder / "names"
    size = sum(path.stat().st_size for path in folder.iterdir())

    engine = load_engine("spacy", language=language)

    assert engine.name == "spacy"
    assert size <= 10_000_000


def test_nothing_of_torch_is_imported_for_the_other_engines() -> None:
    load_engine("gazetteer", language="az")

    assert WITH_STANZA or "torch" not in sys.modules
