"""What `dragoman learn` would propose from the corrections so far: that command, run aside, accepting nothing."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dragoman.cells import harmless

Told = Callable[[Mapping[str, Any]], None]
LONGEST = 200_000
NEXT = re.compile(r"\n(?! )")
PROPOSAL = re.compile(r"\w+ \S+: \{")
REFUSED = "\n  refused: "


class Preview:
    """One run of `dragoman learn` at a time; whoever asks again sees the one that is going on."""

    def __init__(self, *, corrections: Path, inputs: Sequence[str]) -> None:
        self.possible = find_spec("dragoman.commands.learn") is not None
        self._arguments = ["learn", "--corrections", str(corrections)]
        for given in inputs:
            self._arguments += ["--articles", given]
        self._text = ""
        self._told: Told = lambda _: None
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    def start(self, told: Told) -> None:
        """Run it and tell its lines as they come."""
        self._told = told
        if self._task is None or self._task.done():
            self._text = ""
            self._task = asyncio.create_task(self._run())
        self._tell(running=True)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _run(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "dragoman",
            *self._arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self._text = (self._text + line.decode("utf-8", "replace"))[-LONGEST:]
            self._tell(running=True)
        code = await self._process.wait()
        self._process = None
        self._tell(running=False, done=_ending(code))

    def _tell(self, *, running: bool, done: str = "") -> None:
        self._told({**sorted_out(self._text), "running": running, "done": done})


def sorted_out(text: str) -> dict[str, list[str]]:
    """Take apart what `dragoman learn` tells: the proposals that pass its gate, those refused, and the rest."""
    found: dict[str, list[str]] = {"passed": [], "refused": [], "rest": []}
    for block in NEXT.split(text.strip()):
        kind = "rest" if not PROPOSAL.match(block) else "refused" if REFUSED in block else "passed"
        found[kind].append(harmless(block))
    return found


def _ending(code: int) -> str:
    if code < 0:
        return "stopped"
    if code:
        return f"dragoman learn ended with {code}; the last line says why"
    return "nothing was changed; to accept proposals, run dragoman learn in a terminal"
