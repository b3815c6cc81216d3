"""Write accepted lines to `models/<language>/learned.jsonl`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def append(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Append lines to a file of learned rules: written aside and moved, so that it is never half there."""
    added = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if not added:
        return
    before = path.read_text("utf-8") if path.is_file() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(before + added, "utf-8", newline="\n")
    os.replace(aside, path)
