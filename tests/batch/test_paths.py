"""Which files a corpus is made of, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_nlp.batch.paths import find
from govreport_nlp.tables import atomic_directory


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b/2.txt",
        "b/1.HTML",
        "a.docx",
        "c.md",
        "plain",
        "data.json",
        "x/y/z/3.pdf",
        "b/t.CSV",
        "z.zip",
        "m.xlsx",
        "n.pptx",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    for name in (".git/config.txt", "~$a.docx", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_directory_gives_all_below_it_sorted_by_path(tree: Path) -> None:
    found = find(".")
    assert list(found.files) == [
        "./a.docx",
        "./b/1.HTML",
        "./b/2.txt",
        "./b/t.CSV",
        "./c.md",
        "./m.xlsx",
        "./plain",
        "./x/y/z/3.pdf",
        "./z.zip",
    ]
    assert found.left_out == {".json": 1, ".pptx": 1}


def test_order_is_by_parts_of_the_path_not_by_characters(tree: Path) -> None:
    (tree / "b-2").mkdir()
    (tree / "b-2" / "0.txt").write_text("text")
    assert [f for f in find(".").files if "b" in f][:4] == ["./b/1.HTML", "./b/2.txt", "./b/t.CSV", "./b-2/0.txt"]


def test_paths_keep_the_order_given_and_none_comes_twice(tree: Path) -> None:
    assert find(["c.md", tree / "a.docx", "b", "./c.md", "b/2.txt"]).files == (
        "c.md",
        str(tree / "a.docx"),
        "b/1.HTML",
        "b/2.txt",
        "b/t.CSV",
    )


def test_patterns(tree: Path) -> None:
    assert find("b/*").files == ("b/1.HTML", "b/2.txt", "b/t.CSV")
    assert find("**/*.txt").files == ("b/2.txt",)
    assert find("?").files == ("b/1.HTML", "b/2.txt", "b/t.CSV", "x/y/z/3.pdf")


def test_a_name_with_signs_of_a_pattern_is_a_name_where_it_exists(tree: Path) -> None:
    (tree / "r[1].txt").write_text("text")
    assert find("r[1].txt").files == ("r[1].txt",)


def test_a_file_that_is_named_is_taken_whatever_its_ending(tree: Path) -> None:
    assert find("data.json").files == ("data.json",)


def test_what_is_not_there_is_kept_for_reading_to_fail_on(tree: Path) -> None:
    assert find(["gone.txt", "no*thing"]).files == ("gone.txt", "no*thing")


def test_output_of_an_earlier_run_is_no_input(tree: Path) -> None:
    with atomic_directory("out") as directory:
        (directory / "readme.txt").write_text("x")
    assert not [f for f in find(".").files if "out" in f]


def test_links_to_directories_are_not_followed(tree: Path) -> None:
    (tree / "b" / "loop").symlink_to(tree)
    assert len(find("b").files) == 3


def test_an_empty_directory_gives_nothing(tmp_path: Path) -> None:
    assert find(tmp_path) == ((), frozenset(), {})
