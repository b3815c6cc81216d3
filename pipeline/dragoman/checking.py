"""Are the models in order? Each step of each language is loaded and tried on an empty text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman import dates, events
from dragoman.config import Settings
from dragoman.detection import load_detection
from dragoman.errors import DragomanError
from dragoman.events import load_knowledge
from dragoman.events.linting import lint
from dragoman.language import detect
from dragoman.naming import engine_of, names_of
from dragoman.newlanguage.checklist import lacking
from dragoman.pack import languages, load_pack
from dragoman.reading import read
from dragoman.records import Article
from dragoman.sentences import split


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one language, in words."""

    ok: bool
    text: str


def check_languages(settings: Settings) -> Iterator[Checked]:
    """Yield one line per language."""
    load_detection()
    for language in languages():
        try:
            yield Checked(True, _check(language, settings))
        except DragomanError as error:
            yield Checked(False, f"{language}  WRONG  {error}")


def incomplete() -> Iterator[str]:
    """Yield what each language still lacks, one thing a line."""
    for language in languages():
        for lack in lacking(language):
            yield f"{language}  to do  {lack}"


def check_rules(texts: Path, settings: Settings) -> Iterator[Checked]:
    """Yield one line per fault of an event rule, and one that counts them."""
    articles = [] if not texts.exists() else [r for r in read([texts], settings=settings) if isinstance(r, Article)]
    for language in languages():
        mine = [article.text for article in articles if detect(article.text).language == language]
        kinds: Counter[str] = Counter()
        for fault in lint(language, mine):
            kinds[fault.kind] += 1
            yield Checked(not fault.grave, f"{fault.rule.place}: {fault.rule.id}: {fault.kind}: {fault.text}")
        counted = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())) or "no faults"
        number = len(load_knowledge(language).rules)
        yield Checked(True, f"{language}  {number} event rules, {len(mine)} texts: {counted}")


def _check(language: str, settings: Settings) -> str:
    pack = load_pack(language)
    recognised = sum(rule.code == language for rules in load_detection().rules.values() for rule in rules)
    split("", language=language)
    names_of("", language=language, settings=settings.of(language), sentences=())
    engine_of(language, settings.of(language))
    dates.find("", language=language)
    events.find("", language=language, sentences=(), entities=(), timexes=())
    engine = settings.of(language).names
    steps = f"detection ({recognised}), sentences, dates, events, names by {engine}"
    return f"{language}  ok  {pack.settings['name']}: {steps}"
