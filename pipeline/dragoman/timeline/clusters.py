"""Gather the mentions of one bucket (same type, sides, modality and polarity) into happenings.

Three rounds, each more daring and each asking for more: the same date; a coarser date around a single finer
one; for what happens once in history, two days less than a month apart (kept as a conflict). A mention that
could belong to two happenings belongs to neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice, takewhile

from dragoman.intervals import Interval
from dragoman.ontology import EventType
from dragoman.timeline.agreement import COUNT, DIRECTION, WEAK_TIES, coarser, compare, enough
from dragoman.timeline.mentions import DAY, LONG, Mention, Slots, plain_date

NEAR_DAYS = 31
MOST_CANDIDATES = 500
# What is left of the surest mention's confidence after a more daring join.
CONTAINED, NEAR = 0.9, 0.8


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions of one happening. `why` says for each mention's first event_id what made it join.

    `finest` is the mention with the most exact date.
    """

    mentions: list[Mention]
    slots: dict[Slots, None]
    documents: set[str]
    sentences: set[tuple[str, int]]
    finest: Mention
    why: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    disputed: set[str] = field(default_factory=set)
    daring: float = 1.0

    @classmethod
    def of(cls, mention: Mention) -> Cluster:
        return cls(
            mentions=[mention],
            slots={mention.slots: None},
            documents={source.doc_id for source in mention.sources},
            sentences={(source.doc_id, source.sentence_start) for source in mention.sources},
            finest=mention,
        )

    @property
    def interval(self) -> Interval:
        interval = self.finest.interval
        assert interval is not None
        return interval

    def take_in(self, other: Cluster, reasons: Iterable[str]) -> None:
        for mention in other.mentions:
            event_id = mention.sources[0].event_id
            self.why[event_id] |= {*reasons, *other.why.get(event_id, ())}
        self.finest = min(self.finest, other.finest, key=_fineness)
        self.mentions += other.mentions
        self.slots |= other.slots
        self.documents |= other.documents
        self.sentences |= other.sentences
        self.disputed |= other.disputed
        self.daring = min(self.daring, other.daring)


def _fineness(mention: Mention) -> tuple[float, bool, str, str]:
    days = mention.interval.days if mention.interval else float("inf")
    return days, mention.date != plain_date(mention.date), mention.date or "", mention.sources[0].event_id


def gather(mentions: Iterable[Mention], event_type: EventType) -> list[Cluster]:
    """Gather the dated mentions of one bucket."""
    clusters = [cluster for same_date in _by_date(mentions) for cluster in _same_date(same_date, event_type)]
    clusters = _around(clusters, event_type)
    if event_type.recurs == "never":
        clusters = _near(clusters, event_type)
    return clusters


