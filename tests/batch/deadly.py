"""Workers that die on certain articles: importable by a process that is started anew."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from dragoman import flow
from dragoman.batch.worker import serve
from dragoman.records import Article

ALWAYS = "kills whoever reads it"
ONCE = "kills the first who reads it"


def serve_until_killed(connection: Any, position: Any, settings: Any, files: Any) -> None:
    """Serve as a worker does, but end by SIGKILL on the texts above."""
    process = flow.process

    def deadly(article: Article, **options: Any) -> Any:
        mark = Path(files.folder, "killed")
        if ALWAYS in article.text or (ONCE in article.text and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return process(article, **options)

    flow.process = deadly  # type: ignore[assignment]
    serve(connection, position, settings, files)


def serve_after_some_starts(connection: Any, position: Any, settings: Any, files: Any) -> None:
    """Serve as a worker does, but the first ones end by SIGKILL at the first article that they read."""
    process = flow.process
    mark = Path(files.folder, f"started{os.getpid()}")
    mark.touch()

    def slow_start(article: Article, **options: Any) -> Any:
        if len(list(mark.parent.glob("started*"))) <= int(os.environ["DEADLY_STARTS"]):
            os.kill(os.getpid(), signal.SIGKILL)
        return process(article, **options)

    flow.process = slow_start  # type: ignore[assignment]
    serve(connection, position, settings, files)


def die_at_once(connection: Any, position: Any, settings: Any, files: Any) -> None:
    os._exit(7)


def read_unless_killed(shard: Any, settings: Any, wanted: str) -> Any:
    """Read a shard in a worker of a cluster, but end by SIGKILL on the text above."""
    from dragoman.batch.cluster import read_shard

    if any(ALWAYS in getattr(record, "text", "") for record in shard.records):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_shard(shard, settings, wanted)
