"""Run the command line and print the peak memory of this program alone, in MiB, as the last word on stderr.

Started from a large program, ru_maxrss counts that one's memory at the start too; VmHWM does not (Linux).
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> int:
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    from dragoman.cli import main

    try:
        main()
    finally:
        print("peak", peak(), file=sys.stderr)
