"""Measure whole runs, one worker and two, the steps of the flow, and other programs on the same text, in one go.

python benchmarks/run.py [CORPUS...] [--seconds 5] [--rounds 3] [--rows N] [--copies 3]
CORPUS are files of JSON Lines with `text`, named after their language (az.jsonl ...) [default: ../shared/text].
Prints Markdown. Speeds are given by the clock and by processor time: the second hardly depends on what else the
machine does. All read the same texts in the same shuffled order for `--seconds` of processor time, in rounds, one
after the other; the best round of each counts. The command line reads the corpus `--copies` times over, so that its
start, which no worker shortens, is a small part of the run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from dragoman import dates, events, flow
from dragoman.config import Settings
from dragoman.naming import engine_of
from dragoman.records import Article
from dragoman.sentences import split

TEXT = Path(__file__).parents[2] / "shared" / "text"
NEWS = ("ntrex", "lingua", "banglakit", "flores", "sib200")
"""How the names of news and web texts begin in ../shared/text; laws, histories and documents are the others."""

STANZA = "Stanza pipeline: its default names model on our words and sentences"
MEGA = 1_000_000
MEASURED = """
import resource, sys, time
from dragoman.cli import main
started = time.monotonic()
if __name__ == "__main__":
    try:
        main()
    finally:
        status = open("/proc/self/status").read().split("VmHWM:")[1].split()[0]
        own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print("measured", status, workers.ru_maxrss, own.ru_utime + own.ru_stime + workers.ru_utime
              + workers.ru_stime, time.monotonic() - started, file=sys.stderr)
"""
Step = Callable[["Text"], object]


@dataclass(frozen=True, slots=True)
class Text:
    """One article of the corpus; `size` in bytes of UTF-8."""

    language: str
    name: str
    text: str

    @property
    def size(self) -> int:
        return len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Speed:
    """How much was read in how much time (seconds)."""

    what: str
    articles: int
    size: int
    wall: float
    processor: float

    def __str__(self) -> str:
        megabytes = self.size / MEGA
        return (
            f"| {self.what} | {self.articles} | {megabytes:.2f} | {self.articles / self.wall:.0f} | "
            f"{megabytes / self.wall:.3f} | {self.by_processor:.3f} |"
        )

    @property
    def by_processor(self) -> float:
        """Megabytes a second of processor time."""
        return self.size / MEGA / self.processor


HEAD = "| what | articles | MB | articles/s | MB/s | MB/s of processor time |\n|---|---:|---:|---:|---:|---:|"


def read(paths: Sequence[Path], rows: int | None) -> list[Text]:
    """Read the corpus, or evenly chosen rows of each file."""
    found: list[Text] = []
    for path in paths:
        texts = [json.loads(line) for line in path.open(encoding="utf-8")]
        step = max(1, len(texts) // rows) if rows else 1
        found += [Text(path.stem, str(raw.get("id")), raw["text"]) for raw in texts[::step] if raw["text"].strip()]
    return found


def timed(what: str, texts: Sequence[Text], step: Step, seconds: float) -> Speed:
    """Give texts to a step until it has used up its time."""
    wall, processor, size, count = time.monotonic(), time.process_time(), 0, 0
    for text in texts:
        step(text)
        size, count = size + text.size, count + 1
        if time.process_time() - processor > seconds:
            break
    return Speed(what, count, size, time.monotonic() - wall, time.process_time() - processor)


def best_of(rivals: dict[str, Step], texts: Sequence[Text], seconds: float, rounds: int) -> list[Speed]:
    """Time each step in turn, in several rounds; the first text of each language only wakes it up."""
    for step in rivals.values():
        for text in {text.language: text for text in reversed(texts)}.values():
            step(Text(text.language, text.name, text.text[:500]))
    best: dict[str, Speed] = {}
    for _ in range(rounds):
        for what, step in rivals.items():
            speed = timed(what, texts, step, seconds)
            if what not in best or speed.by_processor > best[what].by_processor:
                best[what] = speed
    return list(best.values())


def whole(settings: Settings) -> Step:
    """Return the whole flow over one article, with the default settings or others."""
    return lambda text: flow.process(Article(text.name, "corpus", text.text), settings=settings)


def rivals(languages: Sequence[str]) -> Iterator[tuple[str, Step]]:
    """Yield what others do with the same texts, and our own flow beside them."""
    import spacy
    from dateparser.search import search_dates
    from names import plain_spacy

    settings = Settings()
    blank = {language: spacy.blank(language) for language in languages}
    default = {language: plain_spacy(language) for language in languages}

    def our_names(text: Text) -> object:
        return engine_of(text.language, settings.of(text.language)).find(
            text.text, split(text.text, language=text.language)
        )

    yield "dragoman, the whole flow", whole(settings)
    yield "dragoman with `entities = all`", whole(Settings(entities="all"))
    yield "spaCy's blank tokenizer alone", lambda text: blank[text.language](text.text)
    yield "our CNN names model on every sentence, nothing else", our_names
    yield "spaCy pipeline: tokens, sentences, its default CNN names", lambda text: default[text.language](text.text)
    yield "dateparser's search_dates alone", lambda text: search_dates(text.text, languages=[text.language])


def _stanza(languages: Sequence[str], sample: Sequence[Text], space: Path) -> Step:
    """Return Stanza's default names network behind our tokens, which cost it nothing; speed needs no training."""
    from names import one_step_stanza

    from dragoman.names.engines import load_engine

    engines = {}
    for language in languages:
        folder = space / f"stanza-{language}"
        folder.mkdir()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            logging.disable(logging.CRITICAL)
            texts = [text.text for text in sample if text.language == language][:300]
            engines[language] = load_engine("stanza", language=language, model=one_step_stanza(language, texts, folder))
            logging.disable(logging.NOTSET)
    return lambda text: engines[text.language].find(text.text, split(text.text, language=text.language))


