"""A review that is going on: the program as a user starts it, and windows of a browser on its page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from dragoman.learning.corrections import Correction, load

ANSWERED = "document.getElementById('review').dataset.answered"
MEANT = "(({ asked, meant }) => asked === meant)(document.getElementById('form').dataset)"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/")


class Program:
    """`dragoman review` in a process of its own."""

    def __init__(self, run: Path, corrections: Path, *more: str) -> None:
        self.run, self.corrections, self.more = run, corrections, more
        self.begin()

    def begin(self) -> None:
        command = [sys.executable, "-m", "dragoman", "review", self.run, "--corrections", self.corrections]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
        self.process = subprocess.Popen(
            [*map(str, command), "--no-browser", *self.more],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        told = ""
        for line in self.process.stdout:
            told += line
            if found := ADDRESS.search(line):
                self.address, self.port, self.token = found[0], int(found[1]), found[2]
                return
        raise AssertionError(told)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    @property
    def stored(self) -> tuple[Correction, ...]:
        return load(self.corrections)

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is on disk: verdict and trigger, line by line."""
        return [(word.verdict, str(word.row.get("trigger") or word.values["trigger"])) for word in self.stored]


class View:
    """A window on the page, with all that it asked for and complained about."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.pressed = 0
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("#review[data-answered]", timeout=60_000)

    def press(self, *keys: str) -> None:
        """Press keys that are each answered by another view."""
        for key in keys:
            before = self.page.evaluate(ANSWERED)
            self.key(key)
            self.page.wait_for_function(f"{ANSWERED} !== {json.dumps(before)}")

    def key(self, *keys: str) -> None:
        """Press keys that the page answers by itself."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, slot_key: str, text: str) -> None:
        """Go to a slot by its key and type over what stands there; what is offered is taken."""
        self.key(slot_key)
        self.type(text)

    def type(self, text: str) -> None:
        """Type into the slot, and wait till the page says what it means."""
        self.page.keyboard.type(text)
        self.page.wait_for_function(MEANT)

    def filter(self, name: str, value: str) -> None:
        before = self.page.evaluate(ANSWERED)
        field = self.page.locator(f"#filter-{name}")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Enter")
        self.page.wait_for_function(f"{ANSWERED} !== {json.dumps(before)}")

    def select(self, words: str) -> None:
        """Select words of the text as a mouse would."""
        self.page.evaluate(SELECT, words)
        self.page.locator("#pick").wait_for(state="visible")

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def slot(self, name: str) -> str:
        return str(self.page.locator(f"#slot-{name}").input_value())

    @property
    def event(self) -> str:
        """The trigger of the event that is shown."""
        return self.text("#form h2 bdi")

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.page.locator("#queue-list li").all_inner_texts()]


SELECT = """
(words) => {
  const host = document.querySelector("#text p[lang]");
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentNode.closest("small") ? -1 : node.data.indexOf(words);
    if (place < 0) continue;
    getSelection().setBaseAndExtent(node, place, node, place + words.length);
    return;
  }
  throw new Error(`not in the text: ${words}`);
}
"""
ANSWER = """
(key) => new Promise((resolve) => {
  const review = document.getElementById("review");
  const begun = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  }).observe(review, { attributeFilter: ["data-answered"] });
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
})
"""
