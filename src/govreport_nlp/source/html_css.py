"""How a browser would show an element: bold, hidden, as a block. Only what style sheets in the page say counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_PRINT = re.compile(r"@media[^{}]*\bprint\b[^{}]*\{(?:[^{}]*\{[^{}]*\})*+[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMPOUND = re.compile(r"([#.]?)([\w-]+)")
_SIMPLE = re.compile(r"(?:[\w-]+|[.#][\w-]+)(?:[.#][\w-]+)*$")
_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|pt|em|rem|%|cm|mm|in|vw|vh)?$")
_MAX_SHEET = 400_000
_MAX_RULES = 20_000
_MAX_LOOKUPS = 100_000
_MAX_NESTED = 1_000  # of those that ask for ancestors, which must be looked up for every element
_PROPERTIES = frozenset(
    (
        "font-weight", "font", "display", "visibility", "font-size", "opacity", "position", "left", "top", "right",
        "text-indent", "overflow", "width", "height", "max-height", "clip", "clip-path", "mso-hide", "color",
    )
)  # fmt: skip
_BOLD_TAGS = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_BLOCK_DISPLAY = frozenset(("block", "flex", "grid", "table", "list-item", "table-row", "flow-root"))
_FAR = 500.0  # pixels: what is set so far off is not on the screen


class Shown(NamedTuple):
    """How an element's own text is shown. ``gone`` takes all below it away; ``unseen`` only until it is undone."""

    bold: bool
    gone: bool
    unseen: bool
    tiny: bool
    block: bool | None


NORMAL = Shown(bold=False, gone=False, unseen=False, tiny=False, block=None)


class _Rule(NamedTuple):
    steps: tuple[tuple[str, ...], ...]  # compounds from the ancestor inwards, each of "tag", ".class", "#id"
    weight: tuple[int, int, int, int]
    style: dict[str, str]


