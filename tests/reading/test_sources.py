"""Which files are read, by what name, in what order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dragoman.config import Settings
from dragoman.errors import UsageError
from dragoman.reading import plan, read
from dragoman.records import Article


def names(*inputs: Path | str) -> list[str]:
    return [source.name for source in plan(list(inputs)).sources]


def rejected(*inputs: Path | str) -> dict[str, str]:
    return {rejection.path: rejection.reason for rejection in plan(list(inputs)).rejections}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "b/c/3.txt", ".hidden", ".git/x.txt", "ad বাংলা ə.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The text of {name}.")
    return tmp_path / "in"


def test_files_are_named_from_the_folder_given_and_sorted(folder: Path) -> None:
    assert names(folder) == ["a.txt", "ad বাংলা ə.txt", "b/1.txt", "b/2.txt", "b/c/3.txt"]


def test_the_order_of_the_inputs_makes_no_difference(folder: Path) -> None:
    assert plan([folder / "b", folder / "a.txt"]) == plan([folder / "a.txt", folder / "b"])
    assert names(folder / "b", folder / "a.txt") == ["a.txt", "b/1.txt", "b/2.txt", "b/c/3.txt"]


def test_a_file_given_twice_is_read_once(folder: Path) -> None:
    assert names(folder / "a.txt", folder / "a.txt") == ["a.txt"]


def test_two_files_of_one_name_keep_their_folders(folder: Path) -> None:
    (folder / "b" / "a.txt").write_text("Another.")

    assert names(folder / "a.txt", folder / "b" / "a.txt") == ["a.txt", "b/a.txt"]


def test_a_single_file_is_called_by_its_name(folder: Path) -> None:
    assert names(folder / "b" / "c" / "3.txt") == ["3.txt"]


def test_an_input_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        plan([folder / "nothing"])


def test_links_are_followed_inside_and_reported_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("Outside.")
    (folder / "loop").symlink_to(folder)
    (folder / "b" / "again").symlink_to(folder / "b" / "c")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "nowhere.txt").symlink_to(tmp_path / "missing")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "inside.txt").symlink_to(folder / "a.txt")

    assert rejected(folder) == {
        "b/again": "already-read",
        "loop": "symlink-loop",
        "nowhere.txt": "unreadable",
        "out.txt": "outside-root",
        "self.txt": "symlink-loop",
        "up": "outside-root",
    }
    assert "inside.txt" in names(folder)


def test_the_folder_that_is_written_is_not_read(folder: Path) -> None:
    found = plan([folder], leave_out=folder / "b")

    assert [source.name for source in found.sources] == ["a.txt", "ad বাংলা ə.txt"]


def test_a_pipe_among_the_files_is_reported(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")

    assert rejected(folder) == {"pipe.txt": "unreadable"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read everything")
def test_what_may_not_be_read_is_reported(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    (folder / "b").chmod(0)

    found = [record for record in read([folder], settings=Settings()) if not isinstance(record, Article)]
    (folder / "b").chmod(0o755)

    assert {record.path: record.reason for record in found} == {"a.txt": "unreadable", "b": "unreadable"}


def test_a_file_that_fails_while_it_is_read_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.open

    def failing(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return whole(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", failing)
    found = {record.path: getattr(record, "reason", "read") for record in read([folder], settings=Settings())}

    assert found["a.txt"] == "unreadable"
    assert found["b/1.txt"] == "read"


def test_a_name_that_is_no_text_is_written_with_escapes(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")).write_text("The text.")

    assert "bad\\xff.txt" in names(folder)


def test_every_byte_of_the_files_is_told_to_the_progress(folder: Path) -> None:
    told: list[int] = []

    list(read([folder], settings=Settings(), progress=told.append))

    assert sum(told) == plan([folder]).size
