"""How fast the review page answers: from a key to the next event on the screen, in Debian's Chromium.

    python benchmarks/review.py [--events 10000]

Needs the extras `review` and `test`. Prints milliseconds for verdicts (each on disk before the answer) and for moving.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "report"), str(TESTS / "review")]

from conftest import CHROMIUM  # noqa: E402
from reportable import large_run  # noqa: E402
from reviewing import ANSWER, Program, View  # noqa: E402

KEYS = {"verdict": "rw" * 15, "move": "jk" * 15}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=10_000)
    events = options.parse_args().events
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        run = large_run(folder / "articles", folder / "run", documents=max(1, events // 10), events=10)
        program = Program(run, folder / "corrections")
        try:
            browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            window = View(browser.new_page(viewport={"width": 1280, "height": 900}), program.address)
            for what, keys in KEYS.items():
                times = [window.page.evaluate(ANSWER, key) for key in keys]
                print(f"{what}: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms of {len(times)}")
        finally:
            program.kill()


if __name__ == "__main__":
    main()
