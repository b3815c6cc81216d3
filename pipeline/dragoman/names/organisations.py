"""Missions, ministries and parliaments named with their state or their seat: one organisation each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.morphology import NOMINATIVE
from dragoman.names.owners import Neighbours, choose_owner
from dragoman.names.scan import Hit, Scanner

HEAD_KINDS: Mapping[str, str] = {"missions": "mission", "ministries": "ministry", "parliaments": "parliament"}


@dataclass(frozen=True, slots=True)
class Institution:
    """An organisation made of a head word and the states around it. `owner` is its state's hit, if named."""

    start: int
    stem_end: int
    end: int
    kind: str
    head: Hit
    owner: Hit | None


def institutions(scanner: Scanner, text: str, hits: Sequence[Hit], neighbours: Neighbours) -> list[Institution]:
    """Find every head word that has a state or a seat right beside it, or is a name by itself."""
    definite = scanner.words("definite")
    alone = scanner.words("alone_heads")
    plurals = tuple(scanner.words("plural_ends"))
    found = []
    for head in hits:
        kind = HEAD_KINDS.get(head.kind)
        if kind is None:
            continue
        several = head.ending.plural or (head.name.folded.endswith(plurals) and text[head.start].islower())
        if plurals and several:
            continue
        before = neighbours.before(head.start)
        while kind != "mission" and before and before[0].case == "locative":
            before.pop(0)
        while kind == "mission" and _two_states(before):
            before.pop(0)
        seat = kind == "mission"
        after = list(neighbours.behind(head.end, seat=seat).hits) if head.end == head.stem_end else []
        start = before[0].start if before else head.start
        single = head.name.folded in alone and text[head.start].isupper()
        if not before and not after and not single and not _named_alone(text, head):
            continue
        if (
            definite
            and not single
            and not _definite(text, head, before, after, neighbours.word_before(start) in definite)
        ):
            continue
        stem_end, end = (after[-1].stem_end, after[-1].end) if after else (head.stem_end, head.end)
        of = neighbours.behind(head.end, seat=False).hits if after else ()  # where it sits is not whose it is
        found.append(Institution(start, stem_end, end, kind, head, choose_owner(before) or choose_owner(of)))
    return found


def _two_states(before: Sequence[Hit]) -> bool:
    """Tell whether the first of two bare states stands outside the name: the subject before its object."""
    return len(before) > 1 and all(hit.kind == "state" and hit.case == NOMINATIVE for hit in before[:2])


def _definite(text: str, head: Hit, before: Sequence[Hit], after: Sequence[Hit], article: bool) -> bool:
    """In a language with articles: one certain institution, not "a consulate in X" or "another embassy"."""
    if before and after:
        return True
    if before:
        return article or before[0].case == "genitive" or head.kind != "missions"
    return text[head.start].isupper() and (article or head.kind != "missions")


def _named_alone(text: str, head: Hit) -> bool:
    """A ministry or parliament of several words with capitals is a name without its state too."""
    words = [word for word in text[head.start : head.stem_end].split() if len(word) > 3]
    if head.kind == "missions" or len(words) < 2:
        return False
    return all(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)
