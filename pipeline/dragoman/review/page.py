"""The page in NiceGUI: one component per window, and what each may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any
from weakref import WeakSet

from fastapi import FastAPI, Response
from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from dragoman.errors import DragomanError
from dragoman.review.desk import Desk, Window
from dragoman.review.preview import Preview
from dragoman.review.views import facts, view

SCRIPTS = (
    ("dragoman.report", "data.js"),
    ("dragoman.report", "marks.js"),
    ("dragoman.report", "theme.js"),
    ("dragoman.review", "completing.js"),
    ("dragoman.review", "form.js"),
    ("dragoman.review", "evidence.js"),
    ("dragoman.review", "desk.js"),
)
STYLES = (("dragoman.report", "style.css"), ("dragoman.review", "style.css"))
Asked = Mapping[str, Any]


class Board(Element, component="board.js"):
    """One window. Everything that it shows is a value of a property: text that the page never reads as code."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self.window = Window()
        self.answered = 0
        self.serial = 0
        self.props["script"] = script

    def tell(self, kind: str, told: Mapping[str, Any]) -> None:
        """Show a view, a meaning or the learning; each is numbered, as all come again with any."""
        self.serial += 1
        self.props[kind] = {**told, "serial": self.serial}
        self.update()


class Pages:
    """All windows of one review."""

    def __init__(self, desk: Desk, *, name: str, preview: Preview, token: str) -> None:
        self.desk = desk
        self.name = name
        self.preview = preview
        self.token = token
        self.boards: WeakSet[Board] = WeakSet()

    def register(self, app: FastAPI) -> None:
        """Add the page and what it fetches to an application."""
        root = f"/{self.token}"

        @ui.page(f"{root}/", title=f"review: {self.name}", dark=None)
        def page() -> None:
            ui.add_head_html(f'<link rel="stylesheet" href="{root}/style.css">')
            board = Board(f"{root}/script.js")
            board.on("ask", lambda event: self._asked(board, event))
            self.boards.add(board)

        self._serve(
            app,
            f"{root}/script.js",
            "text/javascript",
            lambda: f'"use strict";\n{_joined(SCRIPTS)}\nexport {{ start }};\n',
        )
        self._serve(app, f"{root}/style.css", "text/css", lambda: _joined(STYLES))
        self._serve(app, f"{root}/facts.json", "application/json", self._facts)

    def _serve(self, app: FastAPI, path: str, kind: str, make: Callable[[], str]) -> None:
        app.get(path)(lambda: Response(make(), media_type=f"{kind}; charset=utf-8"))

    def _facts(self) -> str:
        told = facts(self.desk.standing, name=self.name)
        return json.dumps({**told, "learn": self.preview.possible}, ensure_ascii=False)

    def _asked(self, board: Board, event: GenericEventArguments) -> None:
        asked: Asked = event.args
        what = str(asked.get("what"))
        if what == "check":
            self._check(board, asked)
        elif what == "learn":
            self.preview.start(lambda told: self._tell_learning(board, told))
        elif what == "stop":
            self.preview.stop()
        else:
            before = self.desk.standing.journal.written
            try:
                self.desk.standing.refresh()
                self._do(what, board.window, asked)
            except (DragomanError, OSError) as error:
                board.window.notice = f"not stored: {error}"
            board.answered = int(asked.get("number") or 0)
            self._show(board)
            if self.desk.standing.journal.written != before:
                self._show_others(board)

    def _do(self, what: str, window: Window, asked: Asked) -> None:
        """Do what changes where a window is or what is on disk."""
        desk, event_id = self.desk, str(asked.get("event") or "")
        match what:
            case "open":
                desk.open(window, tab=str(asked.get("tab")), choice=_table(asked.get("choice")), event=event_id)
            case "filter":
                desk.filter(window, _table(asked.get("choice")))
            case "judge":
                desk.judge(window, event_id, str(asked.get("verdict")))
            case "fix":
                desk.fix(window, event_id, _texts(asked.get("slots")))
            case "add":
                desk.add(window, event_id, int(asked["start"]), int(asked["end"]), _texts(asked.get("slots")))
            case "withdraw":
                desk.withdraw(window, event_id)
            case "undo":
                desk.undo(window)
            case "step":
                desk.step(window, int(asked["by"]))
            case "page":
                desk.turn(window, int(asked["by"]))
            case "go":
                desk.go(window, event_id)
            case "whole":
                window.whole = not window.whole

    def _check(self, board: Board, asked: Asked) -> None:
        slot, text = str(asked.get("slot")), str(asked.get("text"))
        meaning = self.desk.check(str(asked.get("event") or ""), slot, text, new=bool(asked.get("new")))
        board.tell("meaning", {**meaning, "number": asked.get("number")})

    def _show(self, board: Board) -> None:
        board.tell("view", {**view(self.desk, board.window), "answered": board.answered})

    def _show_others(self, board: Board) -> None:
        for other in list(self.boards):
            if other is not board and not other.is_deleted and other.window.tab:
                self._show(other)

    def _tell_learning(self, board: Board, told: Mapping[str, Any]) -> None:
        if not board.is_deleted:
            board.tell("learning", told)


def _joined(parts: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(resources.files(package).joinpath(name).read_text("utf-8") for package, name in parts)


def _table(asked: Any) -> Mapping[str, Any]:
    return asked if isinstance(asked, dict) else {}


def _texts(asked: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in _table(asked).items()}
