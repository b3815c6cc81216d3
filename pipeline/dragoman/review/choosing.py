"""What a window lists: a choice among the events of a run, and their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dragoman.listing import Row
from dragoman.review.material import ORDERS

STATES = ("open", "judged", "all", "bare")
"""Events not judged yet, those judged, both; or articles in which no event was found."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Empty does not restrict; `article` and `rule` are parts of a name or title, in small letters."""

    language: str = ""
    type: str = ""
    rule: str = ""
    article: str = ""
    state: str = "open"
    order: str = "doubtful"

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Choice:
        """Make a choice of what a page asks for; what is not understood does not restrict."""
        given = {key: str(asked.get(key) or "") for key in cls.__slots__}
        return cls(
            language=given["language"],
            type=given["type"],
            rule=given["rule"].strip().casefold(),
            article=given["article"].strip().casefold(),
            state=given["state"] if given["state"] in STATES else "open",
            order=given["order"] if given["order"] in ORDERS else "doubtful",
        )

    def takes(self, row: Row, article: Row, *, judged: bool) -> bool:
        return (
            (not self.language or row["language"] == self.language)
            and (not self.type or row["type"] == self.type)
            and (not self.rule or self.rule in row["rule"].casefold())
            and (not self.article or self.article in f"{row['doc_id']}\n{article['title'] or ''}".casefold())
            and (self.state in ("all", "bare") or judged == (self.state == "judged"))
        )

    def told(self) -> dict[str, str]:
        return asdict(self)
