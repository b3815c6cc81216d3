"""What `dragoman check --rules` finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.events.knowledge import load_knowledge
from dragoman.events.linting import _duplicates, _idle, lint
from dragoman.pack import languages


@pytest.mark.parametrize("language", languages())
def test_the_shipped_rules_have_no_grave_fault(language: str) -> None:
    grave = [f"{fault.rule.id}: {fault.text}" for fault in lint(language, []) if fault.grave]

    assert grave == []


def test_a_trigger_written_twice_is_a_duplicate() -> None:
    knowledge = load_knowledge("en")
    twin = replace(knowledge.rules[0], id="en.twin")
    faults = list(_duplicates(replace(knowledge, rules=(knowledge.rules[0], twin))))

    assert {(fault.rule.id, fault.kind) for fault in faults} == {("en.twin", "duplicate")}


def test_a_rule_that_fires_in_no_text_is_idle() -> None:
    knowledge = load_knowledge("en")
    text = "Romania recognised the independence of Azerbaijan on 11 December 1991."
    idle = {fault.rule.type for fault in _idle(knowledge, [text], "en")}

    assert "award" in idle
    assert len(list(_idle(knowledge, [text], "en"))) == len(knowledge.rules) - 1
