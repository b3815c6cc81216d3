"""The columns of POLECAT (coded by PLOVER), one line per directed pair of states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.codes import plover_quads
from dragoman.exports.happenings import NO_CODE, Happenings, state

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
OURS = ("type", "edtf", "date_start", "date_end", "modality", "event_ids")
COLUMNS = POLECAT + OURS


def lines(happenings: Happenings) -> Iterator[Mapping[str, str | None]]:
    """Yield a line per pair; a plan is AGREE or THREATEN, a proposal REQUEST."""
    quads = plover_quads()
    for happening in happenings.all:
        if happening.plover is None:
            happenings.left_out[NO_CODE] += 1
            continue
        for source, target in happenings.dyads(happening):
            actor, recipient = state(source, happening), state(target, happening)
            yield {
                "Event ID": happening.id,
                "Event Date": happening.day,
                "Event Type": happening.plover,
                "Quad Code": quads.get(happening.plover),
                "Actor Name": actor.name,
                "Actor Country": source,
                "Actor COW": actor.cow_number,
                "Recipient Name": recipient.name,
                "Recipient Country": target,
                "Recipient COW": recipient.cow_number,
                "Placename": happening.place,
                "Source": ";".join(happening.documents),
                "Story People": ";".join(happening.persons),
                "Story Organizations": ";".join(happening.organisations),
                "Language": ";".join(happening.languages),
                "Version": f"dragoman {happenings.version}",
                "type": happening.type,
                "edtf": happening.date,
                "date_start": happening.date_start,
                "date_end": happening.date_end,
                "modality": happening.modality,
                "event_ids": ";".join(happening.event_ids),
            }
