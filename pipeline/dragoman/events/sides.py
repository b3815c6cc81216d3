"""Who took part: the states of a clause, their roles, and the pair a passage is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.events.knowledge import SIDE, Knowledge
from dragoman.events.offices import beside_organisation, borne, case_of, of_bare_offices, with_official
from dragoman.events.passage import Passage
from dragoman.events.roles import PLACES, coordinated, roles_of
from dragoman.events.segments import Clause
from dragoman.events.setting import LONE, may_act_alone, what_is_left, without_siblings
from dragoman.events.triggers import Trigger
from dragoman.events.venues import (
    SOMEWHERE,
    codes_of,
    is_topic,
    is_venue,
    named_only,
    subject_and_left,
    subject_of,
    with_host,
    without_venues,
)
from dragoman.records import Entity, Span

OWN_LEADER = 40
"""So near after a side without a code, in characters, stands the leader who acts for it and has a state."""
OPENING = 20
"""So far from the beginning, in characters, ends the connector of a clause that opens the sentence."""
GOALS = frozenset({"dative", "locative", "accusative"})
ONE_WAY = frozenset({"visit", "award", "invitation"})
"""Types that go from one side to another, never between two."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The participants of an event, sorted; source and target for directed types.

    `actors` are the sides without a code, as the text names them.
    """

    participants: tuple[str, ...]
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


def sides_of(
    clause: Clause,
    span: Span,
    passage: Passage,
    knowledge: Knowledge,
    *,
    pair: Sequence[str],
    visitor: str | None = None,
) -> Sides:
    """Find the sides of an event in its stretch of the sentence, else in the sentence, else in the passage.

    `pair` are the two states that the passage is about at this point (empty when that is not plain), `visitor` the
    state whose leader goes on travelling or is meant by a pronoun.
    """
    opening = max(span.start, clause.span.start)
    span = what_is_left(span, clause.trigger, passage, knowledge)
    span = _own_part(clause, _before_verb(clause, span, passage, knowledge), passage, knowledge)
    spoken = visitor is not None and not knowledge.head_final
    chosen = _named(clause, span, opening, passage, knowledge, paired=bool(pair), spoken=spoken)
    codes = codes_of(chosen)
    actors = _actors(span, clause, passage)
    closed = bool(actors) or (len(codes) == 1 and beside_organisation(clause, clause.sentence, passage, knowledge))
    if visitor and visitor not in codes and (spoken or len(codes) == 1):
        codes = [visitor, *codes]
    somewhere = _only_somewhere(chosen, clause, passage, knowledge)
    codes = _completed(codes, clause, span, passage, knowledge, () if actors else pair, closed, somewhere)
    if not codes and len(actors) == 1:  # the other side of one without a code is whom the title names first
        codes = list(passage.title_states[:1])
    if knowledge.types[clause.trigger.rule.type].direction != "directed":
        return Sides(tuple(sorted(codes)), actors=actors)
    telling = chosen
    if not knowledge.head_final:  # who acts may stand outside the words that join the two sides
        telling = [m for m in passage.mentions_in(span) if m in chosen or m.country in codes]
        telling = sorted({*telling, *chosen}, key=lambda m: m.start)
    source, target = roles_of(codes, telling, clause, passage, knowledge)
    return Sides(tuple(sorted(codes)), source, target, actors)


def _named(
    clause: Clause, span: Span, opening: int, passage: Passage, knowledge: Knowledge, *, paired: bool, spoken: bool
) -> list[Entity]:
    """Choose among the states that are named: those of a frame, else those of the stretch, else of its sentence.

    `opening` is where the stretch begins that its date gives it. `paired`: whether "the two countries" can stand for
    two known states, so that none needs to be named; `spoken`: whether a pronoun stands for one side.
    """
    chosen: list[Entity] | None = None if spoken else []
    if not spoken and not (paired and _paired(clause, span, passage, knowledge)):
        chosen = _framed(clause, span, passage, knowledge, later=opening > clause.span.start)
    if chosen is None:
        chosen = without_venues(list(passage.mentions_in(span)), clause, passage, knowledge)
        chosen = _core(chosen, clause, passage, knowledge)
        few = clause.trigger.rule.states if may_act_alone(clause, knowledge) else 2
        alone = len(codes_of(chosen)) == 1 and (
            spoken
            or beside_organisation(clause, span, passage, knowledge)
            or _acts(clause, passage, knowledge)
            or (not knowledge.head_final and bool(passage.actors_in(span)))
        )
        if len(codes_of(chosen)) < few and span != clause.sentence and not alone:
            chosen = _widened(chosen, clause, opening, passage, knowledge)
        if clause.trigger.rule.type == "meeting" and with_official(clause, passage, knowledge):
            chosen = [m for m in chosen if not is_venue(m, passage, knowledge)] or chosen
    if not knowledge.head_final and opening >= clause.trigger.start and len(codes_of(chosen)) > 1:
        chosen = [*subject_of(clause, passage, knowledge), *chosen]
    chosen = with_host(chosen, clause, passage, knowledge)
    if clause.trigger.rule.type == "independence" and not knowledge.head_final:
        return subject_and_left(chosen, clause, passage, knowledge)
    return chosen


def _before_verb(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> Span:
    """Leave out what follows a closing verb or noun that has two sides before it: what they spoke about."""
    before = Span(span.start, min(span.end, clause.trigger.start))
    if not knowledge.head_final or before.end <= before.start:
        return span
    sides = without_venues(list(passage.mentions_in(before)), clause, passage, knowledge)
    if clause.trigger.rule.type not in SOMEWHERE:
        sides = [mention for mention in sides if not is_venue(mention, passage, knowledge)]
    closed = _closed_by(clause, passage, knowledge)
    if len(codes_of(sides)) < 2:
        return Span(span.start, max(span.end, closed))
    return Span(before.start, max(before.end, closed))


def _closed_by(clause: Clause, passage: Passage, knowledge: Knowledge) -> int:
    """Return where the subject ends that stands last, right behind the closing verb ("imposed sanctions §."), or 0."""
    if knowledge.auxiliary is None:
        return 0
    text, end, until = passage.folded, clause.trigger.end, clause.sentence.end
    verb = knowledge.auxiliary.match(text, end + 1, until)
    end = verb.end() if verb else end
    behind = passage.mentions_in(Span(end, until))
    if not behind or text[end : behind[0].start].strip() or case_of(behind[0], passage, knowledge) != "nominative":
        return 0
    last, _ = borne(coordinated(behind[0], behind, passage, knowledge)[-1], passage, knowledge)
    return 0 if any(letter.isalnum() for letter in text[last:until]) else last


def _own_part(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> Span:
    """Keep the part of a stretch between the connectors around the trigger, if it has sides enough of its own.

    "Until it was plain that § and § would sign", "§ and § made peace while § ...": what other clauses tell stays out.
    """
    if knowledge.head_final or knowledge.apart_by is None:
        return span
    trigger, text = clause.trigger, passage.folded
    before = [match.end() for match in knowledge.apart_by.finditer(text, span.start, trigger.start)]
    behind = [match.start() for match in knowledge.apart_by.finditer(text, trigger.end, span.end)]
    enough = 1 if trigger.rule.type in LONE - {"conflict"} else 2
    start = max(before, default=span.start)
    if before and text.find(",", start, trigger.start) >= 0 and start - span.start < OPENING:
        start = text.find(",", start, trigger.start)  # the clause that opens the sentence ends there
    end = min(behind, default=span.end)
    for part in (Span(start, end), Span(start, span.end), Span(span.start, end)):
        named = without_venues(list(passage.mentions_in(part)), clause, passage, knowledge) if part != span else []
        own = set(codes_of(named)) <= set(passage.title_states) and len(passage.title_states) == 2
        if named and len(codes_of(named)) + bool(passage.actors_in(part)) >= (1 if own else enough):
            return part
    return span


def _actors(span: Span, clause: Clause, passage: Passage) -> tuple[str, ...]:
    """Return the sides without a code that a clause names, else those of its sentence, sorted."""
    for stretch in (span, clause.sentence):
        found = {name.canonical for name in passage.entities_in(stretch) if name.kind == "historic"}
        found |= {passage.text[start:end] for start, end in passage.actors_in(stretch)}
        if found:
            return tuple(sorted(found))
    return ()


def _core(mentions: list[Entity], clause: Clause, passage: Passage, knowledge: Knowledge) -> list[Entity]:
    """Of three sides or more keep owner and goal right before the trigger: "X spoke of the visit of Y to Z"."""
    if not knowledge.head_final or len(codes_of(mentions)) < 3 or clause.trigger.rule.type not in SOMEWHERE:
        return mentions
    goals = [m for m in mentions if m.end <= clause.trigger.start and m.case in GOALS]
    owners = [m for m in mentions if m.case == "genitive" and goals and m.end <= goals[-1].start]
    if not owners or owners[-1].country == goals[-1].country:
        return mentions
    first = coordinated(owners[-1], mentions, passage, knowledge)[0]
    return [m for m in mentions if m.start >= first.start]


def _acts(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a side without a code stands before a closing verb, in its sentence up to there."""
    if not knowledge.head_final:
        return False
    mentions = passage.mentions_in(clause.sentence)
    return any(
        not any(m.kind == "person" and 0 <= m.start - end <= OWN_LEADER for m in mentions)
        for _, end in passage.actors_in(Span(clause.sentence.start, clause.trigger.start))
    )


