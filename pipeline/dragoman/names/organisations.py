"""Missions, ministries and parliaments named with their state or their seat: one organisation each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.names.lexicon import Lexicon
from dragoman.names.scan import Hit

PLACES = frozenset({"state", "nationality", "capital", "city", "region"})
HEAD_KINDS: Mapping[str, str] = {"missions": "mission", "ministries": "ministry", "parliaments": "parliament"}
OWNERS = 3  # states and seats at most before a head


@dataclass(frozen=True, slots=True)
class Institution:
    """An organisation made of a head word and the states around it. `owner` is its state's hit, if named."""

    start: int
    stem_end: int
    end: int
    kind: str
    head: Hit
    owner: Hit | None


def institutions(text: str, view: str, hits: Sequence[Hit], lexicon: Lexicon) -> list[Institution]:
    """Find every head word that has a state or a seat right beside it."""
    places = [hit for hit in hits if hit.kind in PLACES]
    ending_at = _longest_by_end(places)
    starting_at = _longest_by_start(places)
    found = []
    for head in hits:
        kind = HEAD_KINDS.get(head.kind)
        if kind is None:
            continue
        before = _before(view, text, head, ending_at)
        after = _after(view, text, head, starting_at, lexicon) if head.end == head.stem_end else []
        if not before and not after and not _named_alone(text, head):
            continue
        start = before[0].start if before else head.start
        stem_end, end = (after[-1].stem_end, after[-1].end) if after else (head.stem_end, head.end)
        found.append(Institution(start, stem_end, end, kind, head, _owner(before, after)))
    return found


def _before(view: str, text: str, head: Hit, ending_at: Mapping[int, Hit]) -> list[Hit]:
    """Collect the places written directly before a head, the leftmost first."""
    chain: list[Hit] = []
    start = head.start
    while len(chain) < OWNERS:
        gap = start
        while gap > 0 and text[gap - 1] in " \u00a0":
            gap -= 1
        hit = ending_at.get(gap)
        if hit is None or gap == start or start - gap > 2:
            break
        if hit.case not in ("nominative", "genitive", "locative") or hit.ending.derived:
            break
        chain.insert(0, hit)
        start = hit.start
    return chain


def _after(view: str, text: str, head: Hit, starting_at: Mapping[int, Hit], lexicon: Lexicon) -> list[Hit]:
    """Collect the places linked behind a head: of X, in Y."""
    chain: list[Hit] = []
    end = head.end
    contexts = lexicon.contexts
    links = sorted({*contexts.get("head_of", ()), *contexts.get("head_in", ())}, key=len, reverse=True)
    while len(chain) < 2:
        for link in links:
            start = end + len(link) + 2
            if view[end:start] == f" {link} " and start in starting_at and "\n" not in text[end:start]:
                chain.append(starting_at[start])
                end = starting_at[start].end
                break
        else:
            break
    return chain


def _owner(before: Sequence[Hit], after: Sequence[Hit]) -> Hit | None:
    """Choose whose institution it is: the state that owns it, not the one it sits in."""
    owners = [hit for hit in before if hit.case != "locative" and hit.kind in ("state", "nationality")]
    if owners:
        return owners[-1] if len(owners) == 1 else owners[0]
    rest = [hit for hit in (*after, *before) if hit.case != "locative"]
    return rest[0] if rest else None


def _named_alone(text: str, head: Hit) -> bool:
    """A ministry or parliament of several words with capitals is a name without its state too."""
    words = text[head.start : head.stem_end].split()
    if head.kind == "missions" or len(words) < 2:
        return False
    return all(word[0].isupper() or len(word) < 4 or not word[0].isalpha() for word in words) or not any(
        word[0].islower() or word[0].isupper() for word in words
    )


def _longest_by_end(hits: Sequence[Hit]) -> dict[int, Hit]:
    found: dict[int, Hit] = {}
    for hit in hits:
        if hit.end not in found or hit.start < found[hit.end].start:
            found[hit.end] = hit
    return found


def _longest_by_start(hits: Sequence[Hit]) -> dict[int, Hit]:
    found: dict[int, Hit] = {}
    for hit in hits:
        if hit.start not in found or hit.end > found[hit.start].end:
            found[hit.start] = hit
    return found
