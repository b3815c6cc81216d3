"""Worker processes that die: what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.batch.pool import CRASHED, Pool
from dragoman.batch.shards import ShardFiles, divide
from dragoman.config import Settings
from dragoman.errors import DragomanError
from dragoman.records import Article

TEXT = "Azerbaijan and Turkey signed a treaty of friendship in Baku on 3 May 2011."


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.fixture
def files(tmp_path: Path) -> ShardFiles:
    return ShardFiles(tmp_path)


def statuses(files: ShardFiles, texts: list[str], target: object) -> Iterator[tuple[object, object]]:
    """Run texts through two workers; yield each article's status and reason."""
    articles = [Article(f"a#{number:03}", "a", text) for number, text in enumerate(texts)]
    pool = Pool(2, Settings(), files, target=target)
    try:
        finished = sorted(number for number, _ in pool.finish_all(divide(articles)))
    finally:
        pool.stop()
    for number in finished:
        for outcome in files.load(number):
            assert outcome.article is not None
            yield outcome.article[8], outcome.article[9]


def test_a_crash_costs_only_the_article_that_caused_it(files: ShardFiles) -> None:
    import deadly

    texts = [TEXT] * 70
    texts[3] = f"{TEXT} {deadly.ALWAYS}."
    found = list(statuses(files, texts, deadly.serve_until_killed))

    assert found == [("rejected", CRASHED) if number == 3 else ("ok", None) for number in range(70)]


def test_an_article_is_read_again_after_one_crash(files: ShardFiles) -> None:
    import deadly

    found = list(statuses(files, [TEXT, f"{TEXT} {deadly.ONCE}."], deadly.serve_until_killed))

    assert (files.folder / "killed").exists()
    assert found == [("ok", None), ("ok", None)]


def test_workers_killed_while_they_load_cost_no_article(files: ShardFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    import deadly

    monkeypatch.setenv("DEADLY_STARTS", "3")
    found = list(statuses(files, [TEXT] * 5, deadly.serve_after_some_starts))

    assert len(list(files.folder.glob("started*"))) > 3
    assert found == [("ok", None)] * 5


def test_workers_that_never_start_end_the_run(files: ShardFiles) -> None:
    import deadly

    with pytest.raises(DragomanError, match="exit code 7"):
        list(statuses(files, [TEXT], deadly.die_at_once))


def test_wrong_knowledge_in_a_worker_ends_the_run_with_its_exit_code(files: ShardFiles) -> None:
    from dragoman.config import LanguageSettings

    settings = Settings(languages={"en": LanguageSettings(names="spacy", names_model="/nowhere")})
    pool = Pool(1, settings, files)
    with pytest.raises(DragomanError, match="nowhere") as caught:
        list(pool.finish_all(divide([Article("a", "a", TEXT)])))
    pool.stop()

    assert caught.value.exit_code == 3


def test_a_failing_disk_is_not_blamed_on_the_articles(files: ShardFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.batch.worker import finish

    def full(text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dragoman.flow.detect", full)
    with pytest.raises(OSError, match="No space left"):
        finish(next(divide([Article("a", "a", TEXT)])), settings=Settings(), files=files)

    assert not files.any()
