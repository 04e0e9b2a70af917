"""The page on the analyses is true: its examples run, and it names every column."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from govreport_nlp.analysis.columns import ATTENTION, ATTENTION_HITS, DIFFUSION, PROJECTS
from govreport_nlp.analysis.word_lists import shipped
from govreport_nlp.tables import Table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "analysis.md"


def test_the_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert done.attempted > 10
    assert done.failed == 0


@pytest.mark.parametrize("table", [ATTENTION, ATTENTION_HITS, *DIFFUSION, *PROJECTS], ids=lambda t: t.name)
def test_every_column_is_named_and_described(table: Table) -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert {column.name for column in table.columns} <= named
    assert all(column.zh and column.description for column in table.columns)
    assert len({column.name for column in table.columns}) == len(table.columns)


def test_every_shipped_list_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in shipped())
