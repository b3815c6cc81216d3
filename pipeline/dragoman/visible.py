"""Text from articles made safe to look at: what would hide, turn round or forge it is shown by its number."""

from __future__ import annotations

import re

# Controls (but tab and line feed), soft hyphen, marks of direction, spaces without width, tags. Not the joiners
# U+200C and U+200D, which Bengali spelling needs.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Write signs that could deceive a reader or steer a terminal as \u27e8U+202E\u27e9."""
    return HIDDEN.sub(lambda match: f"\u27e8U+{ord(match[0]):04X}\u27e9", text) if HIDDEN.search(text) else text


def on_one_line(text: str) -> str:
    """The same, with all white space as single blanks."""
    return visible(" ".join(text.split()))
