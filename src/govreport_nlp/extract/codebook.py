"""Standard indicators: from the name as written to the id of the codebook."""

from __future__ import annotations

import functools
import re

from govreport_nlp.model import Direction, Measure
from govreport_nlp.rules import Rule, Ruleset


class IndicatorRule(Rule, frozen=True, kw_only=True):
    """A standard indicator: its names, how it is measured and in what; see docs/codebook.md."""

    label: str
    definition: str
    words: tuple[str, ...]
    measures: tuple[Measure, ...]
    bases: tuple[str, ...]
    directions: tuple[Direction, ...] = ("up", "down")


class Codebook:
    """Finds the id of a name; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.rules = {r.id: r for r in ruleset.load("indicators.toml", IndicatorRule)}
        self._by_name: dict[str, list[IndicatorRule]] = {}
        for rule in self.rules.values():
            for word in rule.words:
                self._by_name.setdefault(plain(word), []).append(rule)

    def find(self, name: str, measure: Measure, direction: Direction | None, unit_base: str) -> str | None:
        """The id of what ``name`` means when measured so, or None."""
        for rule in self._by_name.get(plain(name), ()):
            if measure not in rule.measures or unit_base not in rule.bases:
                continue
            if direction is not None and measure == "growth" and direction not in rule.directions:
                continue
            return rule.id
        return None

    def named(self, name: str) -> tuple[IndicatorRule, ...]:
        """All indicators that ``name`` may mean, however measured."""
        return tuple(self._by_name.get(plain(name), ()))


def plain(name: str) -> str:
    """A name as the codebook compares it: without region words, quotation marks and weak 的.

    >>> plain("全省研发投入占GDP的比重")
    '研发投入占GDP比重'
    """
    if name[:1] in _REGION_OPENING:
        name = _REGION.sub("", name)
    return name.replace("的", "") if name.isalnum() else _DROP.sub("", name)


_REGION = re.compile(r"^(?:全[省市区县州盟旗国]|[我本][省市区县州国旗盟]|全自治区)的?")
_REGION_OPENING = frozenset("全我本")
_DROP = re.compile(r"[“”‘’\"'「」\s的]")


@functools.lru_cache(maxsize=8)
def codebook(ruleset: Ruleset) -> Codebook:
    """The codebook of a rule set, made once."""
    return Codebook(ruleset)
