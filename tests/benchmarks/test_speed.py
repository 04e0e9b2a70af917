"""The speed benchmark runs and measures what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import speed

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def test_it_prints_a_table_with_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main([str(CORPUS / "wangshuo-2024.txt"), "--repeats", "1", "--times", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    jieba = next(line for line in lines if line.startswith("jieba.lcut"))
    assert jieba.split()[-1] == "1.0"
    assert any(line.startswith("whole extraction") for line in lines)
    assert any(line.startswith("plain regex") for line in lines)


def test_it_fails_where_the_ratio_is_not_reached(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(CORPUS / "wangshuo-2024.txt")
    assert speed.main([file, "--repeats", "1", "--times", "2", "--at-least", "1000000"]) == 1
    assert "FAILED whole extraction is" in capsys.readouterr().out


def test_a_timing_is_the_median() -> None:
    timing = speed.timed("sleep", lambda: None, 1_000_000, 5)
    assert timing.speed == pytest.approx(1 / timing.seconds)


def test_the_corpus_is_that_of_the_manifest() -> None:
    assert all(file.is_file() for file in speed.corpus())
