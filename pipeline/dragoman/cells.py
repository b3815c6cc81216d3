"""What stands in one cell: lists in one string, harmless characters, cells that no spreadsheet runs.

In CSV a list is joined with `;`; inside an item `;` is written `\\;` and `\\` is written `\\\\`. A CSV cell
that a spreadsheet could run as a formula gets a leading apostrophe, and so does one that already looks like a
guarded cell, so that `unguarded` gives back exactly what was there. Parquet holds lists and raw values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HARMFUL = re.compile("[\x00\ud800-\udfff]")
RUNNABLE = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
SUSPECT = frozenset("'=+-@\t\r\n＝＋－＠")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
ESCAPED_OR_END = re.compile(r"\\([\\;])|;")


def harmless(text: str) -> str:
    """Replace NUL and lone surrogates, one for one, by the replacement character."""
    return HARMFUL.sub("\ufffd", text) if HARMFUL.search(text) else text


def joined(items: Iterable[str]) -> str | None:
    """Join the distinct items of a list, sorted; None for an empty list."""
    distinct = sorted(set(map(harmless, items)))
    if not distinct:
        return None
    return ";".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in distinct)


def split(cell: str | None) -> list[str]:
    """Take a joined list apart again."""
    if not cell:
        return []
    if "\\" not in cell:
        return cell.split(";")
    items, begin, current = [], 0, ""
    for match in ESCAPED_OR_END.finditer(cell):
        current += cell[begin : match.start()] + (match[1] or "")
        begin = match.end()
        if match[1] is None:
            items.append(current)
            current = ""
    return [*items, current + cell[begin:]]


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could run; a plain negative number stays."""
    if cell[:1] in SUSPECT and RUNNABLE.match(cell) and not PLAIN_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """Take the apostrophe of `guarded` away again."""
    return cell[1:] if cell.startswith("'") and RUNNABLE.match(cell) else cell
