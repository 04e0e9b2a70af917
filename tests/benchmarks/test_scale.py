"""The benchmark of batches runs, and what it measures is true: memory does not grow with the number of reports."""

from __future__ import annotations

from pathlib import Path

import pytest

import scale
from govreport_nlp import Corpus


def test_generated_reports_are_all_different_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        scale.generate(tmp_path / name, 40)
    texts = {name: [file.read_bytes() for file in sorted((tmp_path / name).rglob("*.txt"))] for name in ("one", "two")}
    assert texts["one"] == texts["two"]
    assert len(set(texts["one"])) == 40
    assert all(report.targets for report in Corpus(tmp_path / "one"))


def test_it_prints_what_a_run_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scale.main(["--reports", "20", "--workers", "2", "--scratch", str(tmp_path)]) == 0
    head, first, again = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "reports"
    assert first.split()[:3] == ["20", "2", "first"]
    assert again.split()[:3] == ["20", "2", "again"]
    assert all(float(figure) > 0 for figure in first.split()[3:])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["out", "out.jsonl"])
def test_memory_does_not_grow_with_the_number_of_reports(tmp_path: Path, output: str) -> None:
    peaks = []
    for count in (100, 1000):
        scale.generate(tmp_path / f"reports-{count}", count, chars=700)
        made = scale.measure(tmp_path / f"reports-{count}", count, 2, tmp_path / f"{count}" / output)
        peaks.append(made.peak)
    assert peaks[1] < peaks[0] * 1.1 + 20
