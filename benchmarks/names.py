"""Words per second of processor time of the names engines, side by side in one run, on one thread.

    python benchmarks/names.py [--language az] [--texts ../shared/text] [--words 60000]

Ours is the shipped model behind its engine. `spacy default` is a blank spaCy pipeline of the language with
the default `ner` of spaCy, `spacy same` the network of ours behind spaCy's own tokenizer, both on every
sentence.
`stanza default` is Stanza's default network without a character language model (which would slow it further),
trained for one step, as speed does not depend on the weights; it needs `pip install 'dragoman[stanza]'`.
`pipeline gazetteer` and `pipeline spacy` read the articles into events, by the gazetteer alone and with our model:
it runs only on sentences that can matter.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy
from spacy.language import Language

from dragoman.config import LanguageSettings, Settings
from dragoman.flow import process
from dragoman.names.engines import load_engine
from dragoman.names.network import Shape, _architecture, tagger_of
from dragoman.names.words import WordCutter
from dragoman.pack import languages, load_pack
from dragoman.records import Article
from dragoman.sentences import split

ROOT = Path(__file__).resolve().parents[1]
LABELS = ("LOC", "MISC", "NORP", "ORG", "PER")


@dataclass(frozen=True)
class Timing:
    engine: str
    words: int
    seconds: float


def main() -> None:
    options = _options()
    for language in options.language or languages():
        texts = list(_texts(options.texts / f"{language}.jsonl", options.words))
        cutter = WordCutter(load_pack(language))
        words = sum(len(cutter.cut(text)) for text in texts)
        print(f"{language}: {len(texts)} texts, {words} words")
        timings = [
            Timing(engine, words, best_of(run, options.repeat)) for engine, run in runs(language, texts)
        ]
        for timing in timings:
            print(f"  {timing.engine:20} {timing.words / timing.seconds:9,.0f} words/s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Words per second of the names engines.")
    parser.add_argument("--language", action="append", help="may be repeated; all when not given")
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared" / "text")
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


def _texts(path: Path, limit: int) -> Iterator[str]:
    """Take every n-th text, so that all sources are there, until there are enough words."""
    lines = path.read_text("utf-8").splitlines()
    step = max(1, sum(len(line.split()) for line in lines) // limit)
    for line in lines[::step]:
        yield json.loads(line)["text"]


def best_of(run: Callable[[], object], repeat: int) -> float:
    run()
    spent = []
    for _ in range(repeat):
        before = time.process_time()
        run()
        spent.append(time.process_time() - before)
    return min(spent)


def runs(language: str, texts: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the engines that can run here, each as a function over all texts."""
    sentences = [split(text, language=language) for text in texts]

    def through(name: str, model: Path | None = None) -> Callable[[], object]:
        engine = load_engine(name, language=language, model=model)
        return lambda: [engine.find(text, spans) for text, spans in zip(texts, sentences, strict=True)]

    yield "ours", through("spacy")
    default, same = plain_spacy(language), plain_spacy(language, Shape())
    yield "spacy default", lambda: list(default.pipe(texts))
    yield "spacy same", lambda: list(same.pipe(texts))
    articles = [Article(f"{number}", "bench", text) for number, text in enumerate(texts)]
    for name in ("gazetteer", "spacy"):
        settings = Settings(languages={language: LanguageSettings(names=name)})
        yield f"pipeline {name}", partial(_process, articles, settings)
    if importlib.util.find_spec("stanza"):
        with tempfile.TemporaryDirectory() as folder:
            yield "stanza default", through("stanza", one_step_stanza(language, texts, Path(folder)))


def _process(articles: list[Article], settings: Settings) -> None:
    for article in articles:
        process(article, settings=settings)


def plain_spacy(language: str, shape: Shape | None = None) -> Language:
    """Make a spaCy pipeline with an untrained `ner`: spaCy's default network, or ours."""
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("ner", config={"model": _architecture(shape)} if shape else {})
    for label in LABELS:
        tagger_of(nlp).add_label(label)
    nlp.initialize()
    return nlp


def one_step_stanza(language: str, texts: list[str], folder: Path) -> Path:
    """Train Stanza's default network for one step on the texts themselves, calling each first word a name."""
    from stanza.models import ner_tagger

    cutter = WordCutter(load_pack(language))
    sentences = []
    for text in texts[:200]:
        words = cutter.cut(text)[:60]
        tags = ["S-PER"] + ["O"] * (len(words) - 1)
        sentences.append(
            [
                {"id": i + 1, "text": w.form, "ner": t}
                for i, (w, t) in enumerate(zip(words, tags, strict=False))
            ]
        )
    data = folder / "data.json"
    data.write_text(json.dumps(sentences, ensure_ascii=False), "utf-8")
    arguments = "--mode train --no_pretrain --cpu --max_steps 1 --eval_interval 1"
    named = ["--train_file", data, "--eval_file", data, "--save_dir", folder, "--save_name", "nertagger.pt"]
    ner_tagger.main([*arguments.split(), "--shorthand", f"{language}_bench", *map(str, named)])
    return folder / "nertagger.pt"


if __name__ == "__main__":
    main()
