"""Where the numbers with units are, and what they are worth."""

from __future__ import annotations

import functools
import re
from operator import attrgetter
from typing import NamedTuple

import msgspec

from govreport_nlp.extract.numerals import (
    CHINESE,
    arabic_value,
    chinese_value,
    doublings,
    fraction,
    split_scale,
)
from govreport_nlp.extract.touching import ByClosing, Touching
from govreport_nlp.extract.units import Unit, Units, units
from govreport_nlp.rules import Rule, Ruleset


class NotQuantity(Rule, frozen=True, kw_only=True):
    """A number with a unit that measures nothing, told by what touches it (or by its own ``shape``)."""

    before: str = ""
    after: str = ""
    shape: str = ""
    unless: str = ""
    units: tuple[str, ...] = ()


class Number(msgspec.Struct, frozen=True, gc=False):
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
    left: Touching | None
    right: re.Pattern[str] | None
    shape: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    @classmethod
    def of(cls, rule: NotQuantity) -> _Filter:
        return cls(
            rule.id,
            frozenset(rule.units),
            Touching.of(rule.before) if rule.before else None,
            re.compile(rule.after) if rule.after else None,
            re.compile(rule.shape) if rule.shape else None,
            re.compile(f"(?:{rule.unless})$") if rule.unless else None,
        )


# Possessive: a run of digits is read once.
_DIGITS = r"[0-9]*+(?:,[0-9]{3})*+(?:\.[0-9]++)?"
_SCALE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克伏卡升])|百(?!分))"
_RANGE = r"(?:—{1,2}|–|―|－|-{1,2}|~|～|至|到)"
# A range is tried only where its second number is in reach: behind the first sign of a range, past at most a unit.
_RANGE_AHEAD = r"(?=[^—–―－\-~～至到]{0,32}[—–―－\-~～至到]{1,2}[0-9])"
_APPROX = "[余多几来]"
_CJK_NOUN = r"(?=[“《一-鿿])(?![年月日第级左以上下])"


