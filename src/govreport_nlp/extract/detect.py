"""Where the numbers with units are, and what they are worth."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from govreport_nlp.extract.numerals import (
    CHINESE,
    arabic_value,
    chinese_value,
    doublings,
    fraction,
    split_scale,
)
from govreport_nlp.extract.units import Unit, Units, units
from govreport_nlp.rules import Rule, Ruleset


class NotQuantity(Rule, frozen=True, kw_only=True):
    """A number with a unit that measures nothing, told by what touches it (or by its own ``shape``)."""

    before: str = ""
    after: str = ""
    shape: str = ""
    unless: str = ""
    units: tuple[str, ...] = ()


@dataclass(slots=True)
class Number:
    """A numeral with its unit in the view. ``inside`` is the approximation within the span (余, 多)."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: Unit
    inside: str
    form: str


class _Filter(NamedTuple):
    id: str
    units: frozenset[str]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    shape: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    @classmethod
    def of(cls, rule: NotQuantity) -> _Filter:
        return cls(
            rule.id,
            frozenset(rule.units),
            re.compile(f"(?:{rule.before})$") if rule.before else None,
            re.compile(rule.after) if rule.after else None,
            re.compile(rule.shape) if rule.shape else None,
            re.compile(f"(?:{rule.unless})$") if rule.unless else None,
        )


# Possessive, and begun only where no digit stands before: a run of digits is read once.
_DIGITS = r"[0-9]++(?:,[0-9]{3})*+(?:\.[0-9]++)?"
_SCALE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克伏卡升])|百(?!分))"
_RANGE = r"(?:—{1,2}|–|―|－|-|~|～|至|到)"
_APPROX = "[余多几来]"
_CJK_NOUN = r"(?=[“《一-鿿])(?![年月日第级左以上下])"