def _paired(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether "the two countries" stand before a closing verb and no state does, but for what it is about."""
    start, end = span.start, clause.trigger.start
    if not knowledge.head_final or knowledge.pair is None:
        return False
    said = passage.search(knowledge.pair, start, clause.trigger.end, clause.sentence)
    named = [mention for mention in passage.mentions_in(Span(start, end)) if not is_venue(mention, passage, knowledge)]
    if said is None or not named:
        return said is not None
    if len(codes_of(named)) == 2 or knowledge.aside is None:
        return False
    return knowledge.aside.search(passage.folded, named[-1].end, said.start()) is not None  # what they spoke about


def _widened(
    chosen: list[Entity], clause: Clause, start: int, passage: Passage, knowledge: Knowledge
) -> list[Entity]:
    """Add the nearest mentions of the sentence until there are two sides, or the subject where one acts alone."""
    trigger = clause.trigger
    found = [mention for mention in chosen if not _behind(mention, clause, knowledge)]
    alone = trigger.rule.type in LONE - {"conflict"}
    rest = without_venues(list(passage.mentions_in(clause.sentence)), clause, passage, knowledge)
    if trigger.rule.type == "visit" and knowledge.head_final and chosen and all(_is_goal_case(m) for m in chosen):
        rest = [m for m in rest if not _is_goal_case(m)] or rest  # each stop needs the visitor, not the other stop
    rest = without_siblings(rest, chosen, clause, passage) if knowledge.head_final else rest
    stops = trigger.rule.type == "visit" and not knowledge.head_final and chosen and chosen[0].start > trigger.end
    subject = next((m for m in rest if m.end <= trigger.start), None) if stops else _opening(rest, start, knowledge)
    subject = _going_on(chosen, rest, clause, passage, knowledge) or subject or _last(rest, clause, passage, knowledge)
    listed = sorted(rest, key=lambda m: m.start)
    directed = knowledge.types[trigger.rule.type].direction == "directed"
    if knowledge.head_final and directed and any(case_of(m, passage, knowledge) == "nominative" for m in found):
        subject = next((m for m in rest if case_of(m, passage, knowledge) == "dative"), subject)  # whom it acts upon
    rest.sort(key=lambda m: (m is not subject, _behind(m, clause, knowledge), _gap(m, trigger), m.start))
    own_clause = knowledge.connectors and knowledge.connectors[0].match(passage.folded, clause.span.start)
    if alone and not knowledge.head_final and not own_clause:
        rest.sort(key=lambda m: m.start)
    for mention in rest:
        if len(codes_of(found)) >= (trigger.rule.states if alone else 2):
            break
        if mention.country not in codes_of(found):
            group = coordinated(mention, listed, passage, knowledge) if knowledge.head_final else [mention]
            found += [m for m in group if m not in found]
    return sorted(found, key=lambda m: m.start)


def _last(
    mentions: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> Entity | None:
    """Return the subject of chained verbs that stands last: "having cut ties with §, made them with §, §."."""
    last = max(mentions, key=lambda m: m.start, default=None)
    if knowledge.auxiliary is None or last is None or last.start < clause.trigger.end:
        return None
    if case_of(last, passage, knowledge) != "nominative":
        return None
    end, _ = borne(last, passage, knowledge)
    return None if any(letter.isalnum() for letter in passage.folded[end : clause.sentence.end]) else last


def _behind(mention: Entity, clause: Clause, knowledge: Knowledge) -> bool:
    """Tell whether a mention stands behind a closing verb, in the clause that goes on after it."""
    return knowledge.head_final and mention.start >= clause.trigger.end


def _gap(mention: Entity, trigger: Trigger) -> int:
    return max(mention.start - trigger.end, trigger.start - mention.end)


def _going_on(
    chosen: Sequence[Entity], rest: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> Entity | None:
    """Return the subject of the verb before, which a verb joined to it shares: "§ broke with § and turned to §"."""
    if knowledge.head_final or not chosen or any(m.start < clause.trigger.end for m in chosen):
        return None
    if not any(regex.match(passage.folded, clause.span.start) for regex in knowledge.connectors[1:]):
        return None
    strong = knowledge.connectors[0].finditer(passage.folded, clause.sentence.start, clause.span.start)
    start = max((match.end() for match in strong), default=clause.sentence.start)
    named = [m for m in rest if start <= m.start and m.end <= clause.span.start]
    return min(named, key=lambda m: (m.kind != "person", m.start), default=None)


def _opening(mentions: Sequence[Entity], start: int, knowledge: Knowledge) -> Entity | None:
    """Return what opens a sentence of chained verbs, their subject: "X, having cut ties with Y, made them with Z"."""
    first = min(mentions, key=lambda m: m.start, default=None)
    if first is None or not knowledge.head_final or first.end > start or first.case == "locative":
        return None
    return first


def _is_goal_case(mention: Entity) -> bool:
    return mention.case == "dative" and mention.kind in PLACES


def _framed(
    clause: Clause, span: Span, passage: Passage, knowledge: Knowledge, *, later: bool
) -> list[Entity] | None:
    """Return the states inside a frame ("between X and Y"), in the clause or, but for a `later` date, its sentence."""
    if clause.trigger.rule.type in ONE_WAY and not knowledge.head_final:
        return None  # whoever travels goes to a place; "between" joins what is spoken of there
    for stretch in dict.fromkeys((span, span if later else clause.sentence)):
        mentions = [m for m in passage.mentions_in(stretch) if not named_only(m, passage, knowledge)]
        mentions = [m for m in mentions if not is_topic(m, clause, passage, knowledge)]
        if len(mentions) < 2:
            continue
        if stretch != span and len(codes_of(passage.mentions_in(span))) >= 2:
            continue
        masked, places = _masked(stretch, mentions, passage)
        for frame in knowledge.frames:
            for match in frame.finditer(masked):
                inside = [m for m, at in zip(mentions, places, strict=True) if match.start() <= at < match.end()]
                sides = [m for m in inside if m.case != "locative" or m.kind not in PLACES]
                if stretch != span and len(codes_of(sides)) > 2 and knowledge.head_final and passage.mentions_in(span):
                    continue  # it runs over another clause with its own sides
                behind = sides and sides[0].end <= clause.trigger.start < sides[-1].start
                if stretch != span and behind and knowledge.head_final:
                    continue  # it begins in one clause and ends in the next
                if len(codes_of(sides)) >= 2:
                    return sides
                if len(codes_of(inside)) >= 2 and not sides:
                    return inside
    return None


def _masked(stretch: Span, mentions: Sequence[Entity], passage: Passage) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    position, length = stretch.start, 0
    for mention in mentions:
        if mention.start < position:
            places.append(max(0, length - 1))
            continue
        piece = passage.folded[position : mention.start]
        places.append(length + len(piece))
        pieces += [piece, SIDE]
        length += len(piece) + 1
        position = mention.end
    pieces.append(passage.folded[position : stretch.end])
    return "".join(pieces), places


def _only_somewhere(
    chosen: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> bool:
    """Tell whether all that is named is where it happened: "the two countries signed it in the capital of §"."""
    place = clause.trigger.rule.type not in SOMEWHERE and not knowledge.head_final
    return place and all(is_venue(mention, passage, knowledge) for mention in chosen)


def _completed(
    codes: list[str],
    clause: Clause,
    span: Span,
    passage: Passage,
    knowledge: Knowledge,
    pair: Sequence[str],
    closed: bool,
    somewhere: bool,
) -> list[str]:
    """Add what stands for states without naming them: "the two countries", "our country", the article's topic.

    Nothing is guessed from the topic when a side without a code acts (`closed`). Where what is named is only the place
    (`somewhere`), "the two countries" takes none of it.
    """
    stretch = clause.sentence
    for regex, code in knowledge.home:
        if code not in codes and passage.search(regex, span.start, span.end, stretch):
            codes = [*codes, code]
    if len(codes) >= 2:
        return codes
    said = knowledge.pair and passage.search(knowledge.pair, stretch.start, stretch.end, stretch)
    if (said or (len(pair) > 2 and not knowledge.head_final)) and pair and (somewhere or set(codes) <= set(pair)):
        return list(pair)
    if codes and may_act_alone(clause, knowledge):
        return codes
    if not codes and passage.title_actor and len(passage.title_states) == 1:
        return list(passage.title_states)
    if not codes and not closed and len(pair) == 2 and knowledge.settings["sides"].get("elided"):
        return list(pair)
    if not codes and not closed and len(pair) > 2:
        return list(pair)
    if len(codes) == 1 and passage.hero and passage.hero not in codes and not closed:
        return [*codes, passage.hero]
    if closed:
        return codes
    if not codes and passage.hero and len(passage.topic) != 2:
        return [passage.hero]
    topic = passage.topic if len(passage.sentences) > 1 else ()
    if len(topic) == 2 and set(codes) <= set(topic):
        return list(topic)
    if not codes and len(pair) == 2 and clause.index:
        return list(pair)
    own = of_bare_offices(clause.sentence, passage, knowledge)
    return [*codes, *(code for code in own if code not in codes)]
