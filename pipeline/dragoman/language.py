"""Which language an article is in, paragraph by paragraph.

Script and telling letters come first (`models/<language>/detection.toml`, `models/languages.toml`); the
statistical model is asked only about paragraphs that the rules leave in doubt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.detection import DetectionRule, Knowledge, Profile, load_detection, profile
from dragoman.guess import guess

SURE = 0.99
LIKELY = 0.9
SAMPLES = 10
"""A text whose language is given is looked at for its alphabet only, over so many samples."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is written in.

    `language` is None where it is none of ours (then `guess` names it by ISO 639 code) or too little is known
    (then `guess` is None too). `blocks` cover the text in our languages: (start, end, language), ascending;
    `confidence` is 0 to 1. `transliterated` holds the blocks (by their start) in another alphabet than the
    language's own, with the file of its table.
    """

    language: str | None
    confidence: float
    blocks: tuple[tuple[int, int, str], ...] = ()
    guess: str | None = None
    transliterated: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Paragraph:
    """One line of the text while its language is being settled."""

    start: int
    end: int
    profile: Profile
    rule: DetectionRule | None = None
    code: str | None = None
    confidence: float = 0.0
    letters: int = field(init=False)
    """About how many letters the line has."""

    def __post_init__(self) -> None:
        self.letters = self.profile.share_of(self.end - self.start)

    @property
    def table(self) -> str | None:
        """The file of the table that writes this line in the usual alphabet, if it needs one."""
        return self.rule.transliteration if self.rule is not None else None

DOMINANT = 0.8
"""A language with this share of an article's letters also has its short doubtful lines."""


def detect(text: str) -> Verdict:
    """Settle the language of a text and of its parts."""
    knowledge = load_detection()
    paragraphs = [_by_rule(start, end, text, knowledge) for start, end in _lines(text)]
    if (whole := _at_once(paragraphs, text, knowledge)) is not None:
        return whole
    _by_neighbours(paragraphs, text, knowledge)
    _by_model(paragraphs, text, knowledge)
    totals = _totals(paragraphs)
    if not totals:
        return Verdict(None, 0.0)
    return _verdict(paragraphs, totals, text, knowledge)


def _at_once(paragraphs: Sequence[Paragraph], text: str, knowledge: Knowledge) -> Verdict | None:
    """Return the verdict where one rule of ours holds for every line with a letter, as it mostly does."""
    rules = {paragraph.rule for paragraph in paragraphs if paragraph.rule is not None or paragraph.profile.letters}
    rule = rules.pop() if len(rules) == 1 else None
    if rule is None or rule.transliteration or rule.code not in knowledge.supported:
        return None
    return Verdict(rule.code, SURE, ((0, len(text), rule.code),))


def forced(text: str, language: str) -> Verdict:
    """Return the verdict for a text whose language was given; another alphabet of it is still noticed."""
    knowledge = load_detection()
    sample = text[: knowledge.sample * SAMPLES]
    counted = profile(sample, knowledge)
    rules = knowledge.rules.get(counted.script, ())
    tables = [rule.transliteration for rule in rules if rule.code == language and rule.holds(counted, sample)]
    transliterated = ((0, tables[0]),) if tables and tables[0] is not None else ()
    return Verdict(language, 1.0, ((0, len(text), language),), None, transliterated)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines, each with its line break."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, end
        start = end


def _by_rule(start: int, end: int, text: str, knowledge: Knowledge) -> Paragraph:
    """Judge one line by its letters and words; the code stays None where no rule holds."""
    sample = text[start : min(end, start + knowledge.sample)]
    first = next(filter(None, map(knowledge.script_of.__getitem__, sample)), "")
    for short_cut in knowledge.short_cuts.get(first, ()):
        letters = short_cut.letters(sample)
        if letters is not None and letters >= knowledge.fewest_letters:
            rule = short_cut.rule
            estimate = Profile(len(sample), letters, rule.script, {})
            return Paragraph(start, end, estimate, rule, rule.code, SURE)
    counted = profile(sample, knowledge)
    if counted.letters >= knowledge.fewest_letters:
        for rule in knowledge.rules.get(counted.script, ()):
            if rule.holds(counted, sample):
                return Paragraph(start, end, counted, rule, rule.code, SURE)
    return Paragraph(start, end, counted)


def _by_neighbours(paragraphs: Sequence[Paragraph], text: str, knowledge: Knowledge) -> None:
    """Where the rules settled most of an article, let a doubtful line that suits its language have it too."""
    settled: Counter[DetectionRule] = Counter()
    for paragraph in paragraphs:
        if paragraph.rule is not None:
            settled[paragraph.rule] += paragraph.letters
    if not settled:
        return
    rule, count = settled.most_common(1)[0]
    everything = sum(paragraph.letters for paragraph in paragraphs)
    if rule.code not in knowledge.supported or count * 2 < everything:
        return
    for paragraph in paragraphs:
        doubtful = paragraph.code is None and paragraph.profile.letters >= knowledge.clear_letters
        if not doubtful or paragraph.profile.script != rule.script:
            continue
        if rule.suits(_sample([paragraph], text, knowledge)):
            paragraph.rule, paragraph.code, paragraph.confidence = rule, rule.code, LIKELY


