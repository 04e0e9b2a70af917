"""rules/slogan_kinds.toml proves itself: every example is read by its own rule, no counterexample is."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_nlp.errors import RuleError
from govreport_nlp.extract import quotes
from govreport_nlp.extract.slogan_context import surroundings
from govreport_nlp.extract.slogan_kind import FILE, KindReader, KindRule, Reading, reader
from govreport_nlp.rules import SHIPPED, Ruleset
from tests.marks import unmark

RULES = SHIPPED.load(FILE, KindRule)


def readings(text: str) -> dict[tuple[int, int], Reading]:
    """How each quoted expression of ``text`` is read by its form and its surroundings, without the lexicon."""
    found = quotes.find(text)
    return {
        (q.start, q.end): reader(SHIPPED).read(text[q.start : q.end], after, before)
        for q, (before, after) in zip(found, surroundings(text, found, SHIPPED), strict=True)
    }


def cases(field: str) -> list[object]:
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in RULES for i, text in enumerate(getattr(r, field))]


@pytest.mark.parametrize(("rule", "text"), cases("examples"))
def test_examples_are_read_by_their_own_rule(rule: KindRule, text: str) -> None:
    plain, spans = unmark(text)
    assert len(spans) == 1
    reading = readings(plain)[spans[0]]
    assert (reading.rule, reading.kind) == (rule.id, rule.kind)


@pytest.mark.parametrize(("rule", "text"), cases("counterexamples"))
def test_counterexamples_are_left_to_other_rules(rule: KindRule, text: str) -> None:
    found = readings(text)
    assert found
    assert rule.id not in {reading.rule for reading in found.values()}


def test_every_rule_has_counterexamples() -> None:
    assert [r.id for r in RULES if not r.counterexamples] == []


def test_ids_begin_with_the_kind() -> None:
    assert [r.id for r in RULES if r.id.partition(".")[0] != r.kind] == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("inside = '{no_such_class}'", "no_such_class"),
        ("inside = '(甲)'", "group without a name"),
        ("inside = '[甲'", "mine"),
    ],
)
def test_a_wrong_pattern_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / FILE).write_text(
        f'[[rule]]\nid = "mine"\nkind = "name"\n{line}\nconfidence = 1.0\nexamples = ["“甲”"]\n', encoding="utf-8"
    )
    with pytest.raises(RuleError, match=problem):
        KindReader(Ruleset((tmp_path,)))


def test_a_users_rule_of_a_lower_rank_comes_first(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[[rule]]\nid = "mine"\nkind = "name"\ninside = "望朔三宝"\nrank = 1\nconfidence = 1.0\n'
        'examples = ["“望朔三宝”"]\n',
        encoding="utf-8",
    )
    assert KindReader(Ruleset((tmp_path,))).read("望朔三宝").rule == "mine"
