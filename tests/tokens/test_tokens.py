"""spaCy's tokens with our additions, and the components on them."""

from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import dragoman
from dragoman.components import STEPS
from dragoman.errors import PackError
from dragoman.pack import languages
from dragoman.tokens import blank

AZ = "Rumıniya Azərbaycanın müstəqilliyini 1991-ci il dekabrın 11-də tanıyıb. Bu, dostluğun əsası oldu."
EVENT = ("recognition", "1991-12-11", ("AZE", "ROU"))


@pytest.mark.parametrize(
    ("language", "text", "tokens"),
    [
        ("az", "1991-ci il", ["1991-ci", "il"]),
        ("az", "dekabrın 11-də.", ["dekabrın", "11-də", "."]),
        ("az", "BMT-nin prof. M.Ə.Rəsulzadə", ["BMT-nin", "prof.", "M.Ə.Rəsulzadə"]),
        ("az", "keçirilir.Azərbaycanla", ["keçirilir", ".", "Azərbaycanla"]),
        ("az", "münasibətləri[1][2]Rumıniya", ["münasibətləri", "[1]", "[2]", "Rumıniya"]),
        ("az", "5 mln. dollar", ["5", "mln.", "dollar"]),
        ("bn", "বুখারেস্ট-এ দূতাবাস", ["বুখারেস্ট-এ", "দূতাবাস"]),
        ("bn", "রোমানিয়া।আজারবাইজান", ["রোমানিয়া", "।", "আজারবাইজান"]),
        ("bn", "৩১.৮৩ মিলিয়ন", ["৩১.৮৩", "মিলিয়ন"]),
        ("bn", "২৬শে মার্চ।", ["২৬শে", "মার্চ", "।"]),
        ("bn", "ড. ইউনূস[১]", ["ড.", "ইউনূস", "[১]"]),
        ("en", "the 1990s on 22nd May [1]", ["the", "1990s", "on", "22nd", "May", "[1]"]),
        ("en", "U.S. troops left.The end", ["U.S.", "troops", "left", ".", "The", "end"]),
    ],
)
def test_words_stay_whole_and_marks_stand_alone(language: str, text: str, tokens: list[str]) -> None:
    assert [token.text for token in blank(language)(text)] == tokens


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("text", ["", "\n", " a \n\n  b\r\n\tc ", "a\n", "x\n\n\ny", AZ])
def test_the_text_of_a_doc_is_the_text(language: str, text: str) -> None:
    assert blank(language)(text).text == text


@pytest.mark.parametrize("language", languages())
def test_each_paragraph_is_tokenized_alike(language: str) -> None:
    nlp = blank(language)
    paragraph = "one two three :-) four\n"

    doc = nlp(paragraph * 3)

    assert [token.text for token in doc] == [token.text for token in nlp(paragraph)] * 3


def test_a_language_without_a_pack_is_refused() -> None:
    with pytest.raises(PackError, match="known languages: az, bn, en"):
        blank("tr")


def test_load_gives_all_steps() -> None:
    assert tuple(dragoman.load("az").pipe_names) == STEPS


def test_a_doc_carries_sentences_names_dates_and_events() -> None:
    doc = dragoman.load("az")(AZ)

    assert [sent.text for sent in doc.sents] == [AZ[:71], AZ[72:]]
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("Rumıniya", "GPE", "ROU"),
        ("Azərbaycanın", "GPE", "AZE"),
    ]
    assert [(span.text, span.label_, span.kb_id_, span._.timex.precision) for span in doc.spans["dates"]] == [
        ("1991-ci il dekabrın 11-də", "DATE", "1991-12-11", "day")
    ]
    assert [(event.type, event.date, event.participants) for event in doc._.events] == [EVENT]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_works_alone_in_a_pipeline_of_the_users_own(step: str) -> None:
    nlp = spacy.blank("az")
    nlp.add_pipe(step)

    doc = nlp(AZ)

    found = {
        "dragoman_sentences": len(list(doc.sents)) if doc.has_annotation("SENT_START") else 0,
        "dragoman_names": len(doc.ents),
        "dragoman_dates": len(doc.spans.get("dates", ())),
        "dragoman_events": len(doc._.events),
    }
    assert found == {
        **dict.fromkeys(STEPS, 0),
        step: {"dragoman_sentences": 2, "dragoman_names": 2}.get(step, 1),
    }


def test_events_survive_storing_and_sending() -> None:
    nlp = dragoman.load("az")
    doc = nlp(AZ)

    stored = list(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))
    sent = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    pickled = pickle.loads(pickle.dumps(doc))

    assert doc._.events == stored[0]._.events == sent._.events == pickled._.events
    assert [event.type for event in doc._.events] == ["recognition"]


def test_a_pipeline_can_be_saved_and_loaded(tmp_path: object) -> None:
    dragoman.load("az").to_disk(tmp_path)

    doc = spacy.load(tmp_path)("BMT-nin :-) görüşü 2001-ci ildə keçirilib.")

    assert [token.text for token in doc][:2] == ["BMT-nin", ":-)"]
    assert [span.kb_id_ for span in doc.spans["dates"]] == ["2001"]


def test_the_day_of_publication_helps_a_relative_date() -> None:
    nlp = dragoman.load("az")
    doc = nlp.make_doc("Nazir dünən Bakıya gəlib.")
    doc._.published = "2024-03-05"

    assert [span.kb_id_ for span in nlp(doc).spans["dates"]] == ["2024-03-04"]
