"""Rows of slogans: kinds, meanings, known slogans without quotes; offsets that fit whatever the text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_nlp import source, structure
from govreport_nlp.extract import slogans
from govreport_nlp.model import Slogan
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source.document import View
from tests.golden import cases

SHARED = Path(__file__).resolve().parents[3] / "shared"


def rows(text: str, **meta: object) -> tuple[Slogan, ...]:
    """The slogans of ``text`` alone, without the other tables."""
    read = source.from_text(text)
    return slogans.extract(structure.build(read, source.fold(read, SHIPPED), SHIPPED, dict(meta)))


def drawn(row: Slogan) -> str:
    shown = [row.kind, *([] if row.quoted else ["bare"]), row.text]
    if row.definition is not None:
        shown.append(f"{row.definition_source}:{row.definition}")
    if row.parts:
        shown += ["→", "|".join(row.parts)]
    return " ".join(shown)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c[1:], id=c[0]) for c in cases("slogans.txt")])
def test_golden(text: str, expected: str) -> None:
    assert "\n".join(map(drawn, rows(text))) == expected


@settings(deadline=None)
@given(st.text(alphabet='“”‘’"（）：，。、\n 即是指三双一放管服改革工程+8x', max_size=120))
def test_rows_are_the_source_s_own_text_in_order(text: str) -> None:
    found = rows(text)
    for row in found:
        assert text[row.start : row.end] == row.text
        assert row.is_slogan == (row.kind in {"numeric", "abbreviation", "phrase", "model"})
        assert (row.definition is None) == (row.definition_source is None)
        assert 0 < row.confidence <= 1
    assert [r.start for r in found] == sorted(r.start for r in found)


def test_a_quote_over_a_joined_line_break_is_one_row() -> None:
    text = "推行“双随机、一\n公开”监管。"
    kept = [i for i, char in enumerate(text) if char != "\n"]
    view = View("".join(text[i] for i in kept), text, array("q", kept))
    (row,) = slogans.extract(structure.build(source.from_text(text), view, SHIPPED, {}))
    assert row.text == "双随机、一\n公开"
    assert (row.kind, row.rule) == ("numeric", "双随机、一公开")


def test_the_rule_and_the_sentence_are_named() -> None:
    first, second = rows("落实“三治一联”机制。推进“放管服”改革。")
    assert (first.rule, first.sentence) == ("numeric.several", "落实“三治一联”机制。")
    assert (second.rule, second.sentence) == ("放管服", "推进“放管服”改革。")


def test_a_sense_that_began_later_is_not_told_to_an_earlier_report() -> None:
    assert rows("落实“两新”政策。", year=2025)[0].definition_source == "lexicon"
    assert rows("落实“两新”政策。", year=2010)[0].definition is None


def test_a_local_sense_is_not_told_to_another_province() -> None:
    text = "建设“三地一区”。"
    assert len(rows(text, province="安徽省")[0].parts) == 4
    assert rows(text, province="云南省")[0].parts == ()


def test_the_report_s_own_parts_come_before_a_sense_that_differs() -> None:
    (row,) = rows("打造“四大品牌”（山水牌、红色牌、民俗牌、康养牌），不学上海。")
    assert row.parts == ("山水牌", "红色牌", "民俗牌", "康养牌")


HARD = [
    "“",
    "“甲”（",
    "“甲”，即",
    "“三农”：甲、",
    "“甲”“",
    "“一一一一",
    "“二二二二”",
    "“甲的甲的",
    "“8+4+",
    "三农工作",
    "“”、“",
    "“（",
]


@pytest.mark.parametrize("run", HARD)
def test_time_is_linear_for_hard_runs(run: str) -> None:
    def seconds(n: int) -> float:
        text = run * (n // len(run))
        start = time.process_time()
        rows(text)
        return time.process_time() - start

    seconds(1_000)
    assert min(seconds(40_000) for _ in range(3)) < 14 * min(seconds(10_000) for _ in range(3)) + 0.05


@pytest.fixture
def scored() -> dict[str, float]:
    scorer, gold = SHARED / "tools" / "score.py", SHARED / "gold" / "dev"
    if not scorer.is_file():
        pytest.skip("the shared gold is not here")
    run = f"{sys.executable} -m govreport_nlp extract {{}} --json"
    command = [sys.executable, str(scorer), str(gold), "--docs", str(gold), "--run", run, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)["slogans"]
    return figures


def test_the_gold_is_met(scored: dict[str, float]) -> None:
    assert scored["f1"] >= 0.995
    assert scored["record_f1"] >= 0.95
