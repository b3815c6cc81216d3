from __future__ import annotations

import pytest

from dragoman import events, flow
from dragoman.config import Settings
from dragoman.events import glimpse, load_knowledge
from dragoman.events.passage import Passage
from dragoman.pack import languages
from dragoman.records import Article, Extraction, Span
from dragoman.sentences import split


@pytest.mark.parametrize("language", languages())
def test_a_quick_search_finds_what_the_expression_finds(language: str) -> None:
    knowledge = load_knowledge(language)
    looked_for = sorted(knowledge.sights.expressions, key=lambda one: one.pattern)[::7]
    lacking: list[str] = []
    quick: list[tuple[int, int] | None] = []
    slow: list[tuple[int, int] | None] = []
    for text in [hit["text"] for rule in knowledge.rules[::5] for hit in rule.hits]:
        folded = knowledge.pack.fold(text)
        sentence = Span(2, len(folded) - 1)
        passage = Passage(text, folded, (sentence,), (), (), (), sights=knowledge.sights)
        for expression in looked_for:
            for start, end in ((2, len(folded) - 1), (0, len(folded)), (7, len(folded) - 5)):
                found, wanted = passage.search(expression, start, end, sentence), expression.search(folded, start, end)
                quick.append(found.span() if found else None)
                slow.append(wanted.span() if wanted else None)
            if passage.lacks(expression, sentence):
                lacking += [text] if expression.search(folded, 2, len(folded) - 1) else []

    assert quick == slow
    assert lacking == []
    assert sum(span is not None for span in slow) > 20


def test_sentences_that_may_tell_of_an_event_are_seen_at_a_glimpse() -> None:
    text = "It rained all day. France recognised Georgia on 26 May 1992. The treaty\nNobody came."
    sentences = split(text, language="en")

    seen = glimpse(text, language="en", sentences=sentences)

    assert [span.of(text) for span in seen.telling] == ["France recognised Georgia on 26 May 1992."]


def test_a_text_without_a_trigger_is_not_read_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("a", "a.txt", "It rained in Paris all day. The people of France stayed at home, as ever.")
    with_names = flow.process(article, settings=Settings(language="en", entities="all"))
    monkeypatch.setattr(flow, "names_of", None)
    monkeypatch.setattr(events, "find", None)

    without = flow.process(article, settings=Settings(language="en"))

    assert isinstance(with_names, Extraction) and isinstance(without, Extraction)
    assert [entity.text for entity in with_names.entities] == ["Paris", "France"]
    assert (without.entities, without.events) == ((), ())
