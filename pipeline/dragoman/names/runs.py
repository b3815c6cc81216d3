"""Runs of words that make a person's name, read forwards behind a title or backwards before one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.morphology import lemmas, peel, tails_of
from dragoman.names.lexicon import TITLES
from dragoman.names.ranges import Ranges
from dragoman.names.scan import Hit, Scanner

# A word with its marks, inner hyphens and apostrophes, and a full stop right behind it.
WORD = re.compile(
    r"[^\W\d_](?:\w|[\u0900-\u0963\u0966-\u0DFF\u200C\u200D])*(?:[-'’‑](?:\w|[\u0900-\u0963\u0966-\u0DFF])+)*\.?"
)
NUMERAL = re.compile(r"[IVX]{1,5}\b")
TOWNS = frozenset({"capital", "city"})  # a first name may be spelt like one
LONGEST_NAME = 6  # words, initials and particles included
PLAIN_WORDS = 4  # words that are neither


@dataclass(frozen=True, slots=True)
class Run:
    """A person's name: text[start:end] with its ending, and how many of its words are full ones."""

    start: int
    end: int
    words: tuple[str, ...]
    full: int


class RunReader:
    """Reads name runs in one text. `taken` holds other names and the words of offices."""

    def __init__(self, scanner: Scanner, text: str, hits: Sequence[Hit]) -> None:
        self.text = text
        self._fold = scanner.fold
        self.language = scanner.pack.language
        self.cased = scanner.cased
        # Some titles are written as a part of the name: Sheikh, pasha.
        inside = scanner.words("first_names") | scanner.words("particles")
        self.titles = [
            hit
            for hit in hits
            if hit.kind in TITLES and (hit.name.folded not in inside or (self.cased and text[hit.start].islower()))
        ]
        others = [hit for hit in hits if hit.name.label not in ("", "PER")] + self.titles
        self.taken = Ranges((hit.start, hit.end) for hit in others)
        self._towns = {hit.start for hit in others if hit.kind in TOWNS and hit.end == hit.stem_end}
        self._towns -= {hit.start for hit in others if hit.kind not in TOWNS}
        self._elsewhere = tuple(scanner.words("place_ends"))
        self._stop_endings = tuple(scanner.words("stop_endings"))
        self._particles = scanner.words("particles")
        self._initials = scanner.words("initials")
        self._first_names = scanner.words("first_names")
        self._not_names = scanner.words("not_names")
        self._ordinary = scanner.words("ordinary")
        self._words = scanner.words("word_surnames")
        self._known = scanner.person_words
        self._family_first = scanner.words("family_first")

    def forwards(self, start: int, *, longest: int = LONGEST_NAME) -> Run | None:
        """Read the name that begins at an offset, or None where none does."""
        text, position, end, full = self.text, start, start, 0
        words: list[str] = []
        kind_of_last = ""
        while len(words) < longest:
            match = WORD.match(text, position)
            if match is None or (self.taken.touch(*match.span()) and (words or start not in self._towns)):
                break
            word = self._trim(match.group(), bool(words))
            kind = self._kind(word, bool(words))
            if words and self._elsewhere and self._fold(word).endswith(self._elsewhere):
                break
            if kind is None or (kind == "full" and full == PLAIN_WORDS):
                break
            if kind == "numeral":  # King Idris I, II Vilhelm
                if len(words) == 1:
                    end = match.start() + len(word)
                if words:
                    break
            if full > 1 and self._fold(word) in self._first_names:
                break
            words.append(word)
            full += kind == "full"
            if kind != "particle":
                end, kind_of_last = match.start() + len(word), kind
            position = match.start() + len(word)
            if kind == "full" and (self._inflected(word) or self._complete(words, full)):
                break
            position = self._next(position, word)
            if position < 0:
                break
        if not full or (full == 1 and start in self._towns):
            return None
        if kind_of_last == "initial" and full and text[end - 1] == ".":
            end -= 1  # the full stop of the sentence behind a numeral: King Idris I.
        return Run(start, end, tuple(text[start:end].split()), full)

    def _kind(self, word: str, inside: bool) -> str | None:
        """Tell a full word, an initial and a particle apart; None ends the name."""
        folded = self._fold(word)
        bare = folded.rstrip(".")
        if word.endswith(".") and len(bare) == 1:
            return "initial" if word[0].isupper() or not self.cased else None
        if bare in self._initials:
            return "initial"
        if inside and bare in self._particles:
            return "particle"
        if bare in self._not_names or self._is_ordinary(bare) or self._is_other(bare):
            return None
        if not self.cased:
            return "full" if len(bare) > 1 and not self._stops(bare) else None
        if NUMERAL.fullmatch(word):
            return "numeral"
        if not word[0].isupper() and not (inside and self._has_article(word)):
            return None
        return "full" if len(bare) > 1 else "initial"

    def _has_article(self, word: str) -> bool:
        """Tell whether a small particle is joined to the name by a hyphen: al-Assad."""
        article, sign, rest = word.partition("-")
        return bool(sign) and rest[:1].isupper() and self._fold(article) in self._particles

    def _is_ordinary(self, word: str) -> bool:
        """Tell whether a word, or one it is a form of, is an ordinary one, where there are no capitals."""
        if not self._ordinary or word in self._known:
            return False
        return word in self._ordinary or any(lemma in self._ordinary for lemma in lemmas(word, language=self.language))

    def _is_other(self, word: str) -> bool:
        """Tell whether a capitalised word is a form of one that is no part of a name."""
        return self.cased and any(lemma in self._not_names for lemma in lemmas(word, language=self.language))

    def _complete(self, words: Sequence[str], full: int) -> bool:
        """Without capitals a name ends with the word behind a particle: X bin Y."""
        particle = len(words) > 2 and self._fold(words[-2]) in self._particles
        return particle and not self.cased and full > 1

    def _stops(self, word: str) -> bool:
        """Tell whether a word bears an ending that no word inside a name has, and only that."""
        if not self._stop_endings or not word.endswith(self._stop_endings) or word in self._known:
            return False
        tails = set(tails_of(word, language=self.language))
        return bool(tails) and tails <= set(self._stop_endings)

    def _trim(self, word: str, inside: bool) -> str:
        """Keep the full stop only behind an initial or a short form of a first name."""
        bare = word.rstrip(".")
        if word != bare and len(bare) > 1 and self._fold(bare) not in self._initials:
            return bare
        return word

    def _inflected(self, word: str) -> bool:
        """Tell whether a word bears an ending that leaves no doubt, after which no name goes on."""
        return bool(peel(word, language=self.language, known=self._known).suffix)

    def _next(self, position: int, word: str) -> int:
        """Return where the next word may begin: after one blank, or at once behind an initial; else -1."""
        text = self.text
        if text[position : position + 1] in (" ", "\u00a0"):
            return position + 1
        if word.endswith(".") and text[position : position + 1].isalpha():
            return position
        return -1

    def backwards(self, end: int) -> Run | None:
        """Read the name that ends at an offset: up to three words, each with a capital."""
        if not self.cased:
            return None
        start, count, text = end, 0, self.text
        while count < 3:
            left = start - 1 if count else start
            if count and (left < 1 or text[left] != " "):
                break
            begin = left
            while begin > 0 and (text[begin - 1].isalpha() or text[begin - 1] in "-'’."):
                begin -= 1
            word = text[begin:left]
            if not word or not word[0].isupper() or self.taken.cover(begin) or self._kind(word, False) is None:
                break
            start, count = begin, count + 1
        if count < 2:
            return None
        return Run(start, end, tuple(text[start:end].split()), count)

    def with_first_name(self, run: Run) -> Run:
        """Add the capitalised word before a surname or a single initial: George W. Bush."""
        text = self.text
        if not self.cased or text[run.start - 1 : run.start] != " " or run.words[0].count(".") > 1:
            return run
        begin = run.start - 1
        while begin > 0 and (text[begin - 1].isalpha() or text[begin - 1] in "-'’"):
            begin -= 1
        word = text[begin : run.start - 1]
        if len(word) < 3 or not word[0].isupper() or self._kind(word, False) != "full" or self.taken.cover(begin):
            return run
        if word.isupper() or self._inflected(word):
            return run
        return Run(begin, run.end, (word, *run.words), run.full + 1)

    def alone(self, run: Run) -> bool:
        """Tell whether a surname stands for a person by itself, not in another name or as a plain word."""
        text, folded = self.text, self._fold(run.words[0])
        before, behind = self._beside(run)
        if not self.cased and (folded in self._ordinary or self._kind(folded, False) is None):
            return False
        if not self.cased:
            return all(
                not word or self._kind(word, False) is None or self._is_ordinary(word) for word in (before, behind)
            )
        opens = text[max(0, run.start - 2) : run.start].strip() in ("", ".", "!", "?")
        if not text[run.start].isupper() or self._kind(run.words[0], False) is None:
            return False
        if folded in self._words and (opens or before[:1].isupper()):
            return False
        if run.start and opens and not before:
            return folded not in self._not_names
        return not (behind[:1].isupper() and self._kind(behind, False) == "full" and not self.taken.cover(run.end + 1))

    def _beside(self, run: Run) -> tuple[str, str]:
        """Return the words one blank before and behind a run, empty where there is none or a known name."""
        text = self.text
        begin = end = run.start - 1
        while end > 0 and text[end] == " " and begin > 0 and end - begin < 40 and _letter(text[begin - 1]):
            begin -= 1
        match = WORD.match(text, run.end + 1) if text[run.end : run.end + 1] == " " else None
        behind = match.group().rstrip(".") if match and not self.taken.cover(run.end + 1) else ""
        before = text[begin:end] if begin >= 0 and not self.taken.cover(max(0, begin)) else ""
        return before, behind

    def surnames(self, lemma: str) -> Iterator[str]:
        """Yield the words of a full name by which the person may be called later."""
        words = [word for word in lemma.split() if self._kind(word, True) == "full"]
        if len(words) > 1 or (words and len(lemma.split()) > 1) or "." in lemma:
            yield words[-1].rpartition(".")[2]
        if len(words) > 1 and self._fold(words[0]) in self._family_first:
            yield words[0]


def _letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char)[0] == "M"
