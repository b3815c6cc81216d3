"""Fuzz everything that takes in what others wrote, guided by coverage; needs `pip install 'dragoman[fuzz]'`.

python benchmarks/fuzz.py [TARGET...] [--seconds 30] [--corpus FOLDER]
The targets are those of tests/hostile/targets.py, each in a process of its own for so many seconds. Inputs that were
worth keeping and those that broke something stay in the corpus folder. Ends with 1 if a target broke.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))
WAKING = (
    "Azerbaijan and Turkey signed a treaty in Baku on 3 May 2011.",
    "Azərbaycan və Türkiyə 2011-ci il mayın 3-də Bakıda müqavilə imzaladı.",
    "আজারবাইজান ও তুরস্ক ২০১১ সালের ৩ মে বাকুতে চুক্তি স্বাক্ষর করে।",
    "qqqqqqqqqqqqqqqqqqqqqqqqq?",
)
SLOWEST = 20
"""Seconds after which an input counts as a hang."""


def fuzz(name: str, corpus: Path, seconds: int) -> None:
    """Fuzz one target in this process; libFuzzer ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["dragoman"]):
        from targets import TARGETS

    for text in WAKING:
        TARGETS[name](text.encode())  # what is loaded once is no hang
    kept, broke = corpus / name, corpus / f"{name}-broke-"
    kept.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-artifact_prefix={broke}", "-max_len=4096"]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", "-print_final_stats=1", str(kept)], TARGETS[name])
    atheris.Fuzz()


def names() -> list[str]:
    from targets import TARGETS

    return list(TARGETS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--corpus", type=Path, default=ROOT / "outputs" / "fuzz")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        fuzz(given.targets[0], given.corpus, given.seconds)
    broken = []
    for name in given.targets or names():
        command = [sys.executable, __file__, name, "--here", f"--seconds={given.seconds}", f"--corpus={given.corpus}"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"}
        )
        runs = next((line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "?")
        print(f"{name:<18} {runs:>8} inputs in {given.seconds} s  {'broke' if done.returncode else 'held'}", flush=True)
        if done.returncode:
            broken.append(name)
            print(done.stderr[-3000:], file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
