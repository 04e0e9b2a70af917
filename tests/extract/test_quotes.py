"""Quoted spans: every style, nested, mistyped and missing marks; linear time however the marks run."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.extract import quotes
from tests.golden import cases

MARKS = '“”‘’「」『』"'
TEXTS = st.text(alphabet=MARKS + "甲乙丙，、。 \n", max_size=60)


def insides(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotes.find(text)]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c[1:], id=c[0]) for c in cases("quotes.txt")])
def test_golden(text: str, expected: str) -> None:
    assert insides(text) == ([] if expected == "none" else expected.splitlines())


@given(TEXTS)
def test_a_quote_stands_between_two_marks_of_its_line(text: str) -> None:
    for q in quotes.find(text):
        assert q.open < q.start < q.end < q.close
        assert text[q.open] in MARKS
        assert text[q.close - 1] in MARKS
        assert "\n" not in text[q.open : q.close]
        assert text[q.start : q.end] == text[q.open + 1 : q.close - 1].strip()


@given(TEXTS)
def test_quotes_are_in_order_and_nest_or_stand_apart(text: str) -> None:
    found = quotes.find(text)
    assert found == sorted(found, key=lambda q: q.open)
    assert len({mark for q in found for mark in (q.open, q.close - 1)}) == 2 * len(found)
    for a, b in itertools.pairwise(found):
        assert b.open >= a.close or b.close < a.close


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=6), max_size=8))
def test_well_typed_quotes_are_found_whole(words: list[str]) -> None:
    assert insides("、".join(f"“{word}”" for word in words)) == words


@given(TEXTS, TEXTS)
def test_paragraphs_do_not_touch_each_other(one: str, two: str) -> None:
    assert insides(f"{one}\n{two}") == insides(one) + insides(two)


RUNS = [
    "“",
    "”",
    "“”",
    '"',
    "‘",
    "“‘",
    "”’",
    "“甲",
    "甲”",
    "“甲‘",
    '"甲，',
    "“、”",
    "“甲“、”乙”",
    "「『",
]


@pytest.mark.parametrize("run", RUNS)
def test_time_is_linear_for_runs_of_marks(run: str) -> None:
    def seconds(n: int) -> float:
        text = run * (n // len(run))
        best = []
        for _ in range(3):
            start = time.process_time()
            quotes.find(text)
            best.append(time.process_time() - start)
        return min(best)

    assert seconds(80_000) < 12 * seconds(20_000) + 0.01


@pytest.mark.parametrize(
    "text", ["“甲" * 5_000 + "”" * 5_000, "“‘甲" * 5_000 + "’”" * 5_000, "「『甲" * 5_000 + "』」" * 5_000]
)
def test_deep_nesting_covers_no_character_more_than_three_times(text: str) -> None:
    assert sum(q.end - q.start for q in quotes.find(text)) <= 3 * len(text)
