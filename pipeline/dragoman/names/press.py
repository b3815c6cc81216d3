"""Who reports: web sites, and the unknown names in the phrases with which a text gives its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dragoman.names.lexicon import PRESS
from dragoman.names.ranges import Ranges
from dragoman.names.scan import Hit, Scanner
from dragoman.records import Entity

KINDS = frozenset(PRESS)
QUOTED = re.compile(r"[\"“«„]([^\W\d_][^\"“”«»„\n]{1,40})[\"”»“](?:-?\w{1,4})?$")
LONGEST = 50  # characters looked at before a word of the press
SHORT = 3  # letters of an ending that with a capital may be the first word of a sentence
WORDS = 3  # of a name without quotation marks
SITE = re.compile(r"[^\W_][\w-]+$")
ENDING = re.compile(r"(?:-\w{1,5})?(?![\w/@])")


def press(scanner: Scanner, text: str, hits: Sequence[Hit], taken: Iterable[Entity]) -> list[Entity]:
    """Find the sites and the sources of a text; a source without quotation marks only beside other names."""
    if not scanner.cased:
        return []
    spans = [*_sites(scanner, text)]
    if any(hit.kind in KINDS for hit in hits):
        known = Ranges([*((entity.start, entity.end) for entity in taken), *spans])
        spans += [span for hit in hits if hit.kind in KINDS and (span := _source(text, hit, known))]
    return [Entity(start, end, text[start:end], "ORG", text[start:end], None, "organisation") for start, end in spans]


def _source(text: str, hit: Hit, known: Ranges) -> tuple[int, int] | None:
    """Return the name in quotation marks, or the capitalised words right before the phrase."""
    first = max(0, hit.start - 1 - LONGEST)
    quoted = QUOTED.search(text[first : max(0, hit.start - 1)])
    if quoted:
        return (first + quoted.start(1), first + quoted.end(1)) if quoted[1][0].isupper() else None
    if hit.kind != "report_phrases":
        return None
    start = end = hit.start - 1
    for _ in range(WORDS):
        begin = max(text.rfind(" ", first, start), text.rfind("\n", first, start)) + 1
        word = text[begin:start]
        if not word[:1].isupper() or not word[-1].isalnum() or known.touch(begin, start):
            break
        start = begin
        if text[start - 1 : start] != " ":
            break
        start -= 1
    start += text[start : start + 1] == " "
    return (start, end) if start < end else None


def _sites(scanner: Scanner, text: str) -> Iterator[tuple[int, int]]:
    """Find the names of web sites, with an ending behind a hyphen."""
    for match in _endings(scanner).finditer(text):
        first = max(0, match.start() - LONGEST)
        name = SITE.search(text[first : match.start()])
        behind = ENDING.match(text, match.end())
        if name and behind and text[first + name.start() - 1 : first + name.start()] not in ("/", "@", "."):
            yield first + name.start(), behind.end()


@lru_cache(maxsize=8)
def _endings(scanner: Scanner) -> re.Pattern[str]:
    """Compile the endings of sites, the long ones with a capital too; without any the pattern matches nothing."""
    endings = scanner.phrases("site_endings")
    known = "|".join(re.escape(form) for ending in endings for form in _forms(ending))
    return re.compile(rf"\.(?:{known})(?:\.(?:{known}))?(?!\w)" if known else r"(?!)")


def _forms(ending: str) -> tuple[str, ...]:
    return (ending, ending.title()) if len(ending) > SHORT else (ending,)
