"""The types of events and their codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import PackError
from dragoman.ontology import Codes, load_ontology

CAMEO = {
    "recognition": "054", "relations_established": "054", "relations_upgraded": "050",
    "relations_severed": "161", "independence": None, "mission_opened": "054",
    "mission_upgraded": "050", "mission_closed": "161", "envoy_appointed": "050",
    "envoy_expelled": "166", "visit": "042", "meeting": "040",
    "invitation": "036", "event_held": None, "treaty_signed": "057",
    "treaty_ratified": "057", "treaty_in_force": None, "treaty_terminated": "163",
    "decree_issued": None, "institution_founded": "061", "membership": "050",
    "award": "051", "aid_given": "070", "sanction_imposed": "163",
    "sanction_lifted": "085", "conflict": "190", "statement": "010",
    "support": "051", "criticism": "111", "cooperation": "060",
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "CONCEDE",
}  # fmt: skip


def test_every_type_has_its_code() -> None:
    ontology = load_ontology()
    codes = {name: each.codes(modality="actual", polarity="positive").cameo for name, each in ontology.items()}

    assert codes == CAMEO


def test_soft_types_are_those_without_a_sharp_edge() -> None:
    soft = {name for name, each in load_ontology().items() if each.soft}

    assert soft == {"statement", "support", "criticism", "cooperation"}


@pytest.mark.parametrize("name", CAMEO)
def test_a_plan_is_never_coded_as_done(name: str) -> None:
    each = load_ontology()[name]
    planned = each.codes(modality="planned", polarity="positive").cameo

    assert planned is None or planned.startswith(("03", "13", "010"))
    assert (planned is None) == (each.actual.cameo is None)


@pytest.mark.parametrize("name", CAMEO)
def test_a_wish_is_never_coded_as_a_plan_or_as_done(name: str) -> None:
    possible = load_ontology()[name].codes(modality="possible", polarity="positive").cameo

    assert possible is None or possible.startswith(("02", "13", "010"))


@pytest.mark.parametrize("name", CAMEO)
def test_what_did_not_happen_has_no_code(name: str) -> None:
    assert load_ontology()[name].codes(modality="actual", polarity="negated") == Codes()


@pytest.mark.parametrize("name", CAMEO)
def test_plover_types_are_plover_s(name: str) -> None:
    each = load_ontology()[name]
    used = {codes.plover for codes in (each.actual, each.planned, each.possible)} - {None}

    assert used <= PLOVER


def test_every_type_has_a_definition_of_one_line() -> None:
    lines = [each.definition for each in load_ontology().values()]

    assert all(line and "\n" not in line for line in lines)


@pytest.mark.parametrize(
    "entry",
    [
        'definition = "x"',
        'definition = "x"\ndirection = "up"',
        'definition = "x"\ndirection = "mutual"\ncameoo = "1"',
    ],
)
def test_a_mistake_names_file_and_type(entry: str, tmp_path: Path) -> None:
    (tmp_path / "ontology.toml").write_text(f"[types.feast]\n{entry}\n")
    with pytest.raises(PackError, match=r"ontology\.toml: type feast"):
        load_ontology(tmp_path)
