"""Tools that keep one file per article: how the files are called, and what an index beside them remembers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from dragoman.annotations.marked import Marked
from dragoman.errors import UsageError

INDEX = "documents.json"
UNUSUAL = re.compile(r"[^\w.-]+")


def file_name(doc_id: str) -> str:
    """Return a name for an article's files that any file system takes and no other article has."""
    readable = UNUSUAL.sub("_", doc_id).strip("._")[-60:]
    return f"{readable}-{hashlib.sha256(doc_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def opened(output: Path) -> Path:
    """Make the folder, which must be new or empty."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError(f"{output}: is there already; name another --output")
    output.mkdir(parents=True, exist_ok=True)
    return output


def write_index(output: Path, facts: Mapping[str, Mapping[str, str]]) -> None:
    """Write which file is which article."""
    (output / INDEX).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def read_index(path: Path) -> dict[str, dict[str, str]]:
    """Read the index; empty where there is none."""
    file = path / INDEX
    if not file.is_file():
        return {}
    try:
        facts: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(f"{file}: not valid JSON ({error}); restore it or remove it") from error
    return facts


def named(name: str, text: str, facts: Mapping[str, str]) -> Marked:
    """Make the article without its marks; a file that the index does not know is called by its name."""
    return Marked(facts.get("doc_id", name), text, facts.get("language"), facts.get("title"), facts.get("published"))