class Detector:
    """Finds all numbers with units of a text; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._units: Units = units(ruleset)
        self._parse = self._units.parse
        unit, chinese_unit = self._units.pattern, self._units.chinese_pattern
        self._arabic = re.compile(
            rf"(?P<n1>[0-9](?<![0-9][0-9]){_DIGITS})(?P<a1>{_APPROX})?"
            rf"(?:{_RANGE_AHEAD}(?P<u1>{_SCALE}?{unit}|{_SCALE})?(?P<sep>{_RANGE})(?P<n2>[0-9]{_DIGITS})(?P<a2>{_APPROX})?)?"
            rf"(?P<unit>{_SCALE}?{_APPROX}?{unit}|(?:亿|万){_APPROX}?(?:{_CJK_NOUN}|(?=[，。；、）\n]|左右|以上|\Z)))"
        )
        # A Chinese numeral is a quantity only with a unit right behind it; bare scales (百亿) only in _BARE.
        # It begins with one class, which is searched for fast; what comes before the groups is that character.
        self._chinese = re.compile(
            rf"[{CHINESE}半翻](?:(?<![{CHINESE}].)(?<=[{CHINESE}])(?P<den>[{CHINESE}]{{0,8}})分之(?P<num>[{CHINESE}]{{1,9}}(?:点[{CHINESE}]{{1,9}})?)"
            r"|(?<=翻)(?:了|了近|近)?(?P<turns>[一两二三四五]|[0-9](?:\.[0-9]+)?)?番"
            r"|(?<=零)(?P<zero>(?=增长(?!技术|行动|模式)))"
            r"|(?<=一)(?P<half>半)(?=以上|左右|的|，|。|；)"
            r"|(?<=[一两二三四五六七八九])(?P<tenths>成[多半]?)(?=以上|以下|左右|的|以内|，|。|；|、|农|居|村|企|群|乡)"
            r"|(?<=[一二两三四五六七八九十])个半(?P<wunit>小时|月|工作日|百分点)|(?<=半)(?P<hunit>个工作日|个小时|小时|天|个月)(?![来前后以内])"
            rf"|(?<![第{CHINESE}].)(?<=[{CHINESE}])(?P<cn>[{CHINESE}]{{0,23}})(?P<ca>{_APPROX})?(?P<cs>[万亿])?(?:(?P<cunit>{chinese_unit})|(?P<cnoun>{_CJK_NOUN})))"
        )
        self._filters = [_Filter.of(rule) for rule in ruleset.load("not_quantities.toml", NotQuantity)]
        self._by_unit: dict[str, ByClosing[_Filter]] = {}
        self._written: dict[str, tuple[Unit, str]] = {}

    def find(self, text: str) -> list[Number]:
        """All quantities of ``text`` in order, ranges as one, 从A到B as two."""
        quoted = quoted_spans(text)
        found: list[Number] = []
        for match in self._arabic.finditer(text):
            found += self._read_arabic(text, match)
        for match in self._chinese.finditer(text):
            number = self._read_chinese(text, match)
            if number is not None:
                found.append(number)
        found.sort(key=attrgetter("start"))
        self._share_points(text, found)
        kept: list[Number] = []
        spans = iter([*quoted, (len(text), len(text) + 1)])
        opens, closes = next(spans)
        end = 0
        for number in found:
            start = number.start
            if start < end:
                continue
            while closes <= start:
                opens, closes = next(spans)
            if start < opens and self.rejected_by(text, number) is None:
                kept.append(number)
                end = number.end
        return kept

    def _share_points(self, text: str, found: list[Number]) -> None:
        """In place: what stands for 个百分点 or has no unit beside the next number (提高0.6个、0.8和0.9个百分点)."""
        i = len(found) - 1
        while i >= 0:
            following = found[i]
            start = following.start
            if start and text[start - 1] in _AND_SIGNS and (bare := _bare_number(text, start)):
                shared = Number(bare.start(), bare.end(1), float(bare[1]), None, following.unit, "", "arabic")
                found.insert(i, shared)
                continue
            i -= 1
            number = found[i]
            elided = i >= 0 and number.unit.name == "个" and following.unit.base == "个百分点"
            if elided and _AND.fullmatch(text, number.end, start):
                found[i] = msgspec.structs.replace(number, unit=following.unit)

    def rejected_by(self, text: str, number: Number) -> str | None:
        """The id of the first rule by which the number measures nothing, or None."""
        start, end, name = number.start, number.end, number.unit.name
        known = self._by_unit.get(name)
        if known is None:
            known = ByClosing((f.left, f) for f in self._filters if not f.units or name in f.units)
            self._by_unit[name] = known
        before = text[max(0, start - 14) : start]
        for rule, _, left, right, shape, unless in known.behind(before[-1:]):
            if right is not None and not right.match(text, end):
                continue
            if left is not None and not left.pattern.search(before):
                continue
            if shape is not None and not shape.fullmatch(text, start, end):
                continue
            if unless is not None and unless.search(before):
                continue
            return rule
        return None

    def _read_arabic(self, text: str, match: re.Match[str]) -> list[Number]:
        start, end = match.span()
        if start and text[start - 1] in _ASCII_WORD and not _ABBREVIATION.search(text, max(0, start - 4), start):
            return []
        one, near, lower_unit, sep, two, nearer, written = match.groups()
        unit, within = self._written.get(written) or self._read_unit(written)
        first = float(one) if "," not in one else arabic_value(one)
        inside = nearer or near or within
        if two is None:
            return [Number(start, end, first, None, unit, inside, "arabic")]
        second = arabic_value(two)
        lower = self._parse(lower_unit) if lower_unit else unit
        if lower_unit and sep in ("至", "到") and _FROM.search(text, max(0, start - 10), start):
            return [
                Number(start, match.end("u1"), first, None, lower, "", "arabic"),
                Number(match.start("n2"), end, second, None, unit, inside, "arabic"),
            ]
        first = first * lower.factor / unit.factor
        if second <= first:
            return [Number(match.start("n2"), end, second, None, unit, inside, "arabic")]
        return [Number(start, end, first, second, unit, inside, "range")]

    def _read_unit(self, written: str) -> tuple[Unit, str]:
        """A unit as written, and the approximation that stands in it (万余人)."""
        inside = "余" if "余" in written else "多" if "多" in written else ""
        read = self._written[written] = self._parse(written.replace("余", "").replace("多", "")), inside
        return read

    def _read_chinese(self, text: str, match: re.Match[str]) -> Number | None:
        start, end = match.span()
        numeral, kind = text[start], match.lastgroup
        if kind == "cnoun" and text[end - 1] not in _BEFORE_NOUN:
            return None
        if kind in ("cunit", "cnoun"):
            numeral += match["cn"]
            return self._read_counted(text, start, end, numeral, match["ca"] or "", match["cs"] or "", match["cunit"])
        if kind == "num":
            numeral += match["den"]
            if numeral == "百":
                value = chinese_value(match["num"])
                return None if value is None else Number(start, end, value, None, self._parse("%"), "", "percent")
            value = fraction(numeral, match["num"])
            return None if value is None else Number(start, end, value, None, _RATIO, "", "fraction")
        if kind == "zero":
            return Number(start, end + 2, 0.0, None, self._parse("%"), "", "zero")
        if kind == "half":
            return Number(start, end, 0.5, None, _RATIO, "", "fraction")
        if kind == "tenths":
            value = chinese_value(numeral) or 0.0
            half, more = (0.5 if text[end - 1] == "半" else 0.0), ("多" if text[end - 1] == "多" else "")
            return Number(start, end, value + half, None, self._parse("成"), more, "tenths")
        if kind == "wunit":
            return Number(
                start, end, (chinese_value(numeral) or 0.0) + 0.5, None, self._parse("个" + match[kind]), "", "chinese"
            )
        if kind == "hunit":
            return Number(start, end, 0.5, None, self._parse(match[kind]), "", "chinese")
        return Number(start, end, doublings(match["turns"] or ""), None, self._parse("倍"), "", "doubling")

    def _read_counted(
        self, text: str, start: int, end: int, numeral: str, inside: str, further: str, unit: str | None
    ) -> Number | None:
        """A Chinese numeral before a ``unit`` or a noun; a scale may stand ``further`` behind what is ``inside`` it."""
        written = unit or ""
        if not written and not _counts_alone(numeral + further):
            return None
        bare_scale = numeral[0] in "百千万亿"
        if bare_scale and not _BARE.search(text, max(0, start - 4), start):
            return None
        if len(numeral) == 1 and numeral in "零〇一" and not _ONE.match(written):
            return None
        if len(numeral) == 1 and numeral != "十" and written in self._units.long_only:
            return None
        numeral += further
        head, scale = split_scale(numeral)
        if bare_scale and numeral in SCALE_WORDS:
            head, scale = "一", numeral
        value = chinese_value(head)
        if value is None:
            return None
        return Number(start, end, value, None, self._parse(scale + written), inside, "chinese")


def _counts_alone(numeral: str) -> bool:
    """Whether a Chinese numeral without a unit counts what follows (四千二百万劳动力): it ends in one 万 or 亿."""
    return numeral[-1] in "万亿" and bool(set(numeral[:-1]) & set("十百千")) and not set(numeral[:-1]) & set("万亿")


_BEFORE_NOUN = "万亿余多几来"  # what a numeral that counts a noun without a unit ends with
_ASCII_WORD = frozenset("0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ABBREVIATION = re.compile("(?<![A-Za-z])(?:GDP|FDI|CPI|PPI|R&D)$")  # names that may touch their number
SCALE_WORDS = ("百亿", "千亿", "万亿", "百万", "千万", "万", "亿", "十亿")
_AND = re.compile("[、和与及]")
_AND_SIGNS = frozenset("、和与及")
_UNITLESS = re.compile(r"(?<![0-9.A-Za-z第])([0-9]+(?:\.[0-9]+)?)[、和与及]$")


def _bare_number(text: str, end: int) -> re.Match[str] | None:
    """A number without a unit before another at ``end``: a decimal, or one of several told apart (分别达到14和25米)."""
    found = _UNITLESS.search(text, max(0, end - 9), end)
    if found is None or "." in found[1] or "分别" in text[max(0, found.start() - 12) : found.start()]:
        return found
    return None


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
