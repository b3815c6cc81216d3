"""Who reports: sites, and unknown names in the phrases that give a source."""

import pytest

from dragoman.names import find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sahil.az xəbər verir ki, görüş olub.", ["Sahil.az"]),
        ("Bakıda sahil-xeber.com-a məlumat verilib.", ["sahil-xeber.com-a"]),
        ("Sahil.com.az bunu Bakıda yazıb.", ["Sahil.com.az"]),
        ("Sahil.Media yazır ki, görüş Bakıda olub.", ["Sahil.Media"]),
        ("“Dalğa” agentliyinə görə, görüş olub.", ["Dalğa"]),
        ("“Dalğa”nın məlumatına görə, görüş olub.", ["Dalğa"]),
        ("Bu barədə Dalğa Xəbər məlumat verir.", ["Dalğa Xəbər"]),
    ],
)
def test_the_source_of_a_report_is_an_organisation(text: str, expected: list[str]) -> None:
    found = find(text, language="az")

    assert [name.text for name in found if name.label == "ORG"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bakı xəbər verir ki, görüş olub.",
        "Görüş olub.Az sonra hamı getdi.",
        "Ünvan: ad@sahil.az",
        "O, “dostluq” jurnalını oxuyur.",
    ],
)
def test_what_only_looks_like_a_source_is_no_organisation(text: str) -> None:
    found = find(text, language="az")

    assert [name.text for name in found if name.label == "ORG"] == []
