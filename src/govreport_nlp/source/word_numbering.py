"""The numbers that Word counts itself and never writes into the text: 一、 （二） 3. ①"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from govreport_nlp.source.word_styles import ListPlace, Styles, is_on, number, space, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_CHINESE = frozenset(
    (
        "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
        "japaneseCounting", "koreanDigital2", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital",
    )
)  # fmt: skip
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_SYMBOL_FONTS = ("wingdings", "symbol", "webdings", "marlett")


@dataclass(slots=True)
class _Level:
    start: int
    format: str
    text: str
    suffix: str
    restart: int | None
    style: str | None
    legal: bool
    bold: bool | None
    symbol: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    link: str | None = None
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts along the document; ``label`` must be called once for each paragraph, in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._seen: set[str] = set()
        if root is None:
            return
        ns = space(root)
        linked: dict[str, str] = {}
        for element in root.iter(ns + "abstractNum"):
            key = element.get(ns + "abstractNumId", "")
            self._abstract[key] = _List(_levels(element, ns), value(element, "numStyleLink", ns))
            own = value(element, "styleLink", ns)
            if own is not None:
                linked[own] = key
        for element in root.iter(ns + "num"):
            starts: dict[int, int] = {}
            levels: dict[int, _Level] = {}
            for override in element.iter(ns + "lvlOverride"):
                level = number(override.get(ns + "ilvl")) or 0
                start = number(value(override, "startOverride", ns))
                if start is not None:
                    starts[level] = start
                levels.update(_levels(override, ns))
            self._nums[element.get(ns + "numId", "")] = (value(element, "abstractNumId", ns) or "", levels, starts)
        for entry in self._abstract.values():
            target = self._abstract.get(linked.get(entry.link or "", ""))
            if not entry.levels and target is not None:
                entry.levels = target.levels

    def label(self, place: ListPlace | None) -> tuple[str, bool | None]:
        """The paragraph's number as Word shows it ("一、"), and whether it is bold by itself; empty outside lists."""
        if place is None or place.num_id not in self._nums:
            return "", None
        key, own, starts = self._nums[place.num_id]
        entry = self._abstract.get(key)
        if entry is None:
            return "", None
        levels = {**entry.levels, **own}
        index = place.level
        if index is None:
            index = next((i for i, lv in levels.items() if lv.style == place.style and lv.style is not None), 0)
        level = levels.get(index)
        if level is None:
            return "", None
        if place.num_id not in self._seen:
            self._seen.add(place.num_id)
            for at, start in starts.items():
                entry.counts[at] = start - 1
        counts = entry.counts
        counts[index] = counts.get(index, level.start - 1) + 1
        for deeper in [d for d in counts if d > index]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and index < restart):
                del counts[deeper]
        return _shown(level, levels, counts), level.bold


def _levels(parent: etree._Element, ns: str) -> dict[int, _Level]:
    levels = {}
    for element in parent.iter(ns + "lvl"):
        fonts = element.find(f"{ns}rPr/{ns}rFonts")
        names = " ".join(map(str, fonts.attrib.values())).lower() if fonts is not None else ""
        start = number(value(element, "start", ns))
        levels[number(element.get(ns + "ilvl")) or 0] = _Level(
            start=1 if start is None else start,
            format=value(element, "numFmt", ns) or "decimal",
            text=value(element, "lvlText", ns) or "",
            suffix=value(element, "suff", ns) or "tab",
            restart=number(value(element, "lvlRestart", ns)),
            style=value(element, "pStyle", ns),
            legal=bool(is_on(element, "isLgl", ns)),
            bold=is_on(element.find(ns + "rPr"), "b", ns),
            symbol=any(name in names for name in _SYMBOL_FONTS),
        )
    return levels


def _shown(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.format == "bullet":
        # A letter of a symbol font is a picture, not a character of the text.
        picture = level.symbol or any("\ue000" <= c <= "\uf8ff" for c in level.text)
        text = "" if picture else level.text
    else:

        def one(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, level)
            return written(counts.setdefault(at, other.start), "decimal" if level.legal else other.format)

        text = _PLACEHOLDER.sub(one, level.text)
    if not text or level.suffix == "nothing":
        return text
    return text if level.suffix == "tab" and not text[-1].isascii() else text + " "


def written(count: int, format: str) -> str:
    """A count in one of Word's number formats; in plain figures where the format has no sign for it.

    >>> written(12, "chineseCounting"), written(3, "decimalEnclosedCircle"), written(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if format == "none":
        return ""
    if count < 1:
        return str(count)
    if format in _CHINESE:
        return _chinese(count, "零一二三四五六七八九", "十百千")
    if format in _LEGAL:
        return _chinese(count, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
    if format in _ENCLOSED:
        first, most = _ENCLOSED[format]
        return chr(ord(first) + count - 1) if count <= most else str(count)
    if format in _CYCLES:
        cycle = _CYCLES[format]
        return cycle[(count - 1) % len(cycle)]
    if format in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count < 1000 else str(count)
        return letters.upper() if format == "upperLetter" else letters
    if format in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if format == "upperRoman" else roman.lower()
    if format == "decimalZero":
        return f"{count:02d}"
    if format == "decimalFullWidth":
        return "".join(chr(ord("０") + int(d)) for d in str(count))
    return str(count)


def _chinese(count: int, digits: str, units: str) -> str:
    if count >= 10000:
        return str(count)
    text, zero = "", False
    figures = str(count)
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure == "0":
            zero = bool(text)
            continue
        text += (digits[0] if zero else "") + digits[int(figure)] + (units[place - 1] if place else "")
        zero = False
    return text[1:] if 10 <= count < 20 else text


def _roman(count: int) -> str:
    if count >= 4000:
        return str(count)
    text = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * (count // size)
        count %= size
    return text
