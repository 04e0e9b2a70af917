"""What touches a place from before: no pattern is passed over that could end there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.extract.detect import NotQuantity
from govreport_nlp.extract.status import StatusRule
from govreport_nlp.extract.touching import ByClosing, Touching
from govreport_nlp.rules import SHIPPED

SHIPPED_PATTERNS = [
    *(rule.before for rule in SHIPPED.load("not_quantities.toml", NotQuantity) if rule.before),
    *(rule.before for rule in SHIPPED.load("status.toml", StatusRule) if rule.before),
]
WRITTEN = [
    "a|b",
    "a(?:b|c)",
    "a(?:b|c)?",
    "x|a(?:b|c)",
    "(?:a|[bc])",
    "a[^b]{0,3}(?:c|d)",
    "[ab][×*]",
    "a|b[cd]",
    "a:b?",
]


@pytest.mark.parametrize("pattern", [*SHIPPED_PATTERNS, *WRITTEN])
@given(data=st.data())
def test_what_ends_with_a_pattern_has_one_of_its_closing_characters(pattern: str, data: st.DataObject) -> None:
    touching = Touching.of(pattern)
    text = data.draw(st.text(alphabet=sorted({*pattern, "\n", "。", "3"}), max_size=12))
    if touching.pattern.search(text):
        assert touching.can_end(text[-1:])


@pytest.mark.parametrize(
    ("pattern", "closing"),
    [
        ("年|月", "年月"),
        ("投资(?:约|近)", "约近"),
        ("位[^，]{0,4}(?:第|前)", "第前"),
        ("[0-9][×*]", "×*"),
        ("每户", "户"),
    ],
)
def test_the_last_group_or_class_tells(pattern: str, closing: str) -> None:
    touching = Touching.of(pattern)
    assert all(touching.can_end(char) for char in closing)
    assert not touching.can_end("路")


@pytest.mark.parametrize("pattern", ["由[^，]{0,6}", "[0-9]", "a.", r"\d", "(?:a)?", "^|a"])
def test_where_the_pattern_does_not_tell_any_character_may_close_it(pattern: str) -> None:
    assert Touching.of(pattern).closing is None


def test_rules_are_tried_behind_a_character_that_may_close_them_in_their_order() -> None:
    rules = ByClosing([(Touching.of("年"), "year"), (None, "always"), (Touching.of("[^月]"), "open")])
    assert rules.behind("年") == ("year", "always", "open")
    assert rules.behind("月") == ("always", "open") == rules.behind("")