def stanza_alone(texts: Sequence[Text], seconds: float, rounds: int) -> Speed:
    """Time Stanza in this process."""
    languages = sorted({text.language for text in texts})
    with tempfile.TemporaryDirectory() as space:
        step = _stanza(languages, texts, Path(space))
        return best_of({STANZA: step}, texts, seconds, rounds)[0]


def stanza_beside(packages: Path, arguments: Sequence[str]) -> Speed | None:
    """Time Stanza in a process of its own, which finds it in a folder of packages; None where it is not there."""
    if not (packages / "stanza").is_dir():
        return None
    command = [sys.executable, __file__, *arguments, "--only-stanza"]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(packages.resolve()), os.environ.get("PYTHONPATH", "")])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Speed(**json.loads(done.stdout.splitlines()[-1]))


def stages(texts: Sequence[Text], seconds: float) -> list[tuple[str, float]]:
    """Return the share of each step of the flow in its processor time."""
    spent: dict[str, float] = {}
    places = {
        "language": (flow, "detect"),
        "sentences": (flow, "split"),
        "first look for events": (events, "glimpse"),
        "names": (flow, "names_of"),
        "dates": (dates, "find"),
        "events": (events, "find"),
    }

    def clocked(what: str, step: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **options: object) -> object:
            started = time.process_time()
            try:
                return step(*given, **options)
            finally:
                spent[what] = spent.get(what, 0.0) + time.process_time() - started

        return run

    kept = {what: getattr(owner, name) for what, (owner, name) in places.items()}
    try:
        for what, (owner, name) in places.items():
            setattr(owner, name, clocked(what, kept[what]))
        total = timed("flow", texts, whole(Settings()), seconds).processor
    finally:
        for what, (owner, name) in places.items():
            setattr(owner, name, kept[what])
    shares = [(what, spent.get(what, 0.0) / total) for what in places]
    return [*shares, ("the rest", 1 - sum(share for _, share in shares))]


@dataclass(frozen=True, slots=True)
class WholeRun:
    """One run of the command line: peak memory in MiB of its process and of its largest worker."""

    speed: Speed
    memory: int
    worker: int
    writing: float


def command(corpus: Path, folder: Path, texts: Sequence[Text], workers: int, what: str) -> WholeRun:
    """Run the command line over the corpus and read what it cost."""
    program = folder / "measured.py"
    program.write_text(MEASURED)
    output = folder / f"run{workers}"
    given = ["run", str(corpus), "--output", str(output), "--workers", str(workers), "--quiet", "--overwrite"]
    done = subprocess.run([sys.executable, program, *given], capture_output=True, text=True, check=False)
    own, worker, processor, wall = map(float, done.stderr.split("measured")[-1].split())
    info = json.loads((output / "run.json").read_text())
    speed = Speed(what, len(texts), sum(text.size for text in texts), wall, processor)
    writing = wall - info["timings"]["extraction"]
    return WholeRun(speed, round(own / 1024), round(worker / 1024) if workers > 1 else 0, writing)


