"""The page: one HTML file with its style, its script and its data inside, and nothing that asks for more.

What comes from articles never becomes HTML: it stands in the page packed (gzip, base64), and the script shows it as
text. The policy in the page's head allows exactly its own script and style, by hash, and no request at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

SCRIPTS = (
    "data.js",
    "marks.js",
    "theme.js",
    "filtering.js",
    "tables.js",
    "timeline.js",
    "network.js",
    "distributions.js",
    "article.js",
    "main.js",
)
PLACE = re.compile(r"\{\{(\w+)\}\}")


def packed(content: object) -> str:
    """Pack some JSON for the page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def build(title: str, summary: Iterable[str], *, contents: str, texts: Iterable[str]) -> str:
    """Put the page together; `contents` and `texts` are packed, `summary` is for readers without a script."""
    script = "\n".join(_part(name) for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{script}\n}})();'
    style = _part("style.css")
    blocks = [_block("contents", contents), *(_block(f"texts-{number}", each) for number, each in enumerate(texts))]
    filled = {
        "title": html.escape(title),
        "summary": "\n".join(f"<p>{html.escape(line)}</p>" for line in summary),
        "policy": _policy(script, style),
        "style": style,
        "script": script,
        "data": "\n".join(blocks),
    }
    return _fill(_part("page.html"), filled)


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8").strip()


def _block(name: str, content: str) -> str:
    return f'<script type="application/gzip" id="{name}">{content}</script>'


def _policy(script: str, style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_source(script)}",
            f"style-src {_source(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"


def _fill(template: str, values: Mapping[str, Any]) -> str:
    """Fill the places of a template, once: what is filled in is not looked through again."""
    return PLACE.sub(lambda match: str(values[match[1]]), template)
