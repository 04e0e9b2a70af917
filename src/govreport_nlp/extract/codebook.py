"""Standard indicators: from the name as written to the id of the codebook."""

from __future__ import annotations

import functools
import re

from govreport_nlp.model import Direction, Measure, Meta
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
        for rule in self.named(name):
            if measure not in rule.measures or unit_base not in rule.bases:
                continue
            if direction is not None and measure == "growth" and direction not in rule.directions:
                continue
            return rule.id
        return None

    def named(self, name: str) -> tuple[IndicatorRule, ...]:
        """All indicators that ``name`` may mean, however measured."""
        key = plain(name)
        found = self._by_name.get(key)
        if found is None and key.endswith("）"):
            found = self._by_name.get(_NOTE.sub("", key))  # 财政收入（不含基金）
        return tuple(found or ())


class Own:
    """Drops from a name what says that it is the reporting region's own: 青山市生产总值, in a county's 县级预算收入.

    >>> from govreport_nlp.model import Meta
    >>> Own(Meta(region="望朔县", level="county"))("县级一般公共预算收入")
    '一般公共预算收入'
    """

    def __init__(self, meta: Meta) -> None:
        words = [meta.region] if meta.region else []
        if meta.level == "county":
            words += ["县域", "县级", "区级", "旗级"]
        self._words = tuple(words)

    def __call__(self, name: str) -> str:
        if not name.startswith(self._words):
            return name
        return next((rest for word in self._words if name.startswith(word) and (rest := name[len(word) :])), name)


def plain(name: str) -> str:
    """A name as the codebook compares it: without region words, quotation marks and weak 的.

    >>> plain("全省研发投入占GDP的比重"), plain("研发经费相当于全市生产总值的比例")
    ('研发投入占GDP比重', '研发经费占地区生产总值比重')
    """
    if name[:1] in _REGION_OPENING:
        name = _REGION.sub("", name)
    if "占" in name or "相当于" in name:
        name = _SHARE_OF.sub("占地区生产总值", name.replace("相当于", "占"))
        name = f"{name[:-2]}比重" if name.endswith("比例") else name
    return name.replace("的", "") if name.isalnum() else _DROP.sub("", name)


_REGION = re.compile(r"^(?:全[省市区县州盟旗国]|[我本][省市区县州国旗盟]|全自治区)的?")
_NOTE = re.compile("（[^）]*）$")
_SHARE_OF = re.compile("占(?:全[省市区县州]|国内|地方)?生产总值")
_REGION_OPENING = frozenset("全我本")
_DROP = re.compile(r"[“”‘’\"'「」\s的]")


@functools.lru_cache(maxsize=8)
def codebook(ruleset: Ruleset) -> Codebook:
    """The codebook of a rule set, made once."""
    return Codebook(ruleset)
