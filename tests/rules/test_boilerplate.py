"""rules/boilerplate.toml proves itself: every example is matched by its own rule, no counterexample is."""

from __future__ import annotations

import re

import pytest

from govreport_nlp.rules import SHIPPED
from govreport_nlp.source.boilerplate import Boilerplate, compiled
from govreport_nlp.source.characters import exchange
from tests.marks import unmark

RULES = SHIPPED.load("boilerplate.toml", Boilerplate)
LINES = [r for r in RULES if r.part != "inside"]
INSIDE = [r for r in RULES if r.part == "inside"]


def cases(rules: list[Boilerplate], field: str) -> list[object]:
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in rules for i, text in enumerate(getattr(r, field))]


@pytest.mark.parametrize(("rule", "text"), cases(LINES, "examples"))
def test_examples_are_matched(rule: Boilerplate, text: str) -> None:
    assert re.match(rule.pattern, exchange(text))


@pytest.mark.parametrize(("rule", "text"), cases(LINES, "counterexamples"))
def test_counterexamples_are_matched_by_no_rule_of_their_part(rule: Boilerplate, text: str) -> None:
    assert not re.match(rule.pattern, exchange(text))
    if rule.part == "any":
        assert not compiled().any.match(exchange(text))


@pytest.mark.parametrize(("rule", "text"), cases(INSIDE, "examples"))
def test_spans_are_cut_as_marked(rule: Boilerplate, text: str) -> None:
    plain, spans = unmark(text)
    assert [m.span() for m in re.finditer(rule.pattern, exchange(plain))] == spans


@pytest.mark.parametrize(("rule", "text"), cases(INSIDE, "counterexamples"))
def test_spans_are_not_cut_elsewhere(rule: Boilerplate, text: str) -> None:
    assert not any(pattern.search(exchange(text)) for pattern in compiled().inside)


def test_every_rule_has_counterexamples() -> None:
    assert [r.id for r in RULES if not r.counterexamples] == []