class Sheet:
    """The rules of a page's ``<style>`` elements that can make text bold or hide it."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._patience = _MAX_LOOKUPS
        self._known: dict[tuple[str, str, str], list[_Rule]] = {}
        text = "\n".join("".join(map(str, e.itertext())) for e in root.iter("style"))[:_MAX_SHEET]
        text = _PRINT.sub("", _COMMENT.sub("", text))
        nested = 0
        for order, match in enumerate(_RULE.finditer(text)):
            if order > _MAX_RULES:
                break
            style = declarations(match.group(2))
            if not style:
                continue
            for selector in match.group(1).rpartition(";")[2].split(","):
                rule = _parse(selector, style, order)
                nested += rule is not None and len(rule.steps) > 1
                if rule is not None and (len(rule.steps) == 1 or nested <= _MAX_NESTED):
                    self._rules.setdefault(rule.steps[-1][-1], []).append(rule)

    def shown(self, element: etree._Element, outer: Shown) -> Shown:
        """How ``element`` is shown inside what is shown as ``outer``."""
        tag = str(element.tag)
        inline = element.get("style")
        style = self._style(element, tag)
        if inline:
            style = {**style, **declarations(inline)} if style else declarations(inline)
        bold = outer.bold or tag in _BOLD_TAGS
        if not style:
            if bold == outer.bold and outer.block is None and element.get("hidden") is None:
                return outer
            return Shown(bold, element.get("hidden") is not None, outer.unseen, outer.tiny, None)
        weight = style.get("font-weight") or _weight_of_font(style.get("font", ""))
        if weight:
            bold = _is_bold(weight, bold)
        display = style.get("display", "")
        unseen, tiny = outer.unseen, outer.tiny
        if "visibility" in style:
            unseen = style["visibility"] in ("hidden", "collapse")
        if "font-size" in style:
            size = _LENGTH.match(style["font-size"])
            if size is None:
                tiny = False
            elif float(size.group(1)) == 0:
                tiny = True
            elif size.group(2) not in ("em", "%"):
                tiny = False
        block = True if display in _BLOCK_DISPLAY else False if display == "inline" else None
        gone = display == "none" or (element.get("hidden") is not None and not display) or _off_screen(style)
        return Shown(bold, gone, unseen, tiny, block)

    def _style(self, element: etree._Element, tag: str) -> dict[str, str]:
        if not self._rules:
            return {}
        names = (tag, element.get("class", ""), element.get("id", ""))
        rules = self._known.get(names)
        if rules is None:
            keys = [tag, *("." + c for c in names[1].split()), "#" + names[2]]
            own = [r for key in keys for r in self._rules.get(key, ()) if _is(element, r.steps[-1])]
            rules = self._known[names] = _needed(own)
        style: dict[str, str] = {}
        for rule in rules:
            if len(rule.steps) > 1:
                self._patience -= 1
                if self._patience < 0 or not _matches(element, rule.steps):
                    continue
            style.update(rule.style)
        return style


def _needed(rules: list[_Rule]) -> list[_Rule]:
    """In the order in which they override each other; of those without conditions only the outcome counts."""
    ordered: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: r.weight):
        if ordered and len(rule.steps) == len(ordered[-1].steps) == 1:
            rule = rule._replace(style={**ordered.pop().style, **rule.style})
        ordered.append(rule)
    return ordered


def declarations(text: str) -> dict[str, str]:
    """The declarations that matter here, lower case, without ``!important``.

    >>> declarations("color:red; FONT-WEIGHT: Bold !important")
    {'color': 'red', 'font-weight': 'bold'}
    """
    style = {}
    for part in text.split(";"):
        name, colon, given = part.partition(":")
        name = name.strip().lower()
        if colon and name in _PROPERTIES:
            style[name] = given.lower().replace("!important", "").strip()
    return style


def _parse(selector: str, style: dict[str, str], order: int) -> _Rule | None:
    words = selector.replace(">", " ").split()
    if not words or len(words) > 8 or not all(_SIMPLE.match(w) for w in words):
        return None
    steps = tuple(tuple(a + b if a else b.lower() for a, b in _COMPOUND.findall(w)) for w in words)
    flat = [part for step in steps for part in step]
    ids = sum(p[0] == "#" for p in flat)
    classes = sum(p[0] == "." for p in flat)
    return _Rule(steps, (ids, classes, len(flat) - ids - classes, order), style)


def _matches(element: etree._Element, steps: tuple[tuple[str, ...], ...]) -> bool:
    if not _is(element, steps[-1]):
        return False
    rest = list(steps[:-1])
    ancestor = element.getparent()
    while rest and ancestor is not None:
        if _is(ancestor, rest[-1]):
            rest.pop()
        ancestor = ancestor.getparent()
    return not rest


def _is(element: etree._Element, compound: tuple[str, ...]) -> bool:
    for part in compound:
        if part[0] == ".":
            if part[1:] not in element.get("class", "").split():
                return False
        elif part[0] == "#":
            if element.get("id") != part[1:]:
                return False
        elif element.tag != part:
            return False
    return True


def _weight_of_font(font: str) -> str:
    return next((w for w in font.split() if w in ("bold", "bolder") or (w.isdigit() and len(w) == 3)), "")


def _is_bold(weight: str, outer: bool) -> bool:
    if weight in ("inherit", "unset"):
        return outer
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def _pixels(given: str | None) -> float | None:
    match = _LENGTH.match(given or "")
    if match is None:
        return None
    unit = match.group(2) or "px"
    return float(match.group(1)) * {"em": 16, "rem": 16, "%": 10, "cm": 38, "mm": 3.8, "in": 96, "pt": 1.3}.get(unit, 1)


def _off_screen(style: dict[str, str]) -> bool:
    """Whether an element is put where, or made so small or clear, that nobody sees it."""
    if style.get("mso-hide") == "all" or style.get("color") == "transparent":
        return True
    opacity = _LENGTH.match(style.get("opacity", ""))
    if opacity is not None and float(opacity.group(1)) == 0:
        return True
    indent = _pixels(style.get("text-indent"))
    if indent is not None and indent <= -_FAR:
        return True
    if style.get("position") in ("absolute", "fixed"):
        if any((at := _pixels(style.get(side))) is not None and at <= -_FAR for side in ("left", "top", "right")):
            return True
        if style.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px")):
            return True
    if style.get("clip-path", "").replace(" ", "") in ("inset(100%)", "inset(50%)"):
        return True
    if style.get("overflow") == "hidden":
        return any((size := _pixels(style.get(p))) is not None and size <= 1 for p in ("height", "max-height", "width"))
    return False
