"""spaCy's tokenizers for our languages, with the additions of `models/<language>/tokens.toml`.

A text is tokenized paragraph by paragraph: within one call, a special case (an abbreviation, an emoticon)
keeps spaCy from using its cache for the rest of the text, which makes long texts ten times slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry
from spacy.vocab import Vocab

from dragoman.errors import PackError
from dragoman.expressions import compiled
from dragoman.pack import load_pack

TOKENIZER = "dragoman.tokenizer.v1"
PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+\Z")


class ParagraphTokenizer:
    """Tokenizes each paragraph by itself and joins the outcome; the text is as it was."""

    def __init__(self, inner: Tokenizer) -> None:
        self.inner = inner
        self.vocab: Vocab = inner.vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for paragraph in PARAGRAPH.findall(text):
            for token in self.inner(paragraph):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenize a stream of texts."""
        for text in texts:
            yield self(text)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return bytes(self.inner.to_bytes(exclude=exclude))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ParagraphTokenizer:
        self.inner.from_bytes(data, exclude=exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        self.inner.to_disk(path, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ParagraphTokenizer:
        self.inner.from_disk(path, exclude=exclude)
        return self


def blank(language: str) -> Any:
    """Return an empty spaCy pipeline of the language with our tokenizer."""
    load_pack(language)
    return spacy.blank(language, config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create() -> Callable[[Any], ParagraphTokenizer]:
    """Make the tokenizer of a pipeline from spaCy's own and the pack of its language."""

    def build(nlp: Any) -> ParagraphTokenizer:
        return ParagraphTokenizer(_extended(nlp))

    return build


def _extended(nlp: Any) -> Tokenizer:
    from spacy.language import DEFAULT_CONFIG

    own = registry.tokenizers.get(DEFAULT_CONFIG["nlp"]["tokenizer"]["@tokenizers"])
    tokenizer = own()(nlp)
    added = additions(nlp.lang)
    own_rules = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*added.edges, *own_rules.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*added.edges, *own_rules.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex([*added.between, *own_rules.infixes]).finditer
    before = own_rules.token_match
    tokenizer.token_match = _either(added.whole, before) if before else added.whole.fullmatch
    return tokenizer


def _either(whole: re.Pattern[str], before: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: whole.fullmatch(text) or before(text)


@dataclass(frozen=True)
class Additions:
    """What a pack adds to a tokenizer: the form of tokens that stay whole, where others are divided."""

    whole: re.Pattern[str]
    between: tuple[str, ...]
    edges: tuple[str, ...]


@lru_cache(maxsize=16)
def additions(language: str) -> Additions:
    """Read `tokens.toml` and the abbreviations of a language."""
    pack = load_pack(language)
    raw = pack.read("tokens.toml")
    short = pack.read("abbreviations.toml")
    words = {word for key in ("open", "number", "inner") for word in short.get(key, ())}
    stopped = [rf"{re.escape(word)}\." for word in sorted(words, key=len, reverse=True) if word[-1:].isalpha()]
    try:
        whole = compiled("|".join([*raw.get("whole", ()), rf"(?i:{'|'.join(stopped)})"]))
        for pattern in (*raw.get("between", ()), *raw.get("edges", ())):
            compiled(pattern)
    except re.error as error:
        message = f"{pack.folder / 'tokens.toml'}: {error.pattern!r} is no regular expression: {error}; mend it"
        raise PackError(message) from error
    return Additions(whole, tuple(raw.get("between", ())), tuple(raw.get("edges", ())))
