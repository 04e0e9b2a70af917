"""``govreport-nlp attention``, ``diffusion`` and ``projects``."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govreport_nlp.analysis import attention as count
from govreport_nlp.analysis.columns import ATTENTION, ATTENTION_HITS, DIFFUSION, PROJECTS
from govreport_nlp.cli.attention import attention
from govreport_nlp.cli.common import PlainErrors
from govreport_nlp.cli.diffusion import diffusion
from govreport_nlp.cli.projects import projects
from govreport_nlp.tables import Table
from govreport_nlp.tables.atomic import MARK

REPORT = """望朔县{year}年政府工作报告
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、{before}年工作回顾
新建学校3所。空气质量改善。{done}
二、{year}年工作安排
（一）稳就业。城镇新增就业7200人以上。深化“放管服”改革。
（二）强交通。开工建设望河大桥。加强环境保护。
"""

Command = Callable[..., Result]


@pytest.fixture
def command() -> Command:
    group = PlainErrors(commands=[attention, diffusion, projects])

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(group, [str(a) for a in arguments], catch_exceptions=False)

    return call


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    directory = tmp_path / "reports"
    directory.mkdir()
    for year, done in ((2023, ""), (2024, "望河大桥开工。")):
        text = REPORT.format(year=year, before=year - 1, done=done)
        (directory / f"county-{year}.txt").write_text(text, encoding="utf-8")
    return directory


def read(file: Path, table: Table) -> list[dict[str, str]]:
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with open(file, encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert all(list(row) == [column.name for column in table.columns] for row in rows)
    return rows


def test_attention_writes_counts_and_hits(command: Command, reports: Path, tmp_path: Path) -> None:
    counts, hits = tmp_path / "counts.csv", tmp_path / "hits.csv"
    result = command("attention", reports, "--list", "environment", "-o", counts, "--hits", hits)
    assert result.exit_code == 0
    assert "2 files: 2 read, 0 failed. 6 rows" in result.stdout
    rows = read(counts, ATTENTION)
    assert [(r["year"], r["scope"], r["n_hits"]) for r in rows[:3]] == [
        ("2023", "all", "2"),
        ("2023", "plan", "1"),
        ("2023", "review", "1"),
    ]
    assert [r["word"] for r in read(hits, ATTENTION_HITS)] == ["空气", "环境保护"] * 2
    known = count(str(reports), "environment")
    assert [int(r["n_tokens"]) for r in rows] == known.n_tokens.tolist()


def test_attention_takes_several_lists_and_a_policy(command: Command, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("list,word\nshort,环境\nlong,环境保护\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    options = ("--list", "environment", "--list", tmp_path / "mine.csv", "-o", out, "--workers", "1")
    for policy, short in (("longest", "1"), ("longest_of_all", "0")):
        assert command("attention", reports, *options, "--overlap", policy).exit_code == 0
        rows = {(r["list"], r["scope"]): r for r in read(out, ATTENTION) if r["year"] == "2023"}
        assert (rows["short", "all"]["n_hits"], rows["long", "all"]["n_hits"]) == (short, "1")
        assert rows["short", "all"]["overlap_policy"] == policy


def test_attention_shows_the_shipped_lists(command: Command) -> None:
    result = command("attention", "--lists")
    assert result.exit_code == 0
    assert "environment: 15 words; 陈诗一" in result.stdout


def test_a_list_that_is_none_is_refused_before_anything_is_written(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    result = command("attention", reports, "--list", "enviroment", "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("enviroment: it is no word list; ")
    assert os.listdir(tmp_path) == ["reports"]


def test_diffusion_writes_its_tables(command: Command, reports: Path, tmp_path: Path) -> None:
    result = command("diffusion", reports, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(os.listdir(tmp_path / "out")) == sorted([*(f"{t.name}.csv" for t in DIFFUSION), MARK])
    tables = {t.name: read(tmp_path / "out" / f"{t.name}.csv", t) for t in DIFFUSION}
    [first] = tables["slogan_first"]
    assert (first["slogan"], first["first_year"], first["maybe_older"], first["n_reports"]) == (
        "放管服",
        "2023",
        "TRUE",
        "2",
    )
    assert [r["change"] for r in tables["slogan_turnover"]] == ["kept"]


def test_projects_writes_its_tables(command: Command, reports: Path, tmp_path: Path) -> None:
    result = command("projects", reports, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "project_paths: 1 row" in result.stdout
    tables = {t.name: read(tmp_path / "out" / f"{t.name}.csv", t) for t in PROJECTS}
    [path] = tables["project_paths"]
    assert (path["name"], path["path"]) == ("望河大桥", "2023 planned > 2024 started")
    assert [r["stage"] for r in tables["project_reports"]] == ["planned", "started"]


@pytest.mark.parametrize("what", [["attention", "--list", "environment"], ["diffusion"], ["projects"]])
def test_files_that_cannot_be_read_are_named_and_stop_no_other(
    command: Command, reports: Path, tmp_path: Path, what: list[str]
) -> None:
    (reports / "empty.txt").write_bytes(b"")
    result = command(*what, reports, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "3 files: 2 read, 1 failed." in result.stdout
    assert "empty.txt" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("what", [["attention", "--list", "environment"], ["diffusion"], ["projects"]])
def test_where_nothing_can_be_read_the_status_says_so(command: Command, tmp_path: Path, what: list[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = command(*what, tmp_path / "empty.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr


@pytest.mark.parametrize("what", ["attention", "diffusion", "projects"])
def test_help(command: Command, what: str) -> None:
    result = command(what, "--help")
    assert result.exit_code == 0
    assert "PATH..." in result.stdout
