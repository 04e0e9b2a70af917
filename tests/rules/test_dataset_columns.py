"""The names of data sets' columns prove themselves both ways."""

from __future__ import annotations

import pytest

from govreport_nlp.batch.columns import ColumnRule, field_of, meta_of
from govreport_nlp.rules import SHIPPED

RULES = SHIPPED.load("dataset_columns.toml", ColumnRule)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_names(rule: ColumnRule) -> None:
    for word in (*rule.words, *rule.examples):
        assert field_of(word, SHIPPED) == rule.field
    for name in rule.counterexamples:
        assert field_of(name, SHIPPED) is None


def test_no_name_is_in_two_entries() -> None:
    words = [word for rule in RULES for word in rule.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("other", [other for rule in RULES for other in rule.others])
def test_cells_that_name_no_place(other: str) -> None:
    assert meta_of({"地区": other}, SHIPPED) == {}
