"""The statistical language model (py3langid), loaded when it is first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def guess(sample: str) -> tuple[str, float]:
    """Return the most likely language (ISO 639 code) and its probability."""
    code, probability = _model().classify(sample)
    return str(code), float(probability)
