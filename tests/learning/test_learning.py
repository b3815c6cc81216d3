"""Learning: what was missed is found, what was wrong goes, nothing gets worse, no file of a person changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_models import RULES, article, ready, small_models

from dragoman.errors import RuleError
from dragoman.events import load_knowledge
from dragoman.events.learned import applied
from dragoman.learning.gold import Annotated
from dragoman.learning.guards import Guards
from dragoman.learning.learner import Offer, learn, what_helps
from dragoman.learning.rulebook import Rulebook
from dragoman.learning.trials import Trial
from dragoman.learning.trust import WIDER
from dragoman.learning.writing import append

BROKERED = [
    article(1, "Chile and Peru brokered a treaty on trade in 1998.", "brokered"),
    article(2, "In 1998 Chile brokered an agreement with Peru.", "brokered"),
    article(3, "In 1998 Chile and Peru signed a convention.", "signed"),
]
CHEESE = [
    article(4, "In 1998 Chile and Peru agreed.", "agreed"),
    article(5, "In 1998 farmers of Chile and Peru agreed about cheese."),
    article(6, "In 1999 shops of Peru and Chile agreed about cheese."),
]


def passing(offer: Offer) -> bool:
    return offer.refusal is None


def taught(folder: Path, documents: list[Annotated], *, least: int = 1) -> tuple[Trial, list[Offer], list[Offer]]:
    """Learn from articles; return the trial, what was accepted, and all that was offered."""
    book = Rulebook("en", models=small_models(folder))
    trial = Trial(book, ready(documents))
    offered: list[Offer] = []

    def accept(offer: Offer) -> bool:
        offered.append(offer)
        return passing(offer)

    return trial, learn(trial, Guards(book), accept=accept, created="2026-01-01", least=least), offered


def test_a_word_of_missed_events_becomes_a_trigger_with_the_conditions_of_its_like(tmp_path: Path) -> None:
    trial, accepted, _ = taught(tmp_path, BROKERED)

    (offer,) = accepted
    assert (offer.line["like"], offer.proposal.support, offer.proposal.added) == ("en.treaty.signed", 2, 2)
    assert trial.counts.recall("type") == 1.0


def test_a_learned_line_tells_where_it_comes_from_and_brings_its_examples(tmp_path: Path) -> None:
    _, (offer,), _ = taught(tmp_path, BROKERED)

    assert offer.line["created"] == "2026-01-01"
    assert offer.line["provenance"]["documents"] == ["article-1", "article-2"]
    assert offer.line["hits"][0] == {
        "text": "Chile and Peru brokered a treaty on trade in 1998.",
        "date": "1998",
        "participants": ["CHL", "PER"],
    }


def test_what_was_written_is_loaded_and_the_file_of_people_is_left_alone(tmp_path: Path) -> None:
    trial, accepted, _ = taught(tmp_path, BROKERED)
    append(trial.book.path, [offer.line for offer in accepted])
    load_knowledge.cache_clear()
    rule = next(r for r in load_knowledge("en", tmp_path / "models").rules if "learned" in r.id)

    assert rule.name == f"en/learned.jsonl#{accepted[0].line['id']}"
    assert rule.states == 2
    assert (tmp_path / "models" / "en" / "rules" / "treaties.toml").read_text("utf-8") == RULES


def test_learning_again_from_the_same_finds_nothing_more(tmp_path: Path) -> None:
    trial, accepted, _ = taught(tmp_path, BROKERED)
    append(trial.book.path, [offer.line for offer in accepted])
    book = Rulebook("en", models=tmp_path / "models")
    again = learn(Trial(book, ready(BROKERED)), Guards(book), accept=passing, created=None)

    assert again == []


def test_the_same_articles_teach_the_same_lines_in_any_order(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = [offer.line["id"] for offer in taught(tmp_path / "one", BROKERED)[1]]
    two = [offer.line["id"] for offer in taught(tmp_path / "two", BROKERED[::-1])[1]]

    assert one == two


def test_wrong_rows_of_a_rule_teach_a_word_that_forbids_it(tmp_path: Path) -> None:
    trial, accepted, _ = taught(tmp_path, CHEESE)

    (offer,) = accepted
    assert (offer.line["amends"], offer.line["unless"]) == ("en.treaty.agreed", ["cheese"])
    assert offer.line["misses"] == [document.text for document in CHEESE[1:]]
    assert (trial.counts.precision("type"), trial.counts.recall("type")) == (1.0, 1.0)


def test_a_rule_that_only_does_harm_is_retired_not_deleted(tmp_path: Path) -> None:
    words = ["apples", "bread", "silk"]
    documents = [article(n, f"In 1998 Chile and Peru agreed {word}.") for n, word in enumerate(words)]
    documents += [article(9, "In 1998 Chile and Peru signed a treaty.", "signed")]
    _, accepted, offered = taught(tmp_path, documents, least=2)

    assert [offer.line.get("retires") for offer in offered] == ["en.treaty.agreed"]
    assert [offer.refusal and offer.refusal.split(":")[0] for offer in offered] == [
        "an example of a rule would no longer give treaty_signed"
    ]
    assert accepted == []


def test_a_line_that_breaks_an_example_of_a_person_is_refused(tmp_path: Path) -> None:
    documents = [
        article(1, "Chile brokered in 1998.", "brokered"),
        article(2, "Peru brokered in 1998.", "brokered"),
    ]
    _, accepted, offered = taught(tmp_path, documents)

    assert accepted == []
    assert "where a rule says that there is none" in str(offered[0].refusal)


def test_a_word_that_costs_more_rows_than_it_brings_is_not_proposed(tmp_path: Path) -> None:
    documents = [
        *BROKERED[2:],
        article(1, "Chile and Peru built a treaty port in 1998.", "built"),
        *(article(n, f"Chile and Peru built an agreement hall {n} in 1998.") for n in range(10, 14)),
    ]
    _, accepted, _ = taught(tmp_path, documents)

    assert [offer.line["trigger"] for offer in accepted if offer.line["trigger"] == ["built"]] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "x", "retires": "en.nothing"}, "retires 'en.nothing', which is no rule"),
        ({"id": "x", "like": "en.nothing", "trigger": ["a"]}, "like 'en.nothing', which is no rule"),
    ],
)
def test_a_line_about_no_rule_names_itself(line: dict[str, object], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        applied([(Path("models/en/learned.jsonl"), 3, line)])


def test_lines_are_laid_over_rules_in_order() -> None:
    path = Path("models/en/rules/x.toml")
    rule = {"id": "a", "type": "visit", "trigger": ["visited"], "unless": ["x"], "hits": [{"text": "t"}]}
    lines = [
        {"id": "b", "like": "a", "trigger": ["toured"], "hits": [{"text": "u"}]},
        {"id": "c", "amends": "a", "unless": ["y"], "misses": ["m"]},
        {"id": "d", "retires": "b"},
    ]
    done = [raw for _, _, raw in applied([(path, 1, rule), *((path, n, line) for n, line in enumerate(lines, 2))])]

    assert done == [
        {**rule, "unless": ["x", "y"], "misses": ["m"]},
        {"id": "b", "type": "visit", "trigger": ["toured"], "unless": ["x"], "hits": [{"text": "u"}], "retired": True},
    ]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    models = small_models(tmp_path)
    (models / "en" / "learned.jsonl").write_text('{"id": "x", "retires": "en.treaty.agreed"}\n{"id"', "utf-8")
    load_knowledge.cache_clear()

    with pytest.raises(RuleError, match="rule at line 2 is no JSON object"):
        load_knowledge("en", models)


def test_the_command_learns_from_corrections_and_works_on_a_copy(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from dragoman.cli import application
    from dragoman.learning.gold import text_hash

    models = small_models(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "corrections").mkdir()
    lines = []
    for document in BROKERED[:2]:
        (tmp_path / "articles" / f"{document.id}.txt").write_text(document.text, "utf-8")
        start = document.events[0].start
        values = {"type": "treaty_signed", "trigger": "brokered", "date": "1998", "participants": ["CHL", "PER"]}
        told = {"doc_id": f"{document.id}.txt", "sha256": text_hash(document.text), "verdict": "missing"}
        lines.append({**told, "start": start, "end": start + 8, "language": "en", "values": values})
    lines.append({**lines[0], "doc_id": "gone.txt", "sha256": "0" * 64})
    written = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "corrections" / "x.jsonl").write_text(written, "utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text("", "utf-8")
    options = ["--yes", "--models", models, "--corrections", tmp_path / "corrections", "--gold", gold]
    result = CliRunner().invoke(application(), ["learn", *map(str, options), "--articles", str(tmp_path / "articles")])

    assert result.exit_code == 0, result.output
    assert "2 corrections used, 1 stale" in result.output
    learned = [json.loads(line) for line in (models / "en" / "learned.jsonl").read_text("utf-8").splitlines()]
    assert [line["like"] for line in learned] == ["en.treaty.signed"]


SIGNERS = [
    *(article(n, f"In 1998 Chile and Peru negotiated treaty {n}.", "negotiated") for n in range(4)),
    *(article(n, f"The treaty negotiations of Chile and Peru in 1998, {n}.", "negotiations") for n in range(4, 7)),
]


def test_other_forms_of_a_known_word_are_learned_only_where_that_helped_on_articles_held_out(tmp_path: Path) -> None:
    rules = RULES.replace('trigger = ["signed"]', 'trigger = ["signed", "negotiated"]')
    book = Rulebook("en", models=small_models(tmp_path, rules=rules))
    guards, few, whole = Guards(book), ready(SIGNERS), ready(SIGNERS[:4])
    found, idle = what_helps(Trial(book, few), guards), what_helps(Trial(book, whole), guards)
    offers = learn(Trial(book, whole), guards, accept=passing, trust=found)

    assert (found[WIDER].before.type, found[WIDER].after.type) == (4, 7)
    assert (found[WIDER].earned, idle[WIDER].earned) == (True, False)
    assert all(offer.proposal.widens and not offer.proposal.added for offer in offers)
    assert offers
    assert learn(Trial(book, whole), guards, accept=passing, trust=idle) == []
