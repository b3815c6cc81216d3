"""The columns of ICEWS (coded by CAMEO), one line per directed pair of states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.codes import cameo_codes
from dragoman.exports.happenings import NO_CODE, Happenings, state

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
OURS = (
    "source_iso3", "target_iso3", "source_cow", "target_cow", "source_gw", "target_gw", "type", "edtf",
    "date_start", "date_end", "modality", "persons", "languages", "event_ids",
)  # fmt: skip
COLUMNS = ICEWS + OURS


def lines(happenings: Happenings) -> Iterator[Mapping[str, str | None]]:
    """Yield a line per pair; what was planned or proposed has the code of the plan or the proposal."""
    codes = cameo_codes()
    for happening in happenings.all:
        if happening.cameo is None:
            happenings.left_out[NO_CODE] += 1
            continue
        known = codes.get(happening.cameo)
        for source, target in happenings.dyads(happening):
            actor, recipient = state(source, happening), state(target, happening)
            yield {
                "Event ID": happening.id,
                "Event Date": happening.day,
                "Source Name": actor.name,
                "Source Country": actor.name,
                "Event Text": known.name if known else None,
                "CAMEO Code": happening.cameo,
                "Intensity": str(known.intensity) if known else None,
                "Target Name": recipient.name,
                "Target Country": recipient.name,
                "Story ID": ";".join(happening.documents),
                "City": happening.place,
                "source_iso3": source,
                "target_iso3": target,
                "source_cow": actor.cow_number,
                "target_cow": recipient.cow_number,
                "source_gw": actor.gw_number,
                "target_gw": recipient.gw_number,
                "type": happening.type,
                "edtf": happening.date,
                "date_start": happening.date_start,
                "date_end": happening.date_end,
                "modality": happening.modality,
                "persons": ";".join(happening.persons),
                "languages": ";".join(happening.languages),
                "event_ids": ";".join(happening.event_ids),
            }
