"""Everything that can go wrong, and the exit code it ends with.

DragomanError          1
  UsageError           2   the command line asks for something that is not there
  ConfigError          3   config.toml is wrong
  PackError            3   a file under models/ is wrong
    RuleError          3   one rule is wrong
  EngineError          3   a names engine or its model is missing
  ReleaseError         3   a frozen release does not match its manifest
  GateError            4   the new rules score below a floor

A record that cannot be read is not an exception: it is a `Rejection`, and the run goes on.
"""

from __future__ import annotations

from pathlib import Path


class DragomanError(Exception):
    """The root of the tree; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(DragomanError):
    exit_code = 2


class ConfigError(DragomanError):
    exit_code = 3


class PackError(DragomanError):
    exit_code = 3


class RuleError(PackError):
    """One rule is wrong; the message names file, rule, problem and way out."""

    def __init__(self, path: Path, rule: str, problem: str, fix: str) -> None:
        super().__init__(f"{path}: rule {rule} {problem}; {fix}")


class EngineError(DragomanError):
    exit_code = 3


class ReleaseError(DragomanError):
    exit_code = 3


class GateError(DragomanError):
    exit_code = 4
