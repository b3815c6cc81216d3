"""The statistical language model (py3langid), loaded when it is first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def guess(sample: str, *, unlikely: frozenset[str] = frozenset()) -> tuple[str, float]:
    """Return the most likely language (ISO 639 code) and its probability; an unlikely one is passed over."""
    code, probability = _model().classify(sample)
    if code in unlikely:
        code, probability = next(found for found in _model().rank(sample) if found[0] not in unlikely)
    return str(code), float(probability)


def known(language: str) -> bool:
    """Tell whether the model knows a language."""
    return language in {str(code) for code in _model().nb_classes}
