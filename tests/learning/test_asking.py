"""On a terminal each proposal is asked about: what is accepted is written, also where somebody breaks off."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_models import article, small_models

from dragoman.learning.gold import text_hash

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

QUESTION = b"accept? [y/N]: "
LONGEST = 120  # seconds
DOCUMENTS = [
    article(1, "Chile and Peru brokered a treaty on trade in 1998.", "brokered"),
    article(2, "In 1998 Chile brokered an agreement with Peru.", "brokered"),
    article(3, "In 1998 Chile penned a treaty with Peru.", "penned"),
    article(4, "Chile and Peru penned a protocol in 1998.", "penned"),
]


def command(folder: Path) -> list[str]:
    """Write articles and corrections, and return the command that learns from them."""
    small_models(folder)
    for name in ("articles", "corrections"):
        (folder / name).mkdir()
    lines = []
    for document in DOCUMENTS:
        (folder / "articles" / f"{document.id}.txt").write_text(document.text, "utf-8")
        (event,) = document.events
        trigger = document.text[event.start : event.end]
        values = {"type": event.type, "trigger": trigger, "date": "1998", "participants": ["CHL", "PER"]}
        place = {"start": event.start, "end": event.end, "language": "en"}
        told = {"doc_id": f"{document.id}.txt", "sha256": text_hash(document.text), "verdict": "missing"}
        lines.append(json.dumps({**told, **place, "values": values}))
    (folder / "corrections" / "x.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "gold.jsonl").write_text("", "utf-8")
    options = {name: folder / name for name in ("models", "corrections", "articles")} | {"gold": folder / "gold.jsonl"}
    told = [part for name, path in options.items() for part in (f"--{name}", str(path))]
    return [sys.executable, "-m", "dragoman", "learn", "--language", "en", *told]


def answered(folder: Path, answers: list[bytes]) -> tuple[int, str]:
    """Run the command on a terminal and type one answer at each question; return its exit code and what it showed."""
    keyboard, terminal = pty.openpty()
    running = subprocess.Popen(
        command(folder), stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    shown, asked, late = b"", 0, time.monotonic() + LONGEST
    while time.monotonic() < late:
        if not select.select([keyboard], [], [], 0.5)[0]:
            continue
        try:
            part = os.read(keyboard, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
        while shown.count(QUESTION) > asked:
            os.write(keyboard, answers[asked] if asked < len(answers) else b"\x04")
            asked += 1
    if time.monotonic() >= late:
        running.kill()
    os.close(keyboard)
    return running.wait(timeout=10), shown.decode()


def learned(folder: Path) -> list[str]:
    path = folder / "models" / "en" / "learned.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [json.loads(line)["trigger"][0].split("<")[0] for line in lines]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([b"n\n", b"y\n"], ["penned"]),
        ([b"y\n", b"\n"], ["brokered"]),
        ([b"maybe\n", b"y\n", b"y\n"], ["brokered", "penned"]),
    ],
)
def test_what_is_accepted_at_the_terminal_is_written(answers: list[bytes], expected: list[str], tmp_path: Path) -> None:
    code, shown = answered(tmp_path, answers)

    assert (code, learned(tmp_path)) == (0, expected), shown
    assert f"en: {len(expected)} accepted" in shown


def test_breaking_off_keeps_what_was_accepted_before(tmp_path: Path) -> None:
    code, shown = answered(tmp_path, [b"y\n", b"\x04"])

    assert (code, learned(tmp_path)) == (130, ["brokered"]), shown
    assert "broken off; accepted before: 1" in shown
