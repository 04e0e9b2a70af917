"""How many parts a numeric slogan counts: 三农 three, 双随机、一公开 three, 七有五性 twelve."""

from __future__ import annotations

import functools
import re

from govreport_nlp.extract.slogan_words import classes, either
from govreport_nlp.rules.loader import Ruleset

_VALUES = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2, "双": 2}
_TEN = "十"
_PAIR = "双"
_SUM = re.compile(r"[0-9]{1,2}(?:[+＋][0-9]{1,2})+(?![0-9XN+＋×x*])")
_MEASURED = re.compile(r"([0-9]{1,2})[个大项条类]")
_MOST = 40


@functools.cache
def _patterns(rules: Ruleset) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The numerals that count (group 1; what only looks so is matched without it), and 一 that counts places."""
    known = classes(rules)
    units = "".join(_VALUES).replace(_TEN, "")
    numeral = f"(?:{_TEN}[{units}]?|[{units}])"
    no_count = either([*known["uncounted_one"], *known["no_count"]])
    measured = f"{numeral}{either(known['measure_of_time_or_length'])}"
    sizes = either(known["magnitude"])
    size = f"(?!{_PAIR}){numeral}(?!{_TEN}){sizes}"
    numerals = re.compile(f"{no_count}|(?:第|个){numeral}|{measured}|{size}|({numeral})")
    each = re.compile(f"(?:一{either(known['each_place'])}){{2,}}")
    return numerals, each


def counts(term: str, rules: Ruleset) -> tuple[int, ...]:
    """The numbers of parts that ``term`` may count, none where it counts nothing.

    Equal numerals may count different things or the same twice (三治三严三靠, 四水四定), which gives two numbers.

    >>> from govreport_nlp.rules import SHIPPED
    >>> counts("七有五性", SHIPPED), counts("四水四定", SHIPPED), counts("一网通办", SHIPPED)
    ((12,), (8, 4), ())
    """
    if match := _MEASURED.match(term):
        return (int(match[1]),)
    if match := _SUM.match(term):
        return (sum(int(n) for n in re.findall(r"[0-9]+", match[0])),)
    numerals, each = _patterns(rules)
    found = [_value(m[1]) for m in numerals.finditer(term) if m[1]]
    if not found or not any(n > 1 for n in found):
        return (len(found),) if found and each.match(term) else ()
    total = sum(found)
    if total > _MOST:
        return ()
    same = len(found) > 1 and len(set(found)) == 1
    return (total, found[0]) if same else (total,)


def _value(numeral: str) -> int:
    return sum(_VALUES[char] for char in numeral)