def _by_date(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    dated: dict[tuple[str, Interval | None], list[Mention]] = defaultdict(list)
    for mention in mentions:
        dated[plain_date(mention.date), mention.interval].append(mention)
    yield from dated.values()


def _same_date(mentions: list[Mention], event_type: EventType) -> list[Cluster]:
    """Gather mentions of one date, the most telling first."""
    clusters: list[Cluster] = []
    by_slots: dict[Slots, list[Cluster]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda each: (-each.slots.filled, each.sources[0].event_id)):
        new = Cluster.of(mention)
        found = _fitting(new, by_slots[mention.slots], event_type) or _fitting(new, clusters, event_type)
        if chosen := _only(found):
            cluster, ties = chosen
            _join(cluster, new, {"same-date", *ties}, event_type)
        else:
            cluster = new
            clusters.append(new)
        if cluster not in by_slots[mention.slots]:
            by_slots[mention.slots].append(cluster)
    return clusters


def _fitting(new: Cluster, clusters: Iterable[Cluster], event_type: EventType) -> list[tuple[Cluster, set[str]]]:
    """List the clusters that a new one fits, with the ties."""
    compared = ((cluster, _ties(cluster, new, event_type)) for cluster in clusters)
    return [(cluster, ties) for cluster, ties in compared if ties is not None]


def _only(found: list[tuple[Cluster, set[str]]]) -> tuple[Cluster, set[str]] | None:
    """Return the only cluster that fits, or the only one that more than side and place speak for."""
    if len(found) > 1:
        found = [(cluster, ties) for cluster, ties in found if ties - WEAK_TIES]
    return found[0] if len(found) == 1 else None


def _ties(one: Cluster, other: Cluster, event_type: EventType) -> set[str] | None:
    """Return what ties two clusters together, None if they do not make one happening."""
    if one.sentences & other.sentences:
        return None
    grain = coarser(one.finest.grain, other.finest.grain)
    one_document = bool(one.documents & other.documents)
    ties: set[str] = set()
    for mine in one.slots:
        for theirs in other.slots:
            found = compare(mine, theirs, event_type)
            one_signing = grain == DAY and not one_document and mine.instruments == theirs.instruments
            if found.against - ({COUNT} if one_signing else set()):
                return None
            ties |= found.ties
    sides = len(one.mentions[0].participants)
    if one_document and len(other.mentions) == 1 and _takes_up(one, other.mentions[0]):
        return ties | {"taken-up"}
    ok = enough(ties, grain=grain, event_type=event_type, sides=sides, one_document=one_document)
    return ties if ok else None


def _takes_up(cluster: Cluster, mention: Mention) -> bool:
    return mention.refers_back and any(plain_date(each.date) == plain_date(mention.date) for each in cluster.mentions)


def _join(cluster: Cluster, other: Cluster, reasons: Iterable[str], event_type: EventType) -> None:
    for mine in cluster.slots:
        for theirs in other.slots:
            cluster.disputed |= compare(mine, theirs, event_type).against
    cluster.take_in(other, reasons)


def _around(clusters: list[Cluster], event_type: EventType) -> list[Cluster]:
    """Join a cluster of a coarser date to the one finer cluster inside it that it is compatible with."""
    by_length = sorted(clusters, key=lambda each: (each.interval.days, _fineness(each.finest)))
    done: list[Cluster] = []
    for _, level in groupby(by_length, key=lambda each: each.interval.days):
        done.sort(key=_beginning)
        lonely: list[Cluster] = []
        wanted: dict[int, list[tuple[Cluster, Cluster, set[str]]]] = defaultdict(list)
        for coarse in level:
            found = _fitting(coarse, _inside(coarse, done), event_type)
            if chosen := _only(found):
                wanted[id(chosen[0])].append((chosen[0], coarse, chosen[1]))
            else:
                lonely.append(coarse)
        for suitors in wanted.values():
            fine, coarse, ties = suitors[0]
            if len(suitors) > 1:
                lonely += [suitor for _, suitor, _ in suitors]
                continue
            _join(fine, coarse, {"contains-date", *ties}, event_type)
            fine.daring = min(fine.daring, CONTAINED)
        done += lonely
    return done


def _inside(coarse: Cluster, finer: list[Cluster]) -> list[Cluster]:
    """List the clusters within a coarser one's time; none where they are too many to be told apart."""
    if coarse.finest.grain == LONG:
        return []
    first = bisect_left(finer, coarse.interval.first or 0, key=lambda each: each.interval.first or 0)
    found: list[Cluster] = []
    for candidate in islice(finer, first, None):
        if (candidate.interval.first or 0) > (coarse.interval.last or 0):
            break
        if coarse.interval.contains(candidate.interval):
            found.append(candidate)
            if len(found) > MOST_CANDIDATES:
                return []
    return found


def _beginning(cluster: Cluster) -> tuple[int, tuple[float, bool, str, str]]:
    return cluster.interval.first or 0, _fineness(cluster.finest)


def _near(clusters: list[Cluster], event_type: EventType) -> list[Cluster]:
    """Join two days less than a month apart, told by different articles, of what happens only once."""
    days = sorted((each for each in clusters if each.finest.grain == DAY), key=_beginning)
    gone: set[int] = set()
    for index, cluster in enumerate(days):
        others = [other for other in _neighbours(index, days) if id(other) not in gone]
        if len(others) != 1 or id(cluster) in gone or cluster.documents & others[0].documents:
            continue
        ties = _ties(cluster, others[0], event_type)
        undirected = event_type.direction == "directed" and DIRECTION not in (ties or ())
        if ties is None or undirected or len(_neighbours(days.index(others[0]), days)) != 1:
            continue
        _join(cluster, others[0], {"near-date", *ties}, event_type)
        cluster.disputed.add("date")
        cluster.daring = NEAR
        gone.add(id(others[0]))
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _neighbours(index: int, days: list[Cluster]) -> list[Cluster]:
    """List the clusters that begin at most NEAR_DAYS before or after one; `days` are in order."""
    here = days[index].interval.first or 0
    before = takewhile(lambda each: here - (each.interval.first or 0) <= NEAR_DAYS, reversed(days[:index]))
    after = takewhile(lambda each: (each.interval.first or 0) - here <= NEAR_DAYS, days[index + 1 :])
    return [*before, *after]
