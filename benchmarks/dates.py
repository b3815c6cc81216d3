"""Dates: ours beside dateparser's `search_dates`, on the same texts, in the same process.

usage: python benchmarks/dates.py [--text FOLDER] [--gold FOLDER] [--characters N]

Speed is in characters per second of processor time over running text, `az.jsonl`, `bn.jsonl`, `en.jsonl` of FOLDER;
quality over annotated articles, `*.jsonl` of the gold folder. Both folders stand beside the repository and are not
part of it; without them the sample articles of `corpus/` are timed and no quality is shown. dateparser is slow: it
is timed, as we are, on a sample of N characters (default 60,000) drawn evenly from each language's texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dragoman.dates import find
from dragoman.pack import languages

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared"
Reader = Callable[[str, str, str | None], list[tuple[int, int, str | None]]]


def ours(text: str, language: str, published: str | None) -> list[tuple[int, int, str | None]]:
    return [(one.start, one.end, one.edtf) for one in find(text, language=language, published=published)]


def ours_with_fallback(text: str, language: str, published: str | None) -> list[tuple[int, int, str | None]]:
    found = find(text, language=language, published=published, fallback=True)
    return [(one.start, one.end, one.edtf) for one in found]


def dateparsers(text: str, language: str, published: str | None) -> list[tuple[int, int, str | None]]:
    """Search with dateparser; it gives no offsets, so each phrase is looked up where it stands next."""
    import datetime

    from dateparser.search import search_dates

    base = datetime.datetime.fromisoformat(published or "2000-01-01")
    settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": False}
    out: list[tuple[int, int, str | None]] = []
    position = 0
    for phrase, when in search_dates(text, languages=[language], settings=settings) or []:
        start = text.find(phrase, position)
        if start >= 0:
            position = start + len(phrase)
            out.append((start, position, when.date().isoformat()))
    return out


def dateparsers_precise(text: str, language: str, published: str | None) -> list[tuple[int, int, str | None]]:
    """The same, each phrase parsed again for its precision, so that a bare year is not held against it as a day."""
    from dateparser.date import DateDataParser

    parser = DateDataParser(languages=[language])
    length = {"year": 4, "month": 7}
    return [
        (start, end, (value or "")[: length.get(str(parser.get_date_data(text[start:end]).period), 10)])
        for start, end, value in dateparsers(text, language, published)
    ]


def recognizers(text: str, language: str, published: str | None) -> list[tuple[int, int, str | None]]:
    """Search with Recognizers-Text, by its English rules, the only ones it has for any of these languages."""
    from recognizers_date_time import recognize_datetime

    out: list[tuple[int, int, str | None]] = []
    for found in recognize_datetime(text, "en-us"):
        values = (found.resolution or {}).get("values", [{}])
        out.append((found.start, found.end + 1, values[0].get("timex")))
    return out


def peers() -> dict[str, Reader]:
    """List the readers that are installed."""
    readers: dict[str, Reader] = {"dragoman": ours, "dragoman+dateparser": ours_with_fallback}
    readers["dateparser"] = dateparsers
    try:
        import recognizers_date_time  # noqa: F401
    except ImportError:
        return readers
    return {**readers, "Recognizers-Text": recognizers}


def texts_of(folder: Path, language: str) -> list[str]:
    path = folder / f"{language}.jsonl"
    if path.is_file():
        return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    samples = sorted((ROOT / "corpus").rglob(f"*{language}*.txt"))
    return [sample.read_text("utf-8") for sample in samples]


def spread(texts: list[str], limit: int) -> list[str]:
    """Take texts from all over the file, evenly, up to so many characters in all."""
    size = sum(map(len, texts))
    step = max(1, -(-size // limit))
    return texts[::step]


def speed(reader: Reader, texts: list[str], language: str) -> float:
    """Return the characters read per second of processor time, over at least half a second."""
    reader("1 may 1999", language, None)
    size, before = 0, time.process_time()
    while (spent := time.process_time() - before) < 0.5:
        for text in texts:
            reader(text, language, None)
            size += len(text)
    return size / spent


def comparable(value: str | None) -> str:
    return (value or "").translate({ord(mark): None for mark in "?~%"})


def f1(right: int, given: int, wanted: int) -> float:
    return 2 * right / (given + wanted) if given + wanted else 0.0


def quality(reader: Reader, articles: list[dict[str, Any]]) -> dict[str, float]:
    """Score spans that overlap, spans that are equal, and spans that overlap with the right value (F1)."""
    wanted = given = span = strict = value = 0
    for article in articles:
        gold = [date for date in article["dates"] if not date.get("optional")]
        spare = [date for date in article["dates"] if date.get("optional")]
        found = reader(article["text"], article["language"], article.get("published"))
        free = list(found)
        for date in gold:
            over = [one for one in free if one[0] < date["end"] and one[1] > date["start"]]
            if not over:
                continue
            best = max(over, key=lambda one: (comparable(one[2]) == date["edtf"], one[0] == date["start"]))
            free.remove(best)
            span += 1
            strict += best[:2] == (date["start"], date["end"])
            value += comparable(best[2]) == comparable(date["edtf"])
        extra = [one for one in free if not any(one[0] < d["end"] and one[1] > d["start"] for d in spare)]
        wanted, given = wanted + len(gold), given + len(found) - len(free) + len(extra)
    return {name: f1(right, given, wanted) for name, right in (("span", span), ("strict", strict), ("value", value))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, default=BESIDE / "text")
    parser.add_argument("--gold", type=Path, default=BESIDE / "gold")
    parser.add_argument("--characters", type=int, default=60_000)
    options = parser.parse_args()
    lines = [line for path in sorted(options.gold.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    gold = [json.loads(line) for line in lines if line.strip()]
    print(f"{'':2} {'reader':20} {'characters/s':>14} {'times':>6} {'span':>6} {'strict':>6} {'value':>6}   (F1)")
    for language in languages():
        texts = texts_of(options.text, language)
        some = spread(texts, options.characters)
        articles = [article for article in gold if article["language"] == language]
        speeds = {name: speed(reader, some, language) for name, reader in peers().items()}
        for name, reader in peers().items():
            judged = dateparsers_precise if name == "dateparser" else reader
            scores = quality(judged, articles) if articles else {}
            shown = " ".join(f"{scores[key]:6.3f}" if scores else "     –" for key in ("span", "strict", "value"))
            times = speeds[name] / speeds["dateparser"]
            print(f"{language} {name:20} {speeds[name]:14,.0f} {times:5.1f}x {shown}", flush=True)
        print(f"{language} {'dragoman, all texts':20} {speed(ours, texts, language):14,.0f}", flush=True)


if __name__ == "__main__":
    main()
