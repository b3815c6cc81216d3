"""Events: who did what with whom, when, read by rules from the names and dates of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge, load_knowledge
from dragoman.events.passage import Passage
from dragoman.events.triggers import Trigger, is_short, sight
from dragoman.events.venues import gives_its_name
from dragoman.names import read_names
from dragoman.records import Entity, Event, Span, Timex

__all__ = ["Glimpse", "find", "glimpse", "load_knowledge"]


@dataclass(frozen=True)
class Glimpse:
    """What one cheap scan of a text saw: its triggers, so far as the words tell, and their sentences.

    `telling` are those of them with more words than a bare heading has.
    """

    folded: str
    triggers: tuple[Trigger, ...]
    sentences: tuple[Span, ...]
    telling: tuple[Span, ...]


def glimpse(text: str, *, language: str, sentences: Sequence[Span]) -> Glimpse:
    """Look for triggers in a text; without any it holds no event, and dear steps need read no other sentences."""
    knowledge = load_knowledge(language)
    folded = knowledge.pack.fold(text)
    passage = Passage(text, folded, tuple(sentences), entities=(), timexes=(), mentions=(), sights=knowledge.sights)
    triggers = tuple(sight(passage, knowledge))
    chosen = tuple(sentences[number] for number in sorted({trigger.sentence for trigger in triggers}))
    return Glimpse(folded, triggers, chosen, tuple(span for span in chosen if not is_short(span, folded)))


def find(
    text: str,
    *,
    language: str,
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    timexes: Sequence[Timex],
    mentions: Sequence[Entity] | None = None,
    title: str | None = None,
    published: str | None = None,
    seen: Glimpse | None = None,
) -> tuple[Event, ...]:
    """Find the events of a text, given its sentences, names and dates (all sorted, offsets in this text).

    `mentions` are the names that stand for a state, nested ones too (`names.mentions`; else those of `entities`);
    the states of the article's `title` tell what pair it is about; `seen` is the `glimpse` of the text, if it was
    taken before. Raises PackError or RuleError when the language's rules are wrong.
    """
    seen = seen or glimpse(text, language=language, sentences=sentences)
    if not seen.triggers:
        return ()
    passage = passage_of(
        text,
        language=language,
        sentences=sentences,
        entities=entities,
        timexes=timexes,
        mentions=mentions,
        title=title,
        published=published,
    )
    return read_events(passage, load_knowledge(language), sighted=seen.triggers)


def passage_of(
    text: str,
    *,
    language: str,
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    timexes: Sequence[Timex],
    mentions: Sequence[Entity] | None,
    title: str | None,
    published: str | None,
) -> Passage:
    """Put together what events are read from; the parameters are those of `find`."""
    knowledge = load_knowledge(language)
    return Passage(
        text=text,
        folded=knowledge.pack.fold(text),
        sentences=tuple(sentences),
        entities=tuple(entities),
        timexes=tuple(timexes),
        mentions=tuple(mentions) if mentions is not None else tuple(name for name in entities if name.country),
        title_states=states_of(title, language=language),
        title_actor=names_an_actor(title, knowledge),
        actors=knowledge.actors,
        sights=knowledge.sights,
        published=published,
    )


def states_of(title: str | None, *, language: str) -> tuple[str, ...]:
    """List the states that a title names, in order; of more than two, the pair that a hyphen joins."""
    if not title:
        return ()
    knowledge = load_knowledge(language)
    folded = knowledge.pack.fold(title)
    mentions = [
        mention
        for mention in read_names(title, language=language).mentions
        if mention.country and not gives_its_name(mention, folded, knowledge)
    ]
    codes = tuple(dict.fromkeys(mention.country for mention in mentions if mention.country))
    if len(codes) < 3:
        return codes
    joined = [
        (first.country, second.country)
        for first, second in pairwise(mentions)
        if first.country and second.country and folded[first.end : second.start].strip() == "-"
    ]
    return joined[0] if len(joined) == 1 and joined[0][0] != joined[0][1] else codes


def names_an_actor(title: str | None, knowledge: Knowledge) -> bool:
    """Tell whether a title names a side that never had a code."""
    if not title:
        return False
    if knowledge.actors.spans(knowledge.pack.fold(title)):
        return True
    return any(name.kind == "historic" for name in read_names(title, language=knowledge.pack.language).entities)
