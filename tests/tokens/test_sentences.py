"""Where sentences end, as tables of cases: each text is divided exactly as listed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lines import wrapped_newlines
from dragoman.pack import languages
from dragoman.sentences import LONGEST, split

AZ = [
    ["Görüş Bakıda keçirilib.", "Sənəd imzalanıb."],
    ["Səfərlər həyata keçirilir.", "Azərbaycanla əlaqələr inkişaf edir."],
    ["Müdafiə naziri S.Mehmandarov ordenlə təltif olunub.", "M.Ə.Rəsulzadə Buxarestdə yaşayıb."],
    ["Prof. Ə. Quliyev və akad. İ. Həsənov çıxış ediblər.", "Onlar suallara cavab veriblər."],
    ["Ticarət dövriyyəsi 5 mln. ABŞ dollarına çatıb.", "Bu, rekord göstəricidir."],
    ["Müqavilə 1991-ci il dekabrın 11-də bağlanıb.", "1992-ci ildə səfirlik açılıb."],
    ["Qəbələ, Şəki və s. şəhərlər təmsil olunub.", "Lakin Gəncə iştirak etməyib."],
    ["Niyə gəlmədin?", "Gəlirəm!", "Nə vaxt?"],
    ['"Niyə?" soruşdu nazir.', "Cavab verilmədi..."],
    ["Sənədin 5. maddəsi dəyişdirilib.", "Yeni mətn dərc olunub."],
    ["Kotirovka 31.83 manat təşkil edib.", "Məzənnə sabitdir."],
    ["Görüş 16.03.2007. Tərəflər razılığa gəlib."],
    ["Saytda (www.mfa.gov.az) məlumat verilib.", "Ətraflı: info@mfa.gov.az ünvanında."],
    ['Prezident "Biz sülh istəyirik" deyib.', "Zal alqışlayıb."],
    ['O deyib: "Biz hazırıq."', "Sonra zaldan çıxıb."],
]

BN = [
    ["বৈঠক অনুষ্ঠিত হয়।", "চুক্তি স্বাক্ষরিত হয়।"],
    ["চুক্তি সই হয় ।", "সফর শেষ হয় ।"],
    ["রাষ্ট্রদূত আসেন।", "তিনি পরিচয়পত্র দেন।"],
    ["ড. ইউনূস ও মো. রহমান আলোচনা করেন।", "তাঁরা একমত হন।"],
    ["এ. কে. আবদুল মোমেন বৈঠকে ছিলেন।", "এ.কে.এম. শামসুল হকও ছিলেন।"],
    ["মূল্য ৩১.৮৩ মিলিয়ন ডলার।", "তা গত বছরের চেয়ে বেশি।"],
    ["আপনি কি যাবেন?", "না!", "তাহলে কে যাবে?"],
    ["‘কেন?’ প্রশ্ন করেন মন্ত্রী।", "উত্তর আসেনি।"],
    ["তিনি বলেন, ‘আমরা শান্তি চাই।’", "সবাই একমত হন।"],
    ["==ইতিহাস==", "১৯৭২ সালে সম্পর্ক স্থাপিত হয়।", "==চুক্তি==", "দুটি চুক্তি হয়।"],
    ["দূতাবাস চালু হয়।[১][২]", "পরে তা বন্ধ হয়।"],
]

EN = [
    ["The ministers met in Oslo.", "They signed a treaty."],
    ["Mr. Smith met Gen. A. B. Jones on Dec. 11, 1991.", "He left at once."],
    ["U.S. President Carter met the U.K. delegation.", "It was brief."],
    ["He lives in the U.S. The family followed."],
    ["Trade (e.g. oil, i.e. crude) grew.", "See Art. 5 and No. 12 for details."],
    ["Acme Inc. President Ito came.", "The firm signed."],
    ["They held talks.Cultural ties were discussed."],
    ['"Why?" he asked.', "Nobody knew!", "Really?"],
    ['He said: "We are ready."', "Then he left."],
    ["Relations were restored in 1924.[1]", "They were cut again in 1927.[2][3]", "Nothing followed."],
    ["The treaty of 16.03.2007 is in force.", "It has 3.5 pages."],
    ["Talks went on... and on.", "Then they stopped."],
    ["Dr. H. Kissinger and J. Carter met.", "Ms. Lee did not."],
    ["The visit ended on 5 p.m. Tuesday.", "The delegation left."],
    ["It was Plan B. The sides agreed."],
]


def cases() -> list[tuple[str, list[str]]]:
    return [(code, case) for code, table in (("az", AZ), ("bn", BN), ("en", EN)) for case in table]


SPLIT_WITHOUT_SPACE = {
    "He lives in the U.S. The family followed.": ["He lives in the U.S.", "The family followed."],
    "They held talks.Cultural ties were discussed.": ["They held talks.", "Cultural ties were discussed."],
    "It was Plan B. The sides agreed.": ["It was Plan B.", "The sides agreed."],
    "Görüş 16.03.2007. Tərəflər razılığa gəlib.": ["Görüş 16.03.2007.", "Tərəflər razılığa gəlib."],
}


def pieces(text: str, language: str) -> list[str]:
    return [span.of(text) for span in split(text, language=language)]


@pytest.mark.parametrize(("language", "sentences"), cases())
def test_sentences_end_where_a_reader_ends_them(language: str, sentences: list[str]) -> None:
    expected = SPLIT_WITHOUT_SPACE.get(sentences[0], sentences)

    assert pieces(" ".join(sentences), language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("bn", "রোমানিয়া।আজারবাইজান", ["রোমানিয়া।", "আজারবাইজান"]),
        ("bn", "এক।দুই।।", ["এক।", "দুই।।"]),
        ("az", "keçirilir.Azərbaycanla", ["keçirilir.", "Azərbaycanla"]),
        ("az", "prof.Əliyev gəldi.Sonra getdi.", ["prof.Əliyev gəldi.", "Sonra getdi."]),
        ("az", "münasibətləri[1][2]Rumıniya ilə əlaqələr", ["münasibətləri[1][2]", "Rumıniya ilə əlaqələr"]),
        ("az", "Bakı[1] şəhərində görüş.", ["Bakı[1] şəhərində görüş."]),
        ("en", "see www.Example.com.The end", ["see www.Example.com.The end"]),
        ("az", "Qanun var. 12.3. Sazişlər qeydə alınır.", ["Qanun var.", "12.3. Sazişlər qeydə alınır."]),
        ("en", "It rose to 12.3. The rate fell.", ["It rose to 12.3.", "The rate fell."]),
        ("en", "1. Trade\n2. Culture", ["1. Trade", "2. Culture"]),
        ("en", "Background == History == The state", ["Background", "== History ==", "The state"]),
        ("en", "", []),
        ("en", " \n \u2022 \n ***", []),
    ],
)
def test_marks_without_a_space_divide_too(language: str, text: str, expected: list[str]) -> None:
    assert pieces(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Relations of two states\n\nThey began in 1992.", 2),
        ("en", "Heading\nThe ministers met in the capital.", 2),
        ("az", "Siyasi münasibətlər\nredaktə\nİki ölkə dostdur.", 3),
        ("az", "Prezident Romada, 1992\nSəfirin qəbulu, 1993\nİmzalanma mərasimi, 1994", 3),
        ("bn", "বাকুতে রাষ্ট্রপতি, ১৯৯৩\nচুক্তি স্বাক্ষর, ১৯৯৪", 2),
        ("en", "- talks on trade\n- talks on visas\n- talks on water", 3),
        ("en", "The long line about the talks between the two governments does not end here\nbut there.", 1),
        (
            "az",
            "Azərbaycanla Rumıniya arasında dostluq əlaqələrinin XV əsrdən başlayan tarixi\nkökləri var.",
            1,
        ),
        ("en", "First.\r\n\r\nSecond.\r\nThird.", 3),
    ],
)
def test_line_breaks_divide_headings_captions_and_lists(language: str, text: str, expected: int) -> None:
    assert len(pieces(text, language)) == expected


def test_a_paragraph_set_at_a_fixed_width_is_not_divided_at_its_line_breaks() -> None:
    text = (
        "The delegation of the republic, led by the minister for foreign affairs of\n"
        "Romania and accompanied by the heads of several departments of the National\n"
        "Bank, arrived in the capital on the evening train and was received by the\n"
        "Prime Minister."
    )

    assert len(pieces(text, "en")) == 1
    assert len(wrapped_newlines(text)) == 3


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    text = "word " * LONGEST

    lengths = [span.end - span.start for span in split(text, language="en")]

    assert max(lengths) <= LONGEST
    assert sum(lengths) >= len(text) * 0.99


@given(
    text=st.text(alphabet="aB.!?।\n [1]=\"'é\u0995\u09be-", max_size=80),
    language=st.sampled_from(languages()),
)
def test_spans_ascend_and_cover_all_words(text: str, language: str) -> None:
    spans = split(text, language=language)
    covered = {place for span in spans for place in range(span.start, span.end)}

    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert [place for place, char in enumerate(text) if char.isalnum() and place not in covered] == []
