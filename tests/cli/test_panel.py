"""``govreport-nlp panel`` and ``outcomes``."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from govreport_nlp import read
from govreport_nlp.cli import main

ROOT = Path(__file__).parents[2]
YEARS = [str(ROOT / "corpus" / f"wangshuo-{year}.txt") for year in (2023, 2024)]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def table(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_long_panel_has_a_row_for_every_indicator(tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    status, printed = run("panel", *YEARS, "-o", str(out))
    assert status == 0, printed
    rows = table(out)
    growth = [r for r in rows if r["indicator_id"] == "gdp_growth"]
    assert [(r["year"], r["form"]) for r in growth] == [("2023", "numeric"), ("2024", "numeric")]
    assert {r["form"] for r in rows} >= {"numeric", "not_found"}
    assert {r["bound"] for r in rows if r["form"] == "numeric"} >= {"=", ">=", "<="}
    assert {r["relation"] for r in rows} >= {"down", ""}
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_wide_panel_has_a_row_for_every_report(tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    assert run("panel", *YEARS, "-o", str(out), "--wide")[0] == 0
    rows = table(out)
    assert [r["year"] for r in rows] == ["2023", "2024"]
    assert all(float(r["gdp_growth"]) > 0 for r in rows)


def test_gaps_name_the_year_before(tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    assert run("panel", *YEARS, "-o", str(out), "--gaps")[0] == 0
    first, second = (r for r in table(out) if r["indicator_id"] == "gdp_growth")
    assert first["gap_previous"] == ""
    assert float(second["gap_previous"]) == float(second["mid"]) - float(first["mid"])
    assert run("panel", *YEARS, "-o", str(out), "--gaps", "--wide")[0] == 2


def test_an_unreadable_file_is_a_row_and_a_sentence(tmp_path: Path) -> None:
    empty, out = tmp_path / "empty.txt", tmp_path / "panel.csv"
    empty.write_bytes(b"")
    status, printed = run("panel", YEARS[0], str(empty), "-o", str(out))
    assert status == 0
    assert "empty.txt" in printed
    assert [r["file"] for r in table(out) if r["form"] == "unreadable"] == [str(empty)]
    status, printed = run("panel", str(empty), "-o", str(out))
    assert status == 1


def test_an_unknown_scheme_is_a_wrong_use(tmp_path: Path) -> None:
    status, printed = run("panel", YEARS[0], "-o", str(tmp_path / "p.csv"), "--constraints", "x")
    assert status == 2
    assert "unknown constraint scheme" in printed
    assert not (tmp_path / "p.csv").exists()


def test_outcomes_join_two_years(tmp_path: Path) -> None:
    out = tmp_path / "outcomes.csv"
    status, printed = run("outcomes", *YEARS, "-o", str(out))
    assert status == 0, printed
    verdicts = {r["indicator_id"]: r["verdict"] for r in table(out)}
    assert set(verdicts.values()) >= {"met", "missed"}
    assert "=" in {r["target_bound"] for r in table(out)}
    assert run("outcomes", YEARS[0], "-o", str(out))[0] == 1


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("panel", ()),
        ("outcomes", ()),
        ("attention", ("--list", "digital_economy")),
        ("diffusion", ()),
        ("projects", ()),
    ],
)
def test_every_analysis_reads_the_column_that_is_named(tmp_path: Path, command: str, options: tuple[str, ...]) -> None:
    texts = [read(year).text for year in YEARS]
    # Two columns hold reports, so that one has to be named.
    frame = pd.DataFrame({"年份": [2023, 2024], "县": "望朔县", "正文": texts, "去年": texts[::-1]})
    frame.to_csv(tmp_path / "set.csv", index=False)
    arguments = [command, str(tmp_path / "set.csv"), *options, "-o", str(tmp_path / "out")]
    status, printed = run(*arguments)
    assert status == 1
    assert "正文" in printed
    status, printed = run(*arguments, "--text-column", "正文", "--workers", "2")
    assert status == 0, printed
    assert (tmp_path / "out").exists()
