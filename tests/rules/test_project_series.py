"""rules/project_series.toml proves itself: names that are one project, names that are two, words that are marked."""

from __future__ import annotations

from typing import get_args

import pytest

from govreport_nlp.analysis.project_groups import clusters
from govreport_nlp.analysis.project_identity import FILE, Names, SeriesRule
from govreport_nlp.model import Meta
from govreport_nlp.rules import SHIPPED
from tests.marks import unmark

RULES = SHIPPED.load(FILE, SeriesRule)
NAMES = Names(Meta(region="望河县", county="望河县"))
MARKED = ("partial", "carried", "open")


def cases(field: str, marked: bool) -> list[object]:
    own = [r for r in RULES if (r.role in MARKED) == marked]
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in own for i, text in enumerate(getattr(r, field))]


def one_project(text: str) -> bool:
    first, second = clusters([NAMES.read(name.strip()) for name in text.split("=")])
    return first == second


@pytest.mark.parametrize(("rule", "text"), cases("examples", False))
def test_examples_are_one_project(rule: SeriesRule, text: str) -> None:
    assert one_project(text) == (rule.role != "apart")


@pytest.mark.parametrize(("rule", "text"), cases("counterexamples", False))
def test_counterexamples_are_two(rule: SeriesRule, text: str) -> None:
    assert one_project(text) == (rule.role == "apart")


@pytest.mark.parametrize(("rule", "text"), cases("examples", True))
def test_examples_mark_words_of_the_entry(rule: SeriesRule, text: str) -> None:
    plain, spans = unmark(text)
    assert spans
    assert {plain[a:b] for a, b in spans} <= set(rule.words)


@pytest.mark.parametrize(("rule", "text"), cases("counterexamples", True))
def test_counterexamples_have_no_word_of_the_entry(rule: SeriesRule, text: str) -> None:
    assert not any(word in text for word in rule.words)


def test_every_role_has_an_entry_and_no_word_is_given_twice() -> None:
    roles = get_args(SeriesRule.__annotations__["role"]) or {r.role for r in RULES}
    assert {r.role for r in RULES} == set(roles)
    for rule in RULES:
        assert len(set(rule.words)) == len(rule.words), rule.id
