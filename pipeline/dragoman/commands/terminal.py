"""Colour on a terminal, plain text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(color: bool | None) -> Console:
    """Return where to print; `color` forces colours or forbids them, None leaves it to the terminal."""
    from rich.console import Console

    if color is None:
        return Console(emoji=False, markup=False)
    return Console(
        emoji=False, markup=False, force_terminal=color, no_color=not color, color_system="standard" if color else None
    )
