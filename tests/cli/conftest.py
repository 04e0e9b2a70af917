"""The command as a function, and reports to give it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govreport_nlp.cli import main

REPORT = """望朔县{year}年政府工作报告
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、{before}年工作回顾
新建学校3所。
二、{year}年工作安排
（一）稳就业。城镇新增就业7200人以上。深化“放管服”改革。
（二）强交通。开工建设望河大桥。
"""

Command = Callable[..., Result]


@pytest.fixture
def command() -> Command:
    def call(*arguments: str | Path, **how: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False, **how)  # type: ignore[arg-type]

    return call


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A directory with the reports of two years."""
    directory = tmp_path / "reports"
    directory.mkdir()
    for year in (2023, 2024):
        text = REPORT.format(year=year, before=year - 1)
        (directory / f"county-{year}.txt").write_text(text, encoding="utf-8")
    return directory