def whole_runs(texts: Sequence[Text], space: Path, copies: int) -> Iterator[str]:
    """Tell of the command line on the corpus, with one worker and with two, and on a single article."""
    corpus, one = space / "corpus.jsonl", space / "one.jsonl"
    texts = list(texts) * copies
    lines = [json.dumps({"id": str(number), "text": text.text}) + "\n" for number, text in enumerate(texts)]
    corpus.write_text("".join(lines))
    one.write_text(lines[0])
    yield "\n## The command line, from files to tables\n\n" + HEAD
    runs = [command(corpus, space, texts, count, f"`--workers {count}`") for count in (1, 2)]
    yield from (str(run.speed) for run in runs)
    yield ""
    for run in runs:
        worker = f", the largest worker {run.worker} MiB" if run.worker else ""
        yield f"- {run.speed.what}: peak memory {run.memory} MiB{worker}"
    yield f"- two workers are {runs[0].speed.wall / runs[1].speed.wall:.2f} times as fast as one"
    single = min((command(one, space, texts[:1], 1, "one") for _ in range(2)), key=lambda run: run.speed.wall).speed
    yield f"- one article, from start to tables: {single.wall:.1f} s, {single.processor:.1f} s of processor time"


def news_of(texts: Sequence[Text]) -> list[Text]:
    """Return the news and web texts, shuffled; all where none is called so."""
    news = [text for text in texts if text.name.startswith(NEWS)] or list(texts)
    random.Random(1).shuffle(news)
    return news


def report(
    texts: list[Text], seconds: float, rounds: int, copies: int, stanza: Callable[[], Speed | None]
) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{len(texts)} articles, {sum(text.size for text in texts) / MEGA:.1f} MB of text; {machine()}"
    yield f"load when it began: {load()}"
    with tempfile.TemporaryDirectory() as space:
        yield from whole_runs(texts, Path(space), copies)
        news = news_of(texts)
        random.Random(1).shuffle(texts)
        flow_alone = {"dragoman, the whole flow": whole(Settings())}
        everything = best_of(flow_alone, texts, seconds * 2, rounds)[0]
        yield "\n## Steps of the flow, shares of its processor time\n\n| step | all | news |\n|---|---:|---:|"
        for (step, share), (_, other) in zip(stages(texts, seconds * 2), stages(news, seconds * 2), strict=True):
            yield f"| {step} | {share:.0%} | {other:.0%} |"
        yield f"\n## Next to others, one process, one thread, warm: news and web texts\n\n{HEAD}"
        languages = sorted({text.language for text in texts})
        speeds = best_of(dict(rivals(languages)), news, seconds, rounds)
        speeds += [speed for speed in [stanza()] if speed is not None]
        yield from map(str, speeds)
        yield str(Speed("dragoman, the whole flow, on all texts", *_measures(everything)))
        yield "\nBy processor time the whole flow is\n"
        for other in speeds[1:]:
            yield f"- {speeds[0].by_processor / other.by_processor:.2f} times as fast as: {other.what}"
    yield f"\nload when it ended: {load()}"


def _measures(speed: Speed) -> tuple[int, int, float, float]:
    return speed.articles, speed.size, speed.wall, speed.processor


def load() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, help="so many articles of each file")
    parser.add_argument("--copies", type=int, default=3, help="so many times the command line reads the corpus")
    parser.add_argument("--stanza", type=Path, default=Path("outputs/stanza"), help="folder that Stanza stands in")
    parser.add_argument("--only-stanza", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    paths = given.corpus or sorted(TEXT.glob("*.jsonl"))
    if not paths:
        sys.exit(f"no corpus: {TEXT} is not there; name files of JSON Lines")
    texts = read(paths, given.rows)
    if given.only_stanza:
        print(json.dumps(asdict(stanza_alone(news_of(texts), given.seconds, given.rounds))))
        return
    stanza = partial(stanza_beside, given.stanza, sys.argv[1:])
    for line in report(texts, given.seconds, given.rounds, given.copies, stanza):
        print(line, flush=True)


if __name__ == "__main__":
    main()
