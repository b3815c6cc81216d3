"""Reviewing, without the page: what a window may ask for.

A word is on disk before the window that gave it is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dragoman.learning.corrections import WITHDRAWN, Correction
from dragoman.listing import Row
from dragoman.review import slots
from dragoman.review.choosing import Choice
from dragoman.review.material import EMPTY
from dragoman.review.standing import Standing, added_id

PAGE = 60
"""Rows of the list that are shown at a time."""


@dataclass(slots=True)
class Window:
    """One page in a browser: what it filters by, lists and shows. `tab` outlives a reload.

    `notice` and `problems` (by slot) are what the last request came to.
    """

    tab: str = ""
    choice: Choice = field(default_factory=Choice)
    listed: list[str] = field(default_factory=list)
    current: str | None = None
    whole: bool = False
    notice: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> int | None:
        """Where the event that is shown stands in the list."""
        return self.listed.index(self.current) if self.current in self.listed else None


class Desk:
    """The review of one run. `today` gives the ISO day that is noted with a correction."""

    def __init__(self, standing: Standing, *, today: Callable[[], str]) -> None:
        self.standing = standing
        self.today = today
        self.history: dict[str, list[list[tuple[Correction, Correction | None]]]] = {}
        """By tab, what was said, with one's word before."""

    def open(self, window: Window, *, tab: str, choice: Mapping[str, Any], event: str | None) -> None:
        """Begin in a window, where it was before if it was."""
        window.tab = tab
        self.filter(window, choice)
        if event in self.standing.rows:
            window.current = event

    def filter(self, window: Window, choice: Mapping[str, Any]) -> None:
        """List what a choice takes, and go to the first of it that is open."""
        standing = self.standing
        window.choice = Choice.of(choice)
        window.listed = [
            event_id
            for event_id in self._ordered(window.choice)
            if window.choice.takes(
                row := standing.rows[event_id], standing.article(row), judged=standing.judged(event_id)
            )
        ]
        first = next(iter(window.listed), None)
        window.current = next((each for each in window.listed if not standing.judged(each)), first)

    def _ordered(self, choice: Choice) -> Iterable[str]:
        material = self.standing.material
        return material.bare if choice.state == "bare" else [*self.standing.added, *material.orders[choice.order]]

    def judge(self, window: Window, event_id: str, verdict: str) -> None:
        """Call the event that a window shows right or wrong, and go on."""
        if event_id != window.current or event_id not in self.standing.rows or verdict not in ("right", "wrong"):
            return
        if event_id in self.standing.material.bare:
            window.notice = "no event was read here: j goes on, a adds one"
            return
        if event_id not in self.standing.added:
            self._say(window, [self._verdict(event_id, verdict)])
        elif verdict == "wrong":
            self.withdraw(window, event_id)
            return
        self._go_on(window)

    def _verdict(self, event_id: str, verdict: str) -> Correction:
        """Make a verdict; who calls an event right that somebody fixed means the event as it now stands."""
        row, word = self.standing.rows[event_id], self.standing.word(event_id)
        if verdict == "right" and word is not None and word.verdict == "fixed":
            return replace(self.standing.correction(row, "fixed", at=self.today()), values=word.values)
        return self.standing.correction(row, verdict, at=self.today())

    def fix(self, window: Window, event_id: str, typed: Mapping[str, str]) -> None:
        """Take in the slots that differ from the row as it was read, and go on; none if one is not understood."""
        if event_id not in self.standing.rows or event_id in self.standing.material.bare:
            return
        row = self.standing.rows[event_id]
        added = event_id in self.standing.added
        understood = self._read(typed, EMPTY if added else row, row)
        window.problems = understood.problems
        if understood.problems:
            return
        if added:
            self._change_added(window, event_id, understood.values)
        elif understood.values:
            word = self.standing.correction(row, "fixed", at=self.today())
            self._say(window, [replace(word, values=understood.values)])
        elif (own := self.standing.own(event_id)) is not None and own.verdict == "fixed":
            self.withdraw(window, event_id)
            return
        else:
            window.notice = "nothing is changed: press r if the event is right as it was read"
            return
        self._go_on(window)

    def add(self, window: Window, beside: str, start: int, end: int, typed: Mapping[str, str]) -> None:
        """Take in an event that the program did not find, told by text[start:end] of another event's article."""
        row = self.standing.rows.get(beside)
        blank = self.standing.blank(row["doc_id"], start, end) if row else None
        if blank is None:
            window.notice = "select the word that tells the event in the text"
            return
        understood = self._read(typed, EMPTY, blank)
        window.problems = understood.problems
        if "type" not in understood.values and "type" not in understood.problems:
            window.problems = {**understood.problems, "type": "choose a type"}
        if window.problems:
            return
        word = self.standing.correction(blank, "missing", at=self.today())
        word = replace(word, values={**understood.values, "trigger": blank["trigger"]})
        self._say(window, [word])
        event_id = added_id(word.place)
        if event_id not in window.listed:
            window.listed.insert(0 if window.place is None else window.place + 1, event_id)
        window.notice = f"added: {understood.values['type']}, {blank['trigger']}"

    def withdraw(self, window: Window, event_id: str) -> None:
        """Take back one's own word on an event."""
        own = self.standing.own(event_id) if event_id in self.standing.rows else None
        if own is None:
            window.notice = "nobody at this page judged this event: there is nothing to take back"
            return
        self._say(window, [replace(own, verdict=WITHDRAWN, at=self.today())])
        self._forget_gone(window)
        window.notice = "taken back"

    def undo(self, window: Window) -> None:
        """Undo what was done last in this window, unless it was done over elsewhere since."""
        history = self.history.get(window.tab, [])
        if not history:
            window.notice = "there is nothing to undo in this window"
            return
        last = history.pop()
        journal = self.standing.journal
        if any(journal.own(word.place) != (None if word.verdict == WITHDRAWN else word) for word, _ in last):
            window.notice = "this was changed in another window since: it is not undone"
            return
        self.standing.write(
            [replace(word, verdict=WITHDRAWN, at=self.today()) if own is None else own for word, own in last]
        )
        undone = [self.standing.at(word.place) for word, _ in last]
        window.current = next((event_id for event_id in undone if event_id), window.current)
        self._forget_gone(window)
        window.notice = "undone"

    def step(self, window: Window, by: int) -> None:
        """Go some events on or back in the list, judged or not."""
        if window.listed:
            place = -1 if window.place is None else window.place
            window.current = window.listed[min(max(place + by, 0), len(window.listed) - 1)]

    def turn(self, window: Window, by: int) -> None:
        """Go to the first event of another page of the list."""
        page = (window.place or 0) // PAGE + by
        if 0 <= page * PAGE < len(window.listed):
            window.current = window.listed[page * PAGE]

    def go(self, window: Window, event_id: str) -> None:
        """Show an event, in the list or not."""
        if event_id in self.standing.rows:
            window.current = event_id

    def check(self, event_id: str | None, slot: str, typed: str, *, new: bool) -> Row:
        """Say what a slot means while it is typed."""
        row = self.standing.rows.get(event_id or "", EMPTY)
        before = EMPTY if new or event_id in self.standing.added else row
        return slots.meaning(slot, typed, before, language=row["language"], published=self._published(row))

    def _read(self, typed: Mapping[str, str], before: Row, row: Row) -> slots.Typed:
        return slots.read_typed(typed, before, language=row["language"], published=self._published(row))

    def _published(self, row: Row) -> str | None:
        return self.standing.article(row)["published"] if row["doc_id"] else None

    def _say(self, window: Window, words: list[Correction]) -> None:
        """Write what says something new, and remember what it undoes."""
        own = [self.standing.journal.own(word.place) for word in words]
        fresh = [(new, old) for new, old in zip(words, own, strict=True) if old is None or old.content != new.content]
        if fresh:
            self.standing.write([new for new, _ in fresh])
            self.history.setdefault(window.tab, []).append(fresh)

    def _change_added(self, window: Window, event_id: str, values: Mapping[str, Any]) -> None:
        """Change an event that one added; with another type it has another place."""
        old = self.standing.own(event_id)
        if old is None:
            window.notice = "another person added this event; it is theirs to change"
            return
        new = replace(old, values={**values, "trigger": old.values["trigger"]}, at=self.today())
        gone = [] if new.place == old.place else [replace(old, verdict=WITHDRAWN, at=self.today())]
        self._say(window, [new, *gone])
        window.listed = [added_id(new.place) if each == event_id else each for each in window.listed]
        window.current = added_id(new.place)

    def _go_on(self, window: Window) -> None:
        """Go to the next event of the list that is open, from its beginning again if need be."""
        place = -1 if window.place is None else window.place
        onward = [*window.listed[place + 1 :], *window.listed[: max(place, 0)]]
        following = next((each for each in onward if not self.standing.judged(each)), None)
        if following is None:
            window.notice = "all of this list is judged"
        else:
            window.current = following

    def _forget_gone(self, window: Window) -> None:
        """Take events out of the list that were added and taken back."""
        place = window.place or 0
        window.listed = [each for each in window.listed if each in self.standing.rows]
        if window.current not in self.standing.rows:
            window.current = window.listed[min(place, len(window.listed) - 1)] if window.listed else None
