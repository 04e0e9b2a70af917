"""Directories that appear whole or not at all, and never in place of somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govreport_nlp.errors import OutputError
from govreport_nlp.tables.atomic import MARK, atomic_directory, atomic_file, is_output


def fill(target: Path, **files: str) -> None:
    with atomic_directory(target) as directory:
        for name, text in files.items():
            (directory / name).write_text(text)


def names(directory: Path) -> list[str]:
    return sorted(p.name for p in directory.iterdir())


def test_it_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    with atomic_directory(target) as directory:
        (directory / "a").write_text("1")
        assert not target.exists()
        assert directory.parent == target.parent
    assert names(target) == ["a", MARK]
    assert is_output(target)
    assert names(tmp_path / "deep") == ["out"]


def test_an_earlier_output_is_replaced_whole(tmp_path: Path) -> None:
    fill(tmp_path / "out", a="1", b="2")
    fill(tmp_path / "out", a="3")
    assert names(tmp_path / "out") == ["a", MARK]
    assert (tmp_path / "out" / "a").read_text() == "3"
    assert names(tmp_path) == ["out"]


def test_an_empty_directory_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out", a="1")
    assert names(tmp_path / "out") == ["a", MARK]


def test_a_link_to_a_directory_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "real", a="1")
    (tmp_path / "link").symlink_to("real")
    fill(tmp_path / "link", a="2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_text() == "2"


def test_a_directory_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match=r"holds what is no earlier output \(thesis\.txt\)"):
        fill(tmp_path, a="1")
    assert names(tmp_path) == ["thesis.txt"]


def test_a_file_that_was_put_into_an_output_is_not_lost(tmp_path: Path) -> None:
    fill(tmp_path / "out", a="1")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"notes\.txt"):
        fill(tmp_path / "out", a="2")
    assert (tmp_path / "out" / "a").read_text() == "1"


@pytest.mark.parametrize("mark", ["", "[]", "{}", '{"files": 3}', '{"files": null}'])
def test_a_mark_of_another_kind_makes_nothing_ours(tmp_path: Path, mark: str) -> None:
    (tmp_path / MARK).write_text(mark)
    with pytest.raises(OutputError):
        fill(tmp_path, a="1")


def test_a_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="this is a file"):
        fill(tmp_path / "out", a="1")


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError])
def test_nothing_is_left_where_the_block_fails(tmp_path: Path, error: type[BaseException]) -> None:
    fill(tmp_path / "out", a="1")

    def fail() -> None:
        with atomic_directory(tmp_path / "out") as directory:
            (directory / "a").write_text("2")
            raise error

    with pytest.raises((error, OutputError)):
        fail()
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "a").read_text() == "1"


def test_the_old_one_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "out", a="1")
    rename = os.rename

    def stubborn(old: Path, new: Path) -> None:
        if str(old).endswith(".part"):
            raise OSError(5, "Input/output error")
        rename(old, new)

    monkeypatch.setattr(os, "rename", stubborn)
    with pytest.raises(OutputError, match="Input/output error"):
        fill(tmp_path / "out", a="2")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "a").read_text() == "1"


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be written by this user")
def test_a_place_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        fill(tmp_path / "out", a="1")


def test_a_file_takes_the_usual_permissions(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "a") as out:
        out.write("1")
    fill(tmp_path / "out", a="1")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o777 & ~mask


def test_ctrl_c_between_the_two_renames_leaves_the_earlier_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(text: str) -> None:
        with atomic_directory(tmp_path / "out") as part:
            (part / "a.csv").write_text(text)

    write("first")
    rename, calls = os.rename, []

    def interrupted(old: Path, new: Path) -> None:
        rename(old, new)
        calls.append(new)
        if len(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write("second")
    assert (tmp_path / "out" / "a.csv").read_text() == "first"
