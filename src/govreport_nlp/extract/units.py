"""Units as data: what may follow a numeral, with its dimension and base."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.rules import Rule, Ruleset

SCALES = {
    "万亿": 1e12,
    "千亿": 1e11,
    "百亿": 1e10,
    "十亿": 1e9,
    "亿": 1e8,
    "千万": 1e7,
    "百万": 1e6,
    "十万": 1e5,
    "万": 1e4,
    "千": 1e3,
    "百": 1e2,
}


class UnitRule(Rule, frozen=True, kw_only=True):
    """A unit: ``symbol`` and its ``aliases`` as written; ``factor`` converts to ``base``.

    ``chinese`` is "yes" where Chinese numerals may stand before it too, "long" where only those of two characters
    and more may (三元 is a name, 三百元 is not), "only" where nothing else may;
    ``blockers`` are words that begin like the symbol and are no unit (人均 is not 人).
    """

    symbol: str
    dimension: str
    base: str
    factor: float = 1.0
    aliases: tuple[str, ...] = ()
    chinese: str = ""
    blockers: tuple[str, ...] = ()


class Unit(NamedTuple):
    """A unit as written in the text, taken apart: "亿元" is 1e8 times 元; "元/月" has base 元/月.

    ``name`` is the symbol of the table that it is made of ("元").
    """

    symbol: str
    factor: float
    base: str
    dimension: str
    name: str


class Units:
    """The table of units and the patterns made of it."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.rules = ruleset.load("units.csv", UnitRule)
        self._by_symbol: dict[str, UnitRule] = {}
        self._parsed: dict[str, Unit] = {}
        blockers: dict[str, list[str]] = {}
        plain: list[str] = []
        chinese: list[str] = []
        long: list[str] = []
        for rule in self.rules:
            for symbol in (rule.symbol, *rule.aliases):
                self._by_symbol[symbol] = rule
                blockers.setdefault(symbol, []).extend(b for b in rule.blockers if b.startswith(symbol))
                if rule.chinese != "only":
                    plain.append(symbol)
                if rule.chinese in ("yes", "only"):
                    chinese.append(symbol)
                elif rule.chinese:
                    long.append(symbol)
        self.pattern = _alternation(plain, blockers) + _PAIRED + _DENOMINATOR.format(units=_alternation(plain, {}))
        self.chinese_pattern = _alternation([*chinese, *long], blockers)
        self.long_only = frozenset(long)

    def parse(self, written: str) -> Unit:
        """Take a unit as written apart ("万元", "元/月", "亿千瓦时", "万")."""
        known = self._parsed.get(written)
        if known is None:
            known = self._parsed[written] = self._parse(written)
        return known

    def _parse(self, written: str) -> Unit:
        head, slash, denominator = written.partition("/")
        if head not in self._by_symbol and head[-1:] in "）)":
            head = head[:-3]
        factor, symbol = 1.0, head
        while symbol not in self._by_symbol:
            scale = next((s for s in SCALES if symbol.startswith(s)), None)
            if scale is None:
                break
            factor, symbol = factor * SCALES[scale], symbol[len(scale) :]
        rule = self._by_symbol.get(symbol)
        if rule is None:
            return Unit(written, factor, symbol + slash + denominator, "count", symbol)
        # 个, 名 and 户 stay what the text calls them; only measures with one name convert (千米 is 公里).
        base = symbol if rule.dimension in ("count", "time") and rule.factor == 1.0 else rule.base
        dimension = "rate" if slash else rule.dimension
        return Unit(written, factor * rule.factor, base + slash + denominator, dimension, symbol)


_PAIRED = r"(?:[（(][套间批次件项头个处座所户人台只张名支条段点辆艘栋][）)])?"
_DENOMINATOR = r"(?:[/／每](?:1?0*[百千万]?)(?:{units}|年|月)(?:[·/](?:{units}|年|月))?)?"


def _alternation(symbols: list[str], blockers: dict[str, list[str]]) -> str:
    """Any of ``symbols``, the longest first, those with one first character together: each is looked at once."""
    parts: dict[str, list[str]] = {symbol[0]: [] for symbol in symbols}
    for symbol in sorted(set(symbols), key=lambda s: (-len(s), s)):
        tails = sorted({b[len(symbol) :] for b in blockers.get(symbol, ()) if len(b) > len(symbol)})
        guard = f"(?!{'|'.join(map(re.escape, tails))})" if tails else ""
        if symbol[-1].isascii() and symbol[-1].isalpha():
            guard += "(?![A-Za-z])"
        parts[symbol[0]].append(re.escape(symbol[1:]) + guard)
    together = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in parts.items())
    return f"(?:{'|'.join(together)})"


@functools.lru_cache(maxsize=8)
def units(ruleset: Ruleset) -> Units:
    """The units of a rule set, made once."""
    return Units(ruleset)
