"""Who speaks for a side: the case that an office shows ("the president of X"), an organisation and its official."""

from __future__ import annotations

import re

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.morphology import NOMINATIVE, load_morphology, peel
from dragoman.records import Entity, Span

BESIDE = 18
"""So near after an organisation's name, in characters, stands the word that makes it a side."""
BESIDE_OFFICE = 60
"""So near, in characters, the official of an organisation stands to its name, and the verb to him."""
GIVEN = frozenset({"aid_given", "sanction_imposed", "sanction_lifted", "envoy_expelled"})
"""Types in which an organisation acts on one state, or one state on an organisation."""
OFFICE_WITHIN = 4
"""So many words behind its state begins an office at the latest: "X's deputy minister of foreign affairs"."""
TITLE = 3
"""So many characters at most stand between an office and the name of who holds it."""
ACCUSATIVE = "accusative"
OFFICED = frozenset({"state", "nationality"})
OWNING = frozenset({"nominative", "genitive"})
"""The cases in which a state stands before an office of its own."""
NEAR_OFFICE = 14
"""So near before an office, in characters, stands the state it belongs to."""
NEXT_WORD = re.compile(r"\s([^\s\d,;:.!?()\"]+)")


def case_of(mention: Entity, passage: Passage, knowledge: Knowledge) -> str | None:
    """Return the case of a mention; of a state before an office that of the office, or of the person named with it."""
    return borne(mention, passage, knowledge)[1]


def borne(mention: Entity, passage: Passage, knowledge: Knowledge) -> tuple[int, str | None]:
    """Return where a mention ends, with the office and the name behind a state, and the case that these show."""
    own = mention.end, mention.case
    if knowledge.office is None or mention.kind not in OFFICED or mention.case not in OWNING:
        return own
    owning = knowledge.settings["roles"].get("owning", OWNING)
    office = _office_after(mention.end, passage, knowledge, within=OFFICE_WITHIN if mention.case in owning else 1)
    if office is None or passage.mentions_in(Span(mention.end, office.end)):
        return own
    for name in passage.entities_in(Span(office.end, office.end + TITLE)):
        if name.label == "PER" and not knowledge.office.match(passage.folded, name.start, name.end):
            return name.end, name.case
    return office.end, _shown(office.of(passage.folded), knowledge.pack.language)


def _shown(office: str, language: str) -> str:
    """Return the case that an office shows; its own plural ("the troops of X") only looks like an object."""
    peeled = peel(office, language=language, compound=True)
    owned = peeled.plural and office[-1:] in load_morphology(language).owned_ends
    return NOMINATIVE if owned and peeled.case == ACCUSATIVE else peeled.case


def _goes_on(office: Span, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether another office may stand behind one in its case: "the president's adviser"."""
    chained = knowledge.settings["roles"].get("chained")
    word = office.of(passage.folded)
    return not chained or peel(word, language=knowledge.pack.language, compound=True).case in chained


def _office_after(start: int, passage: Passage, knowledge: Knowledge, *, within: int) -> Span | None:
    """Find the last word of an office behind a state: the first word that names one, and those joined to it."""
    assert knowledge.office is not None
    found: Span | None = None
    position = start
    for _ in range(within):
        word = NEXT_WORD.match(passage.folded, position)
        if word is None:
            break
        if knowledge.office.match(passage.folded, word.start(1), word.end()):
            found = Span(word.start(1), word.end())
        elif found:
            break
        position = word.end()
        if found and not _goes_on(found, passage, knowledge):
            break
    return found


def _owns_office(mention: Entity, office: int, near: int, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether an office belongs to a state named before it, and not to the state whose press names it so."""
    end, _ = borne(mention, passage, knowledge)
    if end > mention.end:
        return end > office  # else the state has an office of its own
    if mention.end <= near or mention.kind == "seat" or (mention.kind == "person" and mention.case == "nominative"):
        return False
    return mention.case == "genitive" or mention.label != "GPE" or mention.end >= office - 2


def of_bare_offices(span: Span, passage: Passage, knowledge: Knowledge) -> list[str]:
    """Return the state whose press names an office without it ("the prime minister left")."""
    found: list[str] = []
    for regex, code in knowledge.own_offices:
        if passage.lacks(regex, span):
            continue
        for match in regex.finditer(passage.folded, span.start, span.end):
            near = Span(max(0, match.start() - NEAR_OFFICE), match.end() + 2)
            owned = any(
                _owns_office(m, match.start(), near.start, passage, knowledge)
                for m in passage.mentions_in(Span(span.start, match.start()))
            )
            named = any(e.label == "PER" and e.end > match.end() for e in passage.entities_in(near))
            if not owned and not named:
                found.append(code)
    return list(dict.fromkeys(found))


def beside_organisation(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether an organisation is said to be the other side ("with the UN"), or gives and forbids by itself."""
    named = [
        name
        for name in passage.entities_in(Span(span.start, clause.trigger.start))
        if name.label == "ORG" and name.code
    ]
    if clause.trigger.rule.type in GIVEN and named:
        return True
    if with_official(clause, passage, knowledge):
        return True
    beside = knowledge.beside
    return beside is not None and any(
        beside.search(passage.folded, name.end, name.end + BESIDE) is not None for name in named
    )


def with_official(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether an organisation's official is the other side, right before a closing verb."""
    office, until = knowledge.beside_office, clause.trigger.start
    if office is None or not knowledge.head_final:
        return False
    named = [n for n in passage.entities_in(Span(clause.sentence.start, until)) if n.label == "ORG" and n.code]
    found = office.search(passage.folded, named[-1].end, until) if named else None
    near = found is not None and max(found.start() - named[-1].end, until - found.end()) <= BESIDE_OFFICE
    return bool(found and near and not any(m.country for m in passage.mentions_in(Span(named[-1].end, until))))