class Detector:
    """Finds all numbers with units of a text; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._units: Units = units(ruleset)
        unit, chinese_unit = self._units.pattern, self._units.chinese_pattern
        self._arabic = re.compile(
            rf"(?<![0-9])(?P<n1>{_DIGITS})(?P<a1>{_APPROX})?"
            rf"(?:(?P<u1>{_SCALE}?{unit}|{_SCALE})?(?P<sep>{_RANGE})(?P<n2>{_DIGITS})(?P<a2>{_APPROX})?)?"
            rf"(?P<unit>{_SCALE}?{_APPROX}?{unit}|(?:亿|万){_APPROX}?(?:{_CJK_NOUN}|(?=[，。；、）]|左右|以上)))"
        )
        # A Chinese numeral is a quantity only with a unit right behind it; bare scales (百亿) only in _BARE.
        self._chinese = re.compile(
            rf"(?=[{CHINESE}半翻])(?:(?:(?<![{CHINESE}])(?P<den>[{CHINESE}]{{1,9}})分之(?P<num>[{CHINESE}]{{1,9}}(?:点[{CHINESE}]{{1,9}})?))"
            r"|翻(?:了|了近|近)?(?P<turns>[一两二三四五]|[0-9])?番"
            r"|(?P<zero>零)(?=增长)"
            r"|(?P<half>一半)(?=以上|左右|的|，|。|；)"
            r"|(?P<tenths>[一两二三四五六七八九])成(?P<more>[多半])?(?=以上|以下|左右|的|以内|，|。|；|、|农|居|村|企|群|乡)"
            r"|(?P<whole>[一二两三四五六七八九十])个半(?P<wunit>小时|月|工作日|百分点)|半(?P<hunit>个工作日|个小时|小时|天|个月)(?![来前后以内])"
            rf"|(?<![第{CHINESE}])(?P<cn>[{CHINESE}]{{1,24}})(?P<ca>{_APPROX})?(?P<cs>[万亿])?(?:(?P<cunit>{chinese_unit})|(?P<cnoun>{_CJK_NOUN})))"
        )
        self._filters = [_Filter.of(rule) for rule in ruleset.load("not_quantities.toml", NotQuantity)]
        self._by_unit: dict[str, tuple[list[_Filter], re.Pattern[str]]] = {}

    def find(self, text: str) -> list[Number]:
        """All quantities of ``text`` in order, ranges as one, 从A到B as two."""
        quoted = quoted_spans(text)
        found: list[Number] = []
        for match in self._arabic.finditer(text):
            found.extend(self._read_arabic(text, match))
        for match in self._chinese.finditer(text):
            number = self._read_chinese(text, match)
            if number is not None:
                found.append(number)
        found.sort(key=lambda n: n.start)
        kept: list[Number] = []
        spans = iter(quoted)
        quote = next(spans, None)
        for number in found:
            if kept and number.start < kept[-1].end:
                continue
            while quote is not None and quote[1] <= number.start:
                quote = next(spans, None)
            if quote is not None and quote[0] <= number.start:
                continue
            if self.rejected_by(text, number) is None:
                kept.append(number)
        return kept

    def rejected_by(self, text: str, number: Number) -> str | None:
        """The id of the first rule by which the number measures nothing, or None."""
        known = self._by_unit.get(number.unit.name)
        if known is None:
            known = self._by_unit[number.unit.name] = self._filters_of(number.unit.name)
        filters, touching = known
        before = text[max(0, number.start - 14) : number.start]
        touched = touching.search(before) is not None
        for rule in filters:
            if rule.right is not None and not rule.right.match(text, number.end):
                continue
            if rule.left is not None and not (touched and rule.left.search(before)):
                continue
            if rule.shape is not None and not rule.shape.fullmatch(text, number.start, number.end):
                continue
            if rule.unless is not None and rule.unless.search(before):
                continue
            return rule.id
        return None

    def _filters_of(self, unit: str) -> tuple[list[_Filter], re.Pattern[str]]:
        """The filters that a unit goes through, and one pattern for all that may touch its number from before."""
        filters = [f for f in self._filters if not f.units or unit in f.units]
        return filters, re.compile("|".join(f.left.pattern for f in filters if f.left is not None) or "(?!)")

    def _read_arabic(self, text: str, match: re.Match[str]) -> list[Number]:
        start, end = match.span()
        if start and (text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] == ".")):
            return []
        one, near, lower_unit, sep, two, nearer, written = match.group("n1", "a1", "u1", "sep", "n2", "a2", "unit")
        inside = nearer or near or ""
        if "余" in written or "多" in written:
            inside = inside or ("余" if "余" in written else "多")
            written = written.replace("余", "").replace("多", "")
        unit = self._units.parse(written)
        first = arabic_value(one)
        if two is None:
            return [Number(start, end, first, None, unit, inside, "arabic")]
        second = arabic_value(two)
        lower = self._units.parse(lower_unit) if lower_unit else unit
        if lower_unit and sep in ("至", "到") and _FROM.search(text, max(0, start - 10), start):
            return [
                Number(start, match.end("u1"), first, None, lower, "", "arabic"),
                Number(match.start("n2"), end, second, None, unit, inside, "arabic"),
            ]
        first = first * lower.factor / unit.factor
        if second <= first:
            return [Number(match.start("n2"), end, second, None, unit, inside, "arabic")]
        return [Number(start, end, first, second, unit, inside, "range")]

    def _read_chinese(self, text: str, match: re.Match[str]) -> Number | None:
        start, end = match.span()
        g = match.groupdict()
        if g["den"]:
            if g["den"] == "百":
                value = chinese_value(g["num"])
                return (
                    value if value is None else Number(start, end, value, None, self._units.parse("%"), "", "percent")
                )
            value = fraction(g["den"], g["num"])
            return value if value is None else Number(start, end, value, None, _RATIO, "", "fraction")
        if g["zero"]:
            return Number(start, end + 2, 0.0, None, self._units.parse("%"), "", "zero")
        if g["half"]:
            return Number(start, end, 0.5, None, _RATIO, "", "fraction")
        if g["tenths"]:
            value = chinese_value(g["tenths"]) or 0.0
            half = 0.5 if g["more"] == "半" else 0.0
            more = "多" if g["more"] == "多" else ""
            return Number(start, end, value + half, None, self._units.parse("成"), more, "tenths")
        if g["wunit"] or g["hunit"]:
            whole = chinese_value(g["whole"]) or 0.0 if g["whole"] else 0.0
            unit = self._units.parse(g["hunit"] or "个" + g["wunit"])
            return Number(start, end, whole + 0.5, None, unit, "", "chinese")
        if g["cn"] is None:
            return Number(start, end, doublings(g["turns"] or ""), None, self._units.parse("倍"), "", "doubling")
        return self._read_counted(text, start, end, g)

    def _read_counted(self, text: str, start: int, end: int, g: dict[str, str]) -> Number | None:
        numeral, inside, written = g["cn"], g["ca"] or "", g["cunit"] or ""
        if not written and not _counts_alone(numeral + (g["cs"] or "")):
            return None
        bare_scale = numeral[0] in "百千万亿"
        if bare_scale and not _BARE.search(text, max(0, start - 4), start):
            return None
        if len(numeral) == 1 and numeral in "零〇一" and not _ONE.match(written):
            return None
        if len(numeral) == 1 and numeral != "十" and written in self._units.long_only:
            return None
        if g["cs"]:
            numeral += g["cs"]
        head, scale = split_scale(numeral)
        if bare_scale and numeral in SCALE_WORDS:
            head, scale = "一", numeral
        value = chinese_value(head)
        if value is None:
            return None
        return Number(start, end, value, None, self._units.parse(scale + written), inside, "chinese")


def _counts_alone(numeral: str) -> bool:
    """Whether a Chinese numeral without a unit counts what follows (四千二百万劳动力): it ends in one 万 or 亿."""
    return numeral[-1] in "万亿" and bool(set(numeral[:-1]) & set("十百千")) and not set(numeral[:-1]) & set("万亿")


SCALE_WORDS = ("百亿", "千亿", "万亿", "百万", "千万", "万", "亿", "十亿")
_FROM = re.compile(r"[从由自][^，。；0-9]{0,8}$")
_BARE = re.compile(r"(?:突破|超|超过|达|达到|近|过|约|跨越|迈上|跃上|逾|上|数)$")
_ONE = re.compile(r"倍|个百分点|成|年$")
_RATIO = Unit("比例", 1.0, "比例", "ratio", "比例")
_QUOTES = re.compile(r"“[^“”\n]{0,40}”|‘[^‘’\n]{0,40}’|「[^「」\n]{0,40}」|\"[^\"\n]{0,40}\"|《[^《》\n]{0,60}》")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The spans of quoted expressions and book titles, in order; numbers inside them are names."""
    return [m.span() for m in _QUOTES.finditer(text)]


@functools.lru_cache(maxsize=8)
def detector(ruleset: Ruleset) -> Detector:
    """The detector of a rule set, made once."""
    return Detector(ruleset)
