"""Any date written by any template of any language, in any case form, spelling and digit script, is found whole.

The templates and endings here are written out by hand, not taken from the rule files.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.dates import find

DAYS = st.dates(min_value=date(1500, 1, 1), max_value=date(2049, 12, 31))
AZ_MONTHS = [
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
]  # fmt: skip
BN_MONTHS = [
    ["জানুয়ারি", "জানুয়ারী"], ["ফেব্রুয়ারি", "ফেব্রুয়ারী"], ["মার্চ"], ["এপ্রিল"], ["মে"], ["জুন"], ["জুলাই"],
    ["আগস্ট", "আগষ্ট", "অগাস্ট"], ["সেপ্টেম্বর"], ["অক্টোবর"], ["নভেম্বর", "নবেম্বর"], ["ডিসেম্বর"],
]  # fmt: skip
EN_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
EN_SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
# By the last letter of the numeral's name: bir, iki, üç, dörd, beş, altı, yeddi, səkkiz, doqquz; on, iyirmi, ...
UNIT_VOWEL = dict(zip("123456789", "iiüöeıiiu", strict=True))
TEN_VOWEL = dict(zip("123456789", "uiuıiııəa", strict=True))
NARROW = dict(zip("aıouəeiöü", "ııuuiiiüü", strict=True))
WIDE = dict(zip("aıouəeiöü", "aaaaəəəəə", strict=True))


def last_vowel(number: int) -> str:
    """Return the last vowel of an Azerbaijani numeral's name."""
    digits = str(number)
    if digits[-1] != "0":
        return UNIT_VOWEL[digits[-1]]
    if digits[-2] != "0":
        return TEN_VOWEL[digits[-2]]
    return "ü" if digits[-3] != "0" else "i"


def ordinal(number: int) -> str:
    return f"{number}-c{NARROW[last_vowel(number)]}"


def month_vowel(month: str) -> str:
    return next(char for char in reversed(month) if char in NARROW)


@dataclass(frozen=True)
class Template:
    language: str
    write: Callable[[date, int], str]
    value: Callable[[date], str]


def day(when: date) -> str:
    return when.isoformat()


def month(when: date) -> str:
    return when.isoformat()[:7]


def az(when: date) -> tuple[str, str, str]:
    name = AZ_MONTHS[when.month - 1]
    return ordinal(when.year), name, name + NARROW[month_vowel(name)] + "n"


def bn(when: date, pick: int) -> str:
    names = BN_MONTHS[when.month - 1]
    return names[pick % len(names)]


TEMPLATES = {
    "az 28 may 1918-ci ildə": Template("az", lambda d, n: f"{d.day} {az(d)[1]} {az(d)[0]} ildə", day),
    "az 28 may 1918": Template("az", lambda d, n: f"{d.day} {az(d)[1]} {d.year}", day),
    "az 1918-ci il 28 may": Template("az", lambda d, n: f"{az(d)[0]} il {d.day} {az(d)[1]}", day),
    "az 1918-ci il mayın 28-də": Template(
        "az", lambda d, n: f"{az(d)[0]} il {az(d)[2]} {d.day}-d{WIDE[last_vowel(d.day)]}", day
    ),
    "az 1918-ci il may ayının 28-dən": Template(
        "az", lambda d, n: f"{az(d)[0]} il {az(d)[1]} ayının {d.day}-d{WIDE[last_vowel(d.day)]}n", day
    ),
    "az 1918-05-28": Template("az", lambda d, n: d.isoformat(), day),
    "az 1918-ci ilin mayında": Template(
        "az", lambda d, n: f"{az(d)[0]} ilin {az(d)[2]}d{WIDE[month_vowel(az(d)[1])]}", month
    ),
    "az 1918-ci ilin may ayında": Template("az", lambda d, n: f"{az(d)[0]} ilin {az(d)[1]} ayında", month),
    "az 1918-ci ildən": Template("az", lambda d, n: f"{az(d)[0]} ildən", lambda d: str(d.year)),
    "bn 1918 saler 28 may": Template("bn", lambda d, n: f"{d.year} সালের {d.day} {bn(d, n)}", day),
    "bn 28 may 1918": Template("bn", lambda d, n: f"{d.day} {bn(d, n)} {d.year}", day),
    "bn 28 may, 1918 sale": Template("bn", lambda d, n: f"{d.day} {bn(d, n)}, {d.year} সালে", day),
    "bn 1918-er may mase": Template("bn", lambda d, n: f"{d.year}-এর {bn(d, n)} মাসে", month),
    "bn 1918 saler may mase": Template("bn", lambda d, n: f"{d.year} সালের {bn(d, n)} মাসে", month),
    "bn 1918 khrishtabde": Template("bn", lambda d, n: f"{d.year} খ্রিস্টাব্দে", lambda d: str(d.year)),
    "en May 28, 1918": Template("en", lambda d, n: f"{EN_MONTHS[d.month - 1]} {d.day}, {d.year}", day),
    "en 28 May 1918": Template("en", lambda d, n: f"{d.day} {EN_MONTHS[d.month - 1]} {d.year}", day),
    "en 28th of May, 1918": Template("en", lambda d, n: f"{d.day}th of {EN_MONTHS[d.month - 1]}, {d.year}", day),
    "en Sept. 28, 1918": Template("en", lambda d, n: f"{EN_SHORT[d.month - 1]} {d.day}, {d.year}", day),
    "en 1918-05-28": Template("en", lambda d, n: d.isoformat(), day),
    "en May 1918": Template("en", lambda d, n: f"{EN_MONTHS[d.month - 1]} {d.year}", month),
}


def encoded(text: str, form: str, digits: bool) -> str:
    """Write a text in a Unicode form, with Bengali digits if wanted."""
    return unicodedata.normalize(form, text.translate(BENGALI_DIGITS) if digits else text)


@pytest.mark.parametrize("name", TEMPLATES)
@given(when=DAYS, pick=st.integers(0, 5), form=st.sampled_from(["NFC", "NFD"]), digits=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_rendered_date_is_found_whole(name: str, when: date, pick: int, form: str, digits: bool) -> None:
    template = TEMPLATES[name]
    bengali = template.language == "bn"
    text = encoded(template.write(when, pick), form if bengali else "NFC", digits and bengali)
    before, after = ("এরপর ", " তাঁরা") if bengali else ("— ", " .")
    found = find(before + text + after, language=template.language)

    assert [(timex.text, timex.edtf) for timex in found] == [(text, template.value(when))]


@given(when=DAYS, shouted=st.booleans())
@settings(max_examples=60, deadline=None)
def test_capitals_do_not_move_an_azerbaijani_date(when: date, shouted: bool) -> None:
    small = f"{when.day} {AZ_MONTHS[when.month - 1]} {ordinal(when.year)} ildə"
    text = small.replace("i", "İ").replace("ı", "I").upper() if shouted else small
    found = find(f"İstanbul, {text} imzalandı", language="az")

    assert [(timex.start, timex.text, timex.edtf) for timex in found] == [(10, text, when.isoformat())]


@given(first=st.integers(1500, 2000), length=st.integers(1, 49))
@settings(max_examples=60, deadline=None)
def test_a_range_of_years_is_one_interval(first: int, length: int) -> None:
    last = first + length
    texts = {
        "az": f"{first}-{ordinal(last)} illərdə",
        "bn": f"{first} থেকে {last} সাল",
        "en": f"{first} to {last}",
    }
    found = {name: [timex.edtf for timex in find(text, language=name)] for name, text in texts.items()}

    assert found == {key: [f"{first}/{last}"] for key in texts}
