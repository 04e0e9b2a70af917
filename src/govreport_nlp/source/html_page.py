"""Which lines of a page are not the report: where the report's block lies in the tree, and what is around it."""

from __future__ import annotations

import functools
import re

from lxml import etree

from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.source.html_text import Line
from govreport_nlp.source.wraps import Lines, patterns

_FRAME_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "button", "select", "label", "menu", "dialog"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_INLINE = frozenset(("p", "span", "font", "strong", "b"))
_MAIN_SHARE = 0.9
_HOLDER_SHARE = 0.03
_LONG = 40


class Region(Rule, frozen=True, kw_only=True):
    """Words of class names and ids; see rules/html_regions.toml."""

    words: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def region_words(rules: Ruleset) -> frozenset[str]:
    return frozenset(word for rule in rules.load("html_regions.toml", Region) for word in rule.words)


def names_frame(name: str, words: frozenset[str]) -> bool:
    """Whether a class name or id has one of ``words`` as a part of its own.

    >>> names_frame("site-Nav2", frozenset({"nav"})), names_frame("navigable", frozenset({"nav"}))
    (True, False)
    """
    lower = name.lower()
    return lower in words or any(part.lower() in words for part in _WORD.findall(name))


def foreign(lines: list[Line], rules: Ruleset) -> list[bool]:
    """For each line whether it stands around the report. Title, occasion, speaker and sentences stay."""
    lookup = patterns(rules)
    texts = [line.text().strip() for line in lines]
    framed = _Framed(region_words(rules))
    body = [
        len(text) >= _LONG and "。" in text and 2 * line.linked < len(text) and not framed.by_tag(line)
        for line, text in zip(lines, texts, strict=True)
    ]
    weights = _weights(lines, texts, body)
    main, holders = _main(weights)
    inside = [main is not None and _is_in(line, main) for line in lines]
    first = next((i for i, x in enumerate(inside) if x), 0)
    out = []
    for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
        linked = 10 * line.linked >= 9 * len(text.replace(" ", ""))
        opening = (inside[i] or i < first) and not (linked and i < first) and _is_opening(text, lookup)
        annex = not linked and len(text) <= _LONG and lookup.annex.match(text)
        if opening or annex:
            out.append(False)
        elif body[i]:
            out.append(not inside[i] and framed.is_framed(line, holders))
        elif main is None:
            out.append(framed.by_tag(line) or (linked and bool(text)))
        elif not inside[i]:
            out.append(not (i + 1 < len(lines) and i > first and body[i + 1] and not inside[i + 1] and not linked))
        else:
            out.append(linked or framed.is_framed(line, holders))
    return out


def _is_opening(text: str, lookup: Lines) -> bool:
    return len(text) <= 120 and bool(
        lookup.title.match(text)
        or lookup.occasion.match(text)
        or lookup.speaker.match(text)
        or lookup.salutation.match(text)
    )


def _weights(lines: list[Line], texts: list[str], body: list[bool]) -> dict[etree._Element, int]:
    """How many characters of sentences each element holds; the root comes last."""
    weights: dict[etree._Element, int] = {}
    for line, text, is_body in zip(lines, texts, body, strict=True):
        element = line.element if is_body else None
        while element is not None:
            weights[element] = weights.pop(element, 0) + len(text)
            element = element.getparent()
    return weights


def _main(weights: dict[etree._Element, int]) -> tuple[etree._Element | None, set[etree._Element]]:
    """The innermost element that holds nearly all sentences, and all elements that hold a fair part of them."""
    if not weights:
        return None, set()
    root = next(reversed(weights))
    total = weights[root]
    holders = {e for e, weight in weights.items() if weight >= _HOLDER_SHARE * total}
    main = root
    while True:
        inner = next((e for e in main if weights.get(e, 0) >= _MAIN_SHARE * total), None)
        if inner is None or inner.tag in _INLINE:
            return main, holders
        main = inner


def _is_in(line: Line, main: etree._Element) -> bool:
    element = line.element
    while element is not None:
        if element is main:
            return True
        element = element.getparent()
    return False


class _Framed:
    """Whether a line stands in a part of the page that its tags or names call navigation, footer and the like."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._known: dict[etree._Element, bool] = {}

    def by_tag(self, line: Line) -> bool:
        element = line.element
        while element is not None:
            if element.tag in _FRAME_TAGS and element.tag != "form":
                return True
            element = element.getparent()
        return False

    def is_framed(self, line: Line, holders: set[etree._Element]) -> bool:
        """An element that holds a fair part of the report is no frame, whatever it is called."""
        element = line.element
        while element is not None and element not in holders:
            if element.tag in _FRAME_TAGS or self._named(element):
                return True
            element = element.getparent()
        return False

    def _named(self, element: etree._Element) -> bool:
        known = self._known.get(element)
        if known is None:
            names = [*element.get("class", "").split(), element.get("id", "")]
            known = any(names_frame(name, self._words) for name in names if name)
            self._known[element] = known
        return known
