"""Kill a run at random moments, give the same command again, and compare its tables with those of a quiet run.

python benchmarks/faults.py [INPUT...] [--moments 20] [--workers 2] [--seed 1]
Ends with 1 if a table differs by a byte, or a command of a pair that was killed does not finish the second time.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import reading
from dragoman.batch.shards import divide
from dragoman.config import Settings

TABLES = ("articles", "entities", "dates", "events", "treaties", "timeline", "rejects")


@dataclass(frozen=True, slots=True)
class Moment:
    """So many seconds after so many shards are finished: it does not depend on how fast the machine is."""

    shards: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s after {self.shards:>3} shards"

    def wait(self, running: subprocess.Popen[bytes], output: Path) -> bool:
        """Wait for it; tell whether the run is still at work then."""
        while running.poll() is None and _shards(output) < self.shards:
            time.sleep(0.01)
        try:
            running.wait(self.seconds)
        except subprocess.TimeoutExpired:
            return True
        return False


@dataclass(frozen=True, slots=True)
class Fault:
    """One run that was killed: when, by what, how it stood then, and whether the tables came out the same."""

    moment: Moment
    by: str
    stood: str
    same: bool

    def __str__(self) -> str:
        verdict = "identical" if self.same else "DIFFERENT"
        return f"{self.by:<8} {self.moment}: {self.stood:<22} {verdict}"


def command_of(inputs: Sequence[str], output: Path, workers: int) -> list[str]:
    run = [sys.executable, "-m", "dragoman", "run", *inputs, "--output", str(output)]
    return [*run, "--workers", str(workers), "--quiet"]


def tables_of(run: Path) -> dict[str, bytes]:
    """Read every table of a run, CSV and Parquet."""
    return {path.name: path.read_bytes() for name in TABLES for path in sorted(run.glob(f"{name}.*"))}


def killed_and_resumed(command: Sequence[str], output: Path, moment: Moment, by: signal.Signals) -> str:
    """Start the command, kill it at a moment, start it again to its end; tell how it stood when killed.

    Ctrl-C goes to all processes of the run, as from a terminal; the other signals to its own process alone.
    """
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=_interruptible)
    if moment.wait(running, output):
        if by == signal.SIGINT:
            os.killpg(running.pid, by)
        else:
            running.send_signal(by)
    running.wait()
    stood = _stood(output)
    if not (output / "run.json").is_file() or output.with_name(f".{output.name}.building").exists():
        subprocess.run(command, check=False)
    return stood


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _stood(output: Path) -> str:
    if (output / "run.json").is_file():
        return "finished"
    building = output.with_name(f".{output.name}.building")
    if not building.is_dir():
        return "nothing was done"
    return f"{_shards(output)} shards" + (", writing" if (building / "tables" / "articles.csv").exists() else "")


def _shards(output: Path) -> int:
    return len(list(output.with_name(f".{output.name}.building").glob("shards/*.jsonl")))


def matrix(inputs: Sequence[str], folder: Path, *, moments: int, workers: int, seed: int) -> list[Fault]:
    """Run once in quiet, with one worker, then kill and continue at random moments from start to end."""
    quiet = folder / "quiet"
    subprocess.run(command_of(inputs, quiet, 1), check=False)
    total = sum(1 for _ in divide(reading.read(inputs, settings=Settings())))
    wanted = tables_of(quiet)
    assert wanted, "the quiet run wrote no tables"
    chance = random.Random(seed)
    faults = []
    for number in range(moments):
        by = signal.SIGINT if number % 4 == 3 else signal.SIGKILL
        output = folder / f"run{number}"
        moment = Moment(min(total, int(chance.uniform(0.0, 1.25) * total)), chance.uniform(0.0, 1.5))
        stood = killed_and_resumed(command_of(inputs, output, workers), output, moment, by)
        faults.append(Fault(moment, by.name, stood, tables_of(output) == wanted))
    return faults


def _made(folder: Path) -> str:
    from soak import write_articles

    write_articles(folder / "articles", 1500)
    return str(folder / "articles")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", help="files or folders [default: 1,500 made articles]")
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inputs = given.inputs or [_made(Path(folder))]
        faults = matrix(inputs, Path(folder), moments=given.moments, workers=given.workers, seed=given.seed)
    for fault in faults:
        print(fault)
    same = sum(fault.same for fault in faults)
    print(f"{same} of {len(faults)} byte-identical")
    return 0 if same == len(faults) else 1


if __name__ == "__main__":
    sys.exit(main())
