"""``govreport-nlp tree``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_the_tree_with_its_counts(command: Command, reports: Path) -> None:
    result = command("tree", reports / "county-2024.txt")
    assert result.exit_code == 0
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0].startswith("望朔县 · 2024")
    assert lines[1:] == [
        "├── 一、2023年工作回顾  2 sentences",
        "└── 二、2024年工作安排  6 sentences, 1 target, 1 slogan, 1 project",
        "    ├── （一）稳就业  3 sentences, 1 target, 1 slogan",
        "    └── （二）强交通  2 sentences, 1 project",
    ]


def test_standard_input(command: Command, reports: Path) -> None:
    result = command("tree", "-", input=(reports / "county-2023.txt").read_bytes())
    assert result.exit_code == 0
    assert "（一）稳就业" in result.stdout


def test_colours_are_for_terminals(command: Command, reports: Path) -> None:
    plain = command("tree", reports / "county-2024.txt").stdout
    coloured = command("tree", reports / "county-2024.txt", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured


def test_a_file_that_cannot_be_read(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    result = command("tree", tmp_path / "a.txt")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
