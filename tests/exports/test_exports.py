"""Runs in the columns and codes of known data sets."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli import application
from dragoman.dates.edtf import bounds
from dragoman.errors import UsageError
from dragoman.exports import export
from dragoman.records import Article, Event, Extraction, Instrument
from dragoman.writing import RunWriter

ICEWS = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
]  # fmt: skip
POLECAT = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude",
    "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
]  # fmt: skip
COLT = [
    "TripID", "LeaderCountryOrIGO", "LeaderCountryISO", "LeaderFullName", "CountryVisited",
    "CountryVisitedISO", "CityVisited", "TripYear", "TripStartDate", "TripEndDate",
]  # fmt: skip
WTI = ["treaty_id", "signed", "force", "party1", "party2", "laterality", "topic", "topic1", "topic2", "title"]

FRIENDSHIP = Instrument(40, 46, "treaty", "treaty", "Treaty of Friendship", ("friendship",))
COMPACT = Instrument(60, 66, "compact", "agreement", None, ("culture", "education"))

HAPPENINGS: list[dict[str, Any]] = [
    {"type": "recognition", "date": "1991-12-11", "participants": ("AZE", "ROU"), "source": ("ROU",)},
    {"type": "relations_severed", "date": "1992", "participants": ("AZE", "ROU")},
    {
        "type": "visit",
        "date": "2007-03-15/2007-03-16",
        "participants": ("AZE", "TJK"),
        "source": ("AZE",),
        "target": ("TJK",),
        "persons": ("Ilham Aliyev",),
        "place": "Dushanbe",
    },
    {
        "type": "visit",
        "date": "1995-07",
        "participants": ("AZE", "ROU"),
        "source": ("AZE",),
        "target": ("ROU",),
    },
    {
        "type": "visit",
        "date": "2030-05",
        "participants": ("BGD", "KAZ"),
        "source": ("BGD",),
        "target": ("KAZ",),
        "modality": "planned",
    },
    {"type": "meeting", "participants": ("BGD", "KAZ"), "polarity": "negated"},
    {
        "type": "treaty_signed",
        "date": "1996-03-27",
        "participants": ("AZE", "ROU"),
        "instruments": (FRIENDSHIP,),
    },
    {"type": "treaty_in_force", "date": "1997", "participants": ("AZE", "ROU"), "instruments": (FRIENDSHIP,)},
    {
        "type": "treaty_signed",
        "date": "1999-05",
        "participants": ("AZE", "KAZ", "TJK"),
        "instruments": (COMPACT,),
    },
    {"type": "event_held", "date": "2016", "participants": ("KAZ", "ROU")},
]


def happening(number: int, slots: dict[str, Any]) -> Event:
    date = slots.get("date")
    first, last, precision = bounds(date) if date else (None, None, None)
    spans = {"sentence_start": 100 * number, "sentence_end": 100 * number + 90}
    dates = {"date_start": first, "date_end": last, "date_precision": precision}
    return Event(
        start=100 * number,
        end=100 * number + 4,
        trigger="went",
        evidence=f"{number}",
        rule="test",
        **spans,
        **dates,
        **slots,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    events = tuple(happening(number, slots) for number, slots in enumerate(HAPPENINGS))
    with RunWriter(folder, settings={}, command=["test"]) as writer:
        writer.add(Extraction(Article("a.txt", "a.txt", "x" * 1200), "en", 1.0, events=events))
    return folder


def lines(run: Path, format: str, tmp_path: Path) -> list[dict[str, str]]:
    export(run, format=format, output=tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("format", "columns"), [("plover", POLECAT), ("cameo", ICEWS), ("colt", COLT), ("wti", WTI)])
def test_columns_are_the_data_set_s_and_ours_follow(format: str, columns: list[str], run: Path, tmp_path: Path) -> None:
    export(run, format=format, output=tmp_path / "out.csv")
    header = (tmp_path / "out.csv").read_text("utf-8").splitlines()[0].split(",")

    assert header[: len(columns)] == columns


def test_cameo_has_codes_names_and_scores(run: Path, tmp_path: Path) -> None:
    found = lines(run, "cameo", tmp_path)
    (recognition,) = [line for line in found if line["type"] == "recognition"]

    assert recognition["Event Date"] == "1991-12-11"
    assert recognition["Source Country"] == recognition["Source Name"] == "Romania"
    assert recognition["Target Country"] == "Azerbaijan"
    assert (recognition["CAMEO Code"], recognition["Event Text"], recognition["Intensity"]) == (
        "054",
        "Grant diplomatic recognition",
        "6.0",
    )
    assert (recognition["source_cow"], recognition["target_cow"]) == ("360", "373")


def test_a_month_is_no_event_date_but_stays_as_edtf(run: Path, tmp_path: Path) -> None:
    (visit,) = [line for line in lines(run, "cameo", tmp_path) if line["edtf"] == "1995-07"]

    assert (visit["Event Date"], visit["date_start"], visit["date_end"]) == ("", "1995-07-01", "1995-07-31")


def test_a_mutual_happening_stands_both_ways_round(run: Path, tmp_path: Path) -> None:
    found = [line for line in lines(run, "cameo", tmp_path) if line["edtf"] == "1996-03-27"]

    assert [(line["source_iso3"], line["target_iso3"], line["CAMEO Code"]) for line in found] == [
        ("AZE", "ROU", "057"),
        ("ROU", "AZE", "057"),
    ]


def test_a_planned_visit_has_the_code_of_the_plan(run: Path, tmp_path: Path) -> None:
    (cameo,) = [line for line in lines(run, "cameo", tmp_path) if line["modality"] == "planned"]
    (plover,) = [line for line in lines(run, "plover", tmp_path) if line["modality"] == "planned"]

    assert cameo["CAMEO Code"] == "036"
    assert (plover["Event Type"], plover["Quad Code"]) == ("AGREE", "VERBAL COOPERATION")


def test_plover_has_iso_and_cow_codes(run: Path, tmp_path: Path) -> None:
    (visit,) = [line for line in lines(run, "plover", tmp_path) if line["edtf"] == "2007-03-15/2007-03-16"]

    assert (visit["Event Type"], visit["Event Date"]) == ("CONSULT", "2007-03-15")
    assert (visit["Actor Country"], visit["Actor COW"]) == ("AZE", "373")
    assert (visit["Recipient Country"], visit["Recipient COW"]) == ("TJK", "702")
    assert visit["Story People"] == "Ilham Aliyev"


def test_what_has_no_code_or_direction_is_counted(run: Path, tmp_path: Path) -> None:
    done = export(run, format="cameo", output=tmp_path / "out.csv")

    assert done.left_out == {"no code": 3, "direction unknown": 1}


def test_colt_has_trips_that_were_made(run: Path, tmp_path: Path) -> None:
    found = lines(run, "colt", tmp_path)

    assert [[line[column] for column in COLT[1:]] for line in found] == [
        ["Azerbaijan", "AZE", "", "Romania", "ROU", "", "1995", "", ""],
        [
            "Azerbaijan",
            "AZE",
            "Ilham Aliyev",
            "Tajikistan",
            "TJK",
            "Dushanbe",
            "2007",
            "2007-03-15",
            "2007-03-16",
        ],
    ]


def test_wti_has_dates_topics_and_laterality(run: Path, tmp_path: Path) -> None:
    (treaty,) = [line for line in lines(run, "wti", tmp_path) if line["kind"] == "treaty"]

    assert [treaty[column] for column in WTI[1:]] == [
        "1996-03-27", "", "AZE", "ROU", "Bilateral", "1AMITY", "1AMITY", "", "Treaty of Friendship",
    ]  # fmt: skip
    assert (treaty["force_edtf"], treaty["party1_cow"], treaty["party2_cow"]) == ("1997", "373", "360")


def test_a_treaty_of_three_is_three_pairs(run: Path, tmp_path: Path) -> None:
    found = [line for line in lines(run, "wti", tmp_path) if line["kind"] == "agreement"]

    assert [(line["party1"], line["party2"], line["laterality"]) for line in found] == [
        ("AZE", "KAZ", "Multilateral"),
        ("AZE", "TJK", "Multilateral"),
        ("KAZ", "TJK", "Multilateral"),
    ]
    assert {(line["topic1"], line["topic2"]) for line in found} == {("7CULT", "7EDUC")}
    assert {(line["signed"], line["signed_edtf"]) for line in found} == {("", "1999-05")}


def test_a_file_named_tsv_has_tabs(run: Path, tmp_path: Path) -> None:
    export(run, format="colt", output=tmp_path / "out.tsv")

    assert (tmp_path / "out.tsv").read_text("utf-8").startswith("TripID\tLeaderCountryOrIGO\t")


def test_mistakes_say_what_to_do(run: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of plover, cameo, colt, wti"):
        export(run, format="gdelt", output="-")
    with pytest.raises(UsageError, match="no finished run"):
        export(tmp_path, format="wti", output="-")
    with pytest.raises(UsageError, match="name another --output"):
        export(run, format="wti", output=tmp_path / "missing" / "out.csv")


def test_the_command_prints_to_standard_output(run: Path) -> None:
    result = CliRunner().invoke(application(), ["export", str(run), "--format", "colt"])

    assert result.exit_code == 0
    assert result.stdout.startswith("TripID,")
    assert "2 lines written" in result.stderr
