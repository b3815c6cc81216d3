"""Read many articles twice, once in quiet and once with workers and whole runs killed, and compare.

python benchmarks/soak.py [--articles 100000] [--workers 2] [--every 60] [--kills 2]
The articles have 300 to 500 letters each: a fifth are passages of the sample corpus with other years, the others are
put together from sentences that tell of nothing; every thousandth is damaged. A worker is killed every `--every`
seconds (more often where the run is short, but not before a shard was finished since), the whole run `--kills`
times. Ends with 1 unless each article is accounted for once, the tables are those of the quiet run to the byte, and
no worker's memory grows by a tenth between a tenth of the articles and all, or above 600 MiB.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from faults import command_of, tables_of

from dragoman import reading
from dragoman.config import Settings
from dragoman.records import Article

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"
YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
PLAIN = (
    (
        "The harvest was late in the hills, and the price of apples rose for the third week.",
        "Engineers closed the bridge on Monday to look at its cables.",
        "The choir sang for {} guests in the old hall, and the doors stayed open until midnight.",
        "Snow is expected above {} metres, with fog in the valleys.",
        "The museum shows {} drawings by pupils of the town.",
        "Her new novel sold {} copies in a month.",
    ),
    (
        "Dağlarda məhsul gec yetişdi, almanın qiyməti üçüncü həftə də artdı.",
        "Körpü kabellərin yoxlanması üçün bazar ertəsi bağlandı.",
        "Xor köhnə zalda {} qonaq üçün oxudu və qapılar gecəyarısına qədər açıq qaldı.",
        "{} metrdən yuxarıda qar, dərələrdə duman gözlənilir.",
        "Muzeydə şagirdlərin {} rəsmi nümayiş olunur.",
        "Yazıçının yeni romanı bir ayda {} nüsxə satıldı.",
    ),
    (
        "পাহাড়ে এবার ফসল দেরিতে উঠেছে, আপেলের দাম টানা তৃতীয় সপ্তাহে বেড়েছে।",
        "তার পরীক্ষা করার জন্য সোমবার সেতুটি বন্ধ রাখা হয়।",
        "পুরোনো হলঘরে {} জন শ্রোতার সামনে দলটি গান গায়, দরজা মাঝরাত পর্যন্ত খোলা ছিল।",
        "{} মিটারের ওপরে তুষার আর উপত্যকায় কুয়াশা থাকতে পারে।",
        "জাদুঘরে শিশুদের আঁকা {}টি ছবি দেখানো হচ্ছে।",
        "তাঁর নতুন উপন্যাস এক মাসে {} কপি বিক্রি হয়েছে।",
    ),
)
DENSE = 0.2
"""The share of articles in which much happens."""

SHORTEST, LONGEST = 300, 500
FILES = 10
LIMIT = 600
GROWTH = 1.10


def passages() -> list[str]:
    """Cut the sample corpus into passages of whole lines or sentences."""
    found = []
    articles = [record for record in reading.read([CORPUS], settings=Settings()) if isinstance(record, Article)]
    for text in (article.text for article in articles):
        start = 0
        while len(text) - start >= SHORTEST:
            window = text[start : start + LONGEST]
            cut = max(window.rfind(end, SHORTEST - 1) for end in (". ", "\n", "। ")) + 1
            found.append(window[: cut or LONGEST].strip())
            start += cut or LONGEST
    return [passage for passage in found if len(passage) >= SHORTEST // 2]


def write_articles(folder: Path, count: int) -> None:
    """Write the articles into some files of JSON Lines."""
    chance, texts = random.Random(1), passages()
    folder.mkdir()
    for part in range(FILES):
        with (folder / f"part{part}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(part * count // FILES, (part + 1) * count // FILES):
                text = chance.choice(texts) if chance.random() < DENSE else _plain(chance)
                file.write(_line(number, text, chance) + "\n")


def _plain(chance: random.Random) -> str:
    """Put sentences together in which nothing happens."""
    sentences, text = chance.choice(PLAIN), ""
    while len(text) < SHORTEST:
        text += chance.choice(sentences).format(chance.randint(2, 900)) + " "
    return text.strip()


def _line(number: int, text: str, chance: random.Random) -> str:
    if number % 1000 == 999:
        return '{"id": broken' if number % 2000 == 999 else json.dumps({"id": f"n{number}", "text": ""})
    moved = chance.randint(-40, 15)
    told = YEAR.sub(lambda found: str(int(found[0]) + moved), text)
    return json.dumps({"id": f"n{number}", "text": told}, ensure_ascii=False)


@dataclass(slots=True)
class Watched:
    """A run at work: the memory of each of its processes over the shards that were finished (MiB)."""

    running: subprocess.Popen[bytes]
    output: Path
    memory: dict[int, list[tuple[int, float]]] = field(default_factory=dict)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
        try:
            pids = [int(pid) for pid in children.read_text().split()]
            return [pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        except OSError:
            return []

    def shards(self) -> int:
        return len(list(self.output.with_name(f".{self.output.name}.building").glob("shards/*.jsonl")))

    def look(self) -> None:
        """Note how much memory each process has now."""
        done = self.shards()
        for pid in (self.running.pid, *self.workers()):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            if found := re.search(r"VmRSS:\s+([0-9]+)", status):
                self.memory.setdefault(pid, []).append((done, int(found[1]) / 1024))


def started(articles: Path, output: Path, workers: int) -> Watched:
    return Watched(subprocess.Popen(command_of([str(articles)], output, workers)), output)


def quiet_run(articles: Path, output: Path, workers: int) -> tuple[Watched, float]:
    """Run undisturbed; returns the run with its memory and how long it took (seconds)."""
    began = time.monotonic()
    watched = started(articles, output, workers)
    while watched.running.poll() is None:
        watched.look()
        time.sleep(0.5)
    return watched, time.monotonic() - began


def disturbed_run(articles: Path, output: Path, workers: int, *, every: float, kills: list[int]) -> tuple[int, int]:
    """Run with a worker killed every so often, and all of it at so many shards; returns how many of each."""
    chance, killed, whole, done = random.Random(2), 0, 0, 0
    watched, last = started(articles, output, workers), time.monotonic()
    while watched.running.poll() is None:
        time.sleep(0.05)
        if kills and watched.shards() >= kills[0]:
            kills.pop(0)
            watched.running.kill()
            watched.running.wait()
            whole += 1
            watched = started(articles, output, workers)
        elif time.monotonic() - last >= every and watched.shards() > done and (pids := watched.workers()):
            os.kill(chance.choice(pids), signal.SIGKILL)
            killed, last, done = killed + 1, time.monotonic(), watched.shards()
    return killed, whole


def memory_lines(watched: Watched) -> Iterator[tuple[str, bool]]:
    """Tell each process's memory after a tenth of the shards and its most after that, and whether that is allowed."""
    total = max(done for looks in watched.memory.values() for done, _ in looks)
    for pid, looks in watched.memory.items():
        early = [size for done, size in looks if done <= total // 10] or [looks[0][1]]
        settled, most = max(early), max(size for _, size in looks)
        name = "the run's own process" if pid == watched.running.pid else "a worker"
        allowed = pid == watched.running.pid or (most <= LIMIT and most <= settled * GROWTH)
        yield f"{name}: {settled:.0f} MiB after a tenth, at most {most:.0f} MiB ({most / settled - 1:+.1%})", allowed


def accounted(output: Path, count: int) -> str | None:
    """Say what is wrong with the articles of a run, if not each is there once."""
    csv.field_size_limit(1 << 30)
    with (output / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row["doc_id"] for row in csv.DictReader(file)]
    if len(rows) != count or len(set(rows)) != count:
        return f"{count} articles in, {len(rows)} rows and {len(set(rows))} names out"
    return None


def soak(folder: Path, *, count: int, workers: int, every: float, kills: int) -> Iterator[tuple[str, bool]]:
    """Yield the findings, each with whether it is as it should be."""
    articles, quiet, disturbed = folder / "articles", folder / "quiet", folder / "disturbed"
    write_articles(articles, count)
    watched, seconds = quiet_run(articles, quiet, workers)
    info = json.loads((quiet / "run.json").read_text())["counts"]
    size = sum(path.stat().st_size for path in articles.iterdir()) / 1e6
    yield f"{count} articles, {size:.0f} MB, {workers} workers: {seconds:.0f} s in quiet; {info['articles']}", True
    yield from memory_lines(watched)
    total = -(-count // 64)
    moments = [total * number // (kills + 1) for number in range(1, kills + 1)]
    every = min(every, seconds / 6)
    killed, whole = disturbed_run(articles, disturbed, workers, every=every, kills=moments)
    yield (
        f"killed: {killed} workers, one every {every:.0f} s; the whole run {whole} times",
        killed > 1 and whole == kills,
    )
    wrong = accounted(disturbed, count)
    yield wrong or f"all {count} articles accounted for once", wrong is None
    different = [name for name, content in tables_of(quiet).items() if tables_of(disturbed).get(name) != content]
    yield f"tables {'that differ: ' + ', '.join(different) if different else 'identical to the byte'}", not different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=float, default=60)
    parser.add_argument("--kills", type=int, default=2)
    given = parser.parse_args()
    held = True
    with tempfile.TemporaryDirectory() as folder:
        options = {"count": given.articles, "workers": given.workers, "every": given.every, "kills": given.kills}
        for line, allowed in soak(Path(folder), **options):
            print(line + ("" if allowed else "   <- WRONG"), flush=True)
            held &= allowed
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
