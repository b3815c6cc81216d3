"""The command line. Each command stands in `dragoman/commands/<name>.py`; this file only registers them.

A command module has a function `register(app)`. It imports what is slow inside its command, so that
`dragoman --help` answers at once. Only this file turns an error into an exit code (see `errors.py`).
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module

import typer

from dragoman import commands
from dragoman.errors import DragomanError

INTERRUPTED = 130


def application() -> typer.Typer:
    """Build the application with all its commands, in the order of their names."""
    app = typer.Typer(
        name="dragoman",
        help="Read Bengali, Azerbaijani and English articles about diplomacy into event tables.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_keep_subcommands)
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda module: module.name):
        register = getattr(import_module(f"{commands.__name__}.{found.name}"), "register", None)
        if register is not None:
            register(app)
    return app


def _keep_subcommands() -> None:
    """Read Bengali, Azerbaijani and English articles about diplomacy into event tables."""


def main() -> None:
    """Run the command line and end with its exit code."""
    for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(library, "1")  # small matrices: one thread is faster, and workers do not fight
    try:
        application()()
    except DragomanError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
