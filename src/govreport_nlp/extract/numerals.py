"""What a numeral is worth: Arabic, Chinese, mixed, fractions, multiples."""

from __future__ import annotations

import functools

from govreport_nlp.extract.units import SCALES

CHINESE = "零〇一二两三四五六七八九十百千万亿"


@functools.lru_cache(maxsize=4096)
def chinese_value(numeral: str) -> float | None:
    """The value of a Chinese numeral, or None where it is none ("百千").

    >>> chinese_value("四亿零七百万")
    407000000.0
    """
    import cn2an  # here: it takes longer to load than all else, and many texts have no Chinese numeral

    text = numeral.replace("〇", "零")
    if text[0] in "百千万亿":
        text = "一" + text
    try:
        return float(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError, IndexError):  # cn2an raises any of them for what is no number (万两)
        return None


def split_scale(numeral: str) -> tuple[str, str]:
    """A Chinese numeral and the one 万 or 亿 that ends it, which is read as part of the unit: 六百零八万 is 608 万.

    A numeral with scales inside as well keeps them all.
    """
    for scale in ("万亿", "亿", "万"):
        head = numeral.removesuffix(scale)
        if head != numeral and head and not set(head) & set("万亿"):
            return head, scale
    return numeral, ""


def arabic_value(numeral: str) -> float:
    """The value of digits with optional thousands commas and decimal point.

    >>> arabic_value("1,200.5")
    1200.5
    """
    return float(numeral.replace(",", ""))


def fraction(denominator: str, numerator: str) -> float | None:
    """三分之二 as a number: ``fraction("三", "二")`` is 0.6667 (four digits, as the tables print it)."""
    below, above = chinese_value(denominator), chinese_value(numerator)
    if not below or above is None:
        return None
    return round(above / below, 4)


def doublings(count: str) -> float:
    """翻N番 as a multiple (four digits): 翻一番 is 2, 翻两番 4, 翻1.5番 2.8284.

    >>> doublings("两")
    4.0
    """
    n = arabic_value(count) if count[:1].isdigit() else chinese_value(count) if count else 1.0
    return round(float(2.0 ** (n or 1.0)), 4)


__all__ = ["CHINESE", "SCALES", "arabic_value", "chinese_value", "doublings", "fraction", "split_scale"]
