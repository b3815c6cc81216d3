"""Source and target: the states joined in a list act together, or are acted upon together."""

import pytest

from dragoman.events.examples import events_of

CASES = [
    ("en", "Finland and Latvia recalled their ambassadors from Minsk in 2020.", ("FIN", "LVA"), ("BLR",)),
    ("en", "Germany recognised Croatia and Slovenia in December 1991.", ("DEU",), ("HRV", "SVN")),
    ("en", "The president of Brazil visited India and China in 2020.", ("BRA",), ("CHN", "IND")),
    ("az", "Türkiyə və Pakistan 1991-ci ildə Gürcüstanın müstəqilliyini tanıyıb.", ("PAK", "TUR"), ("GEO",)),
    ("az", "Rumıniya 1991-ci ildə Gürcüstanın müstəqilliyini tanıyıb.", ("ROU",), ("GEO",)),
    ("az", "Rumıniya prezidentinin Polşa prezidentini dəvət etməsi", ("ROU",), ("POL",)),
    ("az", "Rumıniya Polşa prezidentini Buxarestə dəvət edib.", ("ROU",), ("POL",)),
    ("az", "Rumıniya prezidenti Polşa prezidenti Anjey Dudanı Buxarestə dəvət edib.", ("ROU",), ("POL",)),
    ("az", "Polşanın baş naziri 2012-ci ildə Rumıniyanın ordeni ilə təltif olunub.", ("ROU",), ("POL",)),
    ("az", "Alman qoşunları 1939-cu ildə Polşanı işğal etdi.", ("DEU",), ("POL",)),
    ("az", "Norveç İsveç səfirliyinin iki əməkdaşını persona non grata elan edib.", ("NOR",), ("SWE",)),
    ("bn", "ভারত ও ভুটান ১৯৭১ সালের ৬ ডিসেম্বর বাংলাদেশকে স্বীকৃতি দেয়।", ("BTN", "IND"), ("BGD",)),
    ("bn", "উইলসনের শাসনকালে যুক্তরাষ্ট্র নিকারাগুয়া দখল করে।", ("USA",), ("NIC",)),
    ("bn", "কুয়েত দখল করার পর ইরাকের প্রেসিডেন্ট ভাষণ দেন।", ("IRQ",), ("KWT",)),
    ("bn", "পাকিস্তানের প্রধানমন্ত্রীকে আমন্ত্রণ জানান ভারতের প্রধানমন্ত্রী।", ("IND",), ("PAK",)),
    ("bn", "নেপালের প্রধানমন্ত্রী চীন সরকারের আমন্ত্রণে বেইজিং গেলেন।", ("CHN",), ("NPL",)),
    ("bn", "জর্ডানের বাদশাহ ইতালির সর্বোচ্চ পদকে ভূষিত হন।", ("ITA",), ("JOR",)),
    ("bn", "পোল্যান্ডের রাষ্ট্রপতির কাছে পরিচয়পত্র পেশ করেন কেনিয়ার রাষ্ট্রদূত।", ("KEN",), ("POL",)),
    ("bn", "১৯৬৩ সালে আলজেরিয়া ও মরক্কোর মধ্যে যুদ্ধ হয়।", (), ()),
    ("bn", "২০২১ সালে ভারত বাংলাদেশকে টিকা সহায়তা প্রদান করে।", ("IND",), ("BGD",)),
]


@pytest.mark.parametrize(("language", "text", "source", "target"), CASES, ids=[text[:30] for _, text, _, _ in CASES])
def test_states_joined_in_a_list_have_one_role(
    language: str, text: str, source: tuple[str, ...], target: tuple[str, ...]
) -> None:
    event = events_of(text, language=language)[0]

    assert (event.source, event.target) == (source, target)