def _by_model(paragraphs: Sequence[Paragraph], text: str, knowledge: Knowledge) -> None:
    """Ask the statistical model about doubtful lines: a clear one by itself, several short ones together."""
    doubtful = [p for p in paragraphs if p.code is None and p.profile.letters]
    alone = len(doubtful) == len([p for p in paragraphs if p.profile.letters])
    waiting: list[Paragraph] = []
    for paragraph in doubtful:
        if knowledge.clear_letters <= paragraph.profile.letters < knowledge.believable_letters:
            code, probability = guess(_sample([paragraph], text, knowledge), unlikely=knowledge.unlikely)
            if code in knowledge.supported and probability >= knowledge.clear_probability:
                paragraph.code, paragraph.confidence = code, probability
                continue
        if waiting and waiting[-1].profile.script != paragraph.profile.script:
            waiting = []
        waiting.append(paragraph)
        if sum(p.profile.letters for p in waiting) >= knowledge.believable_letters:
            _ask(waiting, text, knowledge)
            waiting = []
    if alone and all(p.code is None for p in doubtful):
        _ask(doubtful, text, knowledge)


def _ask(paragraphs: Sequence[Paragraph], text: str, knowledge: Knowledge) -> None:
    if sum(p.profile.letters for p in paragraphs) < knowledge.fewest_letters:
        return
    code, probability = guess(_sample(paragraphs, text, knowledge), unlikely=knowledge.unlikely)
    for paragraph in paragraphs:
        paragraph.code, paragraph.confidence = code, probability


def _sample(paragraphs: Sequence[Paragraph], text: str, knowledge: Knowledge) -> str:
    return " ".join(text[p.start : min(p.end, p.start + knowledge.sample)].strip() for p in paragraphs)


def _totals(paragraphs: Sequence[Paragraph]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph.code is not None:
            totals[paragraph.code] += max(1, paragraph.letters)
    return totals


def _verdict(paragraphs: Sequence[Paragraph], totals: Counter[str], text: str, knowledge: Knowledge) -> Verdict:
    everything = sum(totals.values())
    ours = {code: count for code, count in totals.items() if code in knowledge.supported}
    if sum(ours.values()) < everything * knowledge.supported_share:
        first = max(totals, key=lambda code: (code not in ours, totals[code], code))
        return Verdict(None, round(totals[first] / everything, 4), guess=first)
    language = max(sorted(ours), key=lambda code: ours[code])
    _take_in(paragraphs, language, ours[language] / everything, knowledge)
    blocks, transliterated = _blocks(paragraphs, language, knowledge)
    weights: dict[str, float] = defaultdict(float)
    for p in paragraphs:
        if p.code == language:
            weights["sure"] += p.confidence * p.letters
            weights["all"] += p.letters
    certainty = weights["sure"] / weights["all"] if weights["all"] else 0.0
    return Verdict(language, round(certainty * ours[language] / everything, 4), blocks, transliterated=transliterated)


def _take_in(paragraphs: Sequence[Paragraph], language: str, share: float, knowledge: Knowledge) -> None:
    """Let a short line that the model took for another language go with an article that is clearly in one.

    A sentence full of foreign names looks foreign; the lines around it know better.
    """
    own = next((p.profile.script for p in paragraphs if p.code == language), None)
    for paragraph in paragraphs:
        foreign = paragraph.code is not None and paragraph.code not in knowledge.supported
        short = paragraph.letters < 4 * knowledge.believable_letters
        if foreign and short and share >= DOMINANT and paragraph.profile.script == own and paragraph.rule is None:
            paragraph.code = language


def _blocks(
    paragraphs: Sequence[Paragraph], language: str, knowledge: Knowledge
) -> tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, str], ...]]:
    """Join neighbouring lines of one language; a line that says nothing goes with the one before it."""
    joined: list[tuple[int, int, str, str | None]] = []
    table = next((p.table for p in paragraphs if p.code == language), None)
    known = [(p.code or None, p.table) for p in paragraphs]
    current = next(((code, way) for code, way in known if code is not None), (language, table))
    for paragraph in paragraphs:
        if paragraph.code is not None:
            current = (paragraph.code, paragraph.table)
        code, way = current
        if code not in knowledge.supported:
            if paragraph.code is not None:
                continue
            code, way = language, table
        if joined and joined[-1][1] == paragraph.start and joined[-1][2:] == (code, way):
            joined[-1] = (joined[-1][0], paragraph.end, code, way)
        else:
            joined.append((paragraph.start, paragraph.end, code, way))
    blocks = tuple((start, end, code) for start, end, code, _ in joined)
    return blocks, tuple((start, way) for start, _, _, way in joined if way is not None)


@lru_cache(maxsize=8)
def transliteration(language: str, file: str) -> dict[int, str]:
    """Return the table that writes a language in its usual alphabet, one letter for one."""
    from dragoman.errors import PackError
    from dragoman.pack import load_pack

    pack = load_pack(language)
    letters = pack.read(file)["letters"]
    wrong = [key for key, value in letters.items() if len(key) != 1 or len(value) != 1]
    if wrong:
        raise PackError(f"{pack.folder / file}: {wrong} must map one letter to one, so that offsets hold")
    return {ord(key): value for key, value in letters.items()}


def settled(text: str, language: str | None) -> str:
    """Return the given language, or the detected one; raises UsageError where there is neither."""
    from dragoman.errors import UsageError
    from dragoman.pack import languages

    if language is None:
        found = detect(text)
        if found.language is None:
            looks = f"looks like {found.guess}" if found.guess else "too short to tell its language"
            raise UsageError(f"the text {looks}; give it with --language")
        return found.language
    if language not in languages():
        raise UsageError(f"no knowledge of language {language}; known languages: {', '.join(languages())}")
    return language
