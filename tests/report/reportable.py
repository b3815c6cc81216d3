"""Runs to report on: of articles on disk, of hostile articles, and of very many events."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman import flow, reading
from dragoman.config import Settings
from dragoman.records import Article, Entity, Event, Extraction, Rejection, Span, Timex
from dragoman.writing import RunWriter

ARTICLES = {
    "en.txt": (
        "Romania and Azerbaijan\n\n"
        "Romania recognised the independence of Azerbaijan on 11 December 1991. "
        "President Heydar Aliyev visited Bucharest on 30 June 1995 and signed a treaty of friendship.\n"
    ),
    "az.txt": (
        "Azərbaycan–Rumıniya münasibətləri\n\n"
        "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb. "
        "Diplomatik münasibətlər 1992-ci il iyunun 21-də qurulub.\n"
    ),
    "bn.txt": "১৯৯১ সালের ১১ ডিসেম্বর রোমানিয়া আজারবাইজানের স্বাধীনতাকে স্বীকৃতি দেয়।\n",
}
SCRIPT = "<script>window.hacked = 1</script>"
IMAGE = "<img src=x onerror=\"window.hacked = 2\"><svg onload='window.hacked = 3'>"
LINK = "[click](javascript:window.hacked=4) <a href='javascript:window.hacked=5'>here</a>"
HIDDEN = "\u202e\u2066\u200b\ufeff\u00ad"
HOSTILE = {
    "tags.txt": f"Romania recognised {SCRIPT} {IMAGE} the independence of Azerbaijan on 11 December 1991. {LINK}\n",
    "closing.txt": "Romania recognised Georgia </script><script>window.hacked=6</script> --> on 11 December 1991.\n",
    "hidden.txt": f"It was{HIDDEN} so. Romania recognised Azer{HIDDEN}baijan, Armenia on 11 December {HIDDEN}1991.\n",
    "long.txt": f"Romania recognised Azerbaijan on 11 December 1991 {'x' * 1_000_000} and Armenia.\n",
    "placeholder.txt": "Romania recognised Azerbaijan {{script}} {{data}} on 11 December 1991.\n",
    "<img src=x onerror=alert(1)>.txt": "Romania recognised Azerbaijan on 12 December 1991.\n",
    "javascript:alert(1).bin": "nothing to read",
}


def write_articles(folder: Path, articles: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def run_of(articles: Path, output: Path) -> Path:
    """Run the pipeline over a folder, as the command does."""
    settings = Settings(entities="all", language=None)
    command = ["dragoman", "run", str(articles), "--output", str(output)]
    with RunWriter(output, settings={"entities": "all"}, command=command) as writer:
        for result in flow.process_all(reading.read([articles], settings=settings), settings=settings):
            if isinstance(result, Rejection):
                writer.reject(result)
            else:
                writer.add(result)
    return output


def large_run(articles: Path, output: Path, *, documents: int, events: int) -> Path:
    """Write many articles of `events` sentences each, and the run that tells one event in each sentence."""
    articles.mkdir(parents=True)
    with RunWriter(output, settings={}, command=["dragoman", "run", str(articles), "--output", str(output)]) as writer:
        for extraction in made_up(documents, events):
            (articles / extraction.article.path).write_text(extraction.article.text, "utf-8")
            writer.add(extraction)
    return output


STATES = {
    "Azerbaijan": "AZE",
    "Romania": "ROU",
    "Turkey": "TUR",
    "Bangladesh": "BGD",
    "India": "IND",
    "Georgia": "GEO",
    "Japan": "JPN",
    "Iran": "IRN",
    "Egypt": "EGY",
    "Cuba": "CUB",
    "China": "CHN",
}
KINDS = {"visit": "visited", "recognition": "recognised", "support": "praised", "invitation": "invited"}


def made_up(documents: int, events: int) -> Iterable[Extraction]:
    names = list(STATES)
    for number in range(documents):
        text, found, entities, timexes, sentences = "", [], [], [], []
        for place in range(events):
            seed = number * events + place
            one, other = names[seed % 11], names[(seed * 7 + 3 + (seed % 11 == 5)) % 11]
            if one == other:
                other = names[(names.index(one) + 1) % 11]
            kind, verb = list(KINDS.items())[seed % 4]
            day = f"{1950 + seed % 75}-{1 + seed % 12:02}-{1 + seed % 28:02}"
            words = " ".join(f"word{(seed * 31 + each * each) % 9973}" for each in range(12))
            sentence = f"{one} {verb} {other} on {day} {words}. "
            start = len(text)
            at = start + len(one) + 1
            text += sentence
            end = len(text) - 1
            sentences.append(Span(start, end))
            entities += [
                Entity(start, start + len(one), one, "GPE", one, STATES[one]),
                Entity(at + len(verb) + 1, at + len(verb) + 1 + len(other), other, "GPE", other, STATES[other]),
            ]
            begin = start + sentence.index(day)
            timexes.append(Timex(begin, begin + 10, day, "DATE", day, day, day, "day", False, "en.date.iso"))
            found.append(
                Event(
                    kind,
                    at,
                    at + len(verb),
                    verb,
                    start,
                    end,
                    text[start:end],
                    f"en/rules/{kind}.toml#en.{kind}",
                    date=day,
                    date_start=day,
                    date_end=day,
                    date_precision="day",
                    date_basis="clause",
                    date_text=day,
                    participants=(STATES[one], STATES[other]),
                    source=(STATES[one],),
                    target=(STATES[other],),
                )
            )
        text += "".join(f"and {(number * 37 + each * each * 11) % 99991} others " for each in range(60))
        name = f"{number:05}.txt"
        yield Extraction(
            Article(name, name, text),
            ("en", "az", "bn")[number % 3],
            1.0,
            tuple(sentences),
            tuple(entities),
            tuple(timexes),
            tuple(found),
        )


def unpacked(page: str, name: str) -> Any:
    """Return what a block of the page holds."""
    block = re.search(rf'<script type="application/gzip" id="{name}">([^<]*)</script>', page)
    assert block is not None
    return json.loads(gzip.decompress(base64.b64decode(block[1])))
