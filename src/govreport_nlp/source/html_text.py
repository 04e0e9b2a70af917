"""The visible text of a page: lines with their bold runs, links and places in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from govreport_nlp.source.html_css import NORMAL, Sheet, Shown

_SKIPPED = frozenset(
    (
        "script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed", "svg", "canvas",
        "audio", "video", "map", "rt", "rp", "datalist", "noframes", "link", "meta", "base",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "option", "optgroup", "p", "pre", "section", "select",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "button", "textarea",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_IN_PRE = re.compile(r"\r\n|\r|\n")
_NOTE_MARK = re.compile(r"[\[［〔(（]\s?\d{1,3}\s?[\]］〕)）]$")
_NOTE_NUMBER = re.compile(r"\d{1,3}$")
# Paragraphs of one block, parted only by the two wide spaces that indent each.
_INDENT_INSIDE = re.compile(r"(?<=[。！？：；”…]) *(?=\u3000\u3000|\xa0\xa0\xa0\xa0|\u2003\u2003)")


@dataclass(slots=True)
class Line:
    """A line as a reader sees it. ``pieces`` are text, whether bold, whether a note's mark; ``linked`` counts the
    characters inside links; ``element`` is the innermost element that its first text stands in."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)
    linked: int = 0
    heading: bool = False
    element: etree._Element | None = None

    def text(self) -> str:
        return "".join(text for text, _, _ in self.pieces)


@dataclass(slots=True)
class _Open:
    shown: Shown
    link: bool
    heading: bool
    pre: bool
    sup: bool
    flat: bool  # inside a row whose cells share one line


def extract(root: etree._Element) -> list[Line]:
    """The visible lines below ``root``, without empty ones."""
    walker = _Walker(Sheet(root))
    walker.walk(root)
    return walker.lines


class _Walker:
    def __init__(self, sheet: Sheet) -> None:
        self.lines: list[Line] = []
        self._sheet = sheet
        self._line = Line()
        self._stack = [_Open(NORMAL, link=False, heading=False, pre=False, sup=False, flat=False)]

    def walk(self, root: etree._Element) -> None:
        """Without recursion, since pages nest as deep as they like."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                outer = self._stack[-1]
                shown = self._sheet.shown(element, outer.shown) if tag else outer.shown
                if tag in _SKIPPED or shown.gone:
                    events.skip_subtree()
                    self._stack.append(outer)
                    continue
                self._begin(element, tag, outer, shown)
            else:
                inner = self._stack.pop()
                if inner is not self._stack[-1]:
                    self._finish(tag, inner)
                if element is not root and element.tail:
                    self._text(element.tail, element.getparent())
        self._break()

    def _begin(self, element: etree._Element, tag: str, outer: _Open, shown: Shown) -> None:
        flat = outer.flat or (tag == "tr" and _is_data(element))
        if tag in _CELLS and flat:
            if self._line.pieces:
                self._line.pieces.append(("\t", False, False))
        elif _is_block(tag, shown) and not (outer.flat and tag != "tr"):
            self._break()
        if tag == "br":
            self._break() if not outer.flat else self._text(" ", element)
        state = _Open(
            shown=shown,
            link=outer.link or (tag == "a" and element.get("href") is not None),
            heading=outer.heading or tag in _HEADINGS,
            pre=outer.pre or tag in ("pre", "textarea", "listing", "xmp", "plaintext"),
            sup=outer.sup or tag == "sup",
            flat=flat,
        )
        self._stack.append(state)
        if element.text:
            self._text(element.text, element)

    def _finish(self, tag: str, inner: _Open) -> None:
        if _is_block(tag, inner.shown) and not (self._stack[-1].flat and tag != "tr"):
            self._break()

    def _text(self, text: str, element: etree._Element | None) -> None:
        state = self._stack[-1]
        if state.shown.unseen or state.shown.tiny:
            return
        if state.pre:
            for i, part in enumerate(_LINE_IN_PRE.split(text)):
                if i:
                    self._break()
                self._piece(part, state, element)
            return
        text = _SPACE.sub(" ", text)
        if "\u3000\u3000" in text or "\xa0\xa0\xa0\xa0" in text or "\u2003\u2003" in text:
            for i, part in enumerate(_INDENT_INSIDE.split(text)):
                if i:
                    self._break()
                self._piece(part, state, element)
            return
        self._piece(text, state, element)

    def _piece(self, text: str, state: _Open, element: etree._Element | None) -> None:
        if not text:
            return
        line = self._line
        if text.startswith(" ") and not state.pre and (not line.pieces or line.pieces[-1][0].endswith((" ", "\t"))):
            text = text[1:]
            if not text:
                return
        stripped = text.strip()
        if line.element is None and stripped:
            line.element = element
        if state.link:
            line.linked += len(stripped)
        if state.heading and stripped:
            line.heading = True
        mark = bool(
            (state.sup or state.link)
            and stripped
            and (_NOTE_MARK.match(stripped) or (state.sup and state.link and _NOTE_NUMBER.match(stripped)))
        )
        line.pieces.append((text, state.shown.bold, mark))

    def _break(self) -> None:
        line = self._line
        while line.pieces and not line.pieces[-1][0].strip(" \t\r\n\f"):
            line.pieces.pop()
        if line.pieces:
            text, bold, mark = line.pieces[-1]
            line.pieces[-1] = (text.rstrip(" \t\r\n\f"), bold, mark)
        if line.text().strip():
            self.lines.append(line)
        self._line = Line()


def _is_block(tag: str, shown: Shown) -> bool:
    return tag in _BLOCKS if shown.block is None or tag in _CELLS else shown.block


def _is_data(row: etree._Element) -> bool:
    """Whether a row is one of figures rather than a frame for the page: its cells hold one short run of text each."""
    cells = [c for c in row if c.tag in _CELLS]
    if len(cells) < 2:
        return False
    for cell in cells:
        inside = [e.tag for e in cell.iter() if e is not cell]
        if sum(tag in _BLOCKS for tag in inside) > 1 or "br" in inside:
            return False
        if sum(map(len, cell.itertext())) > 300:
            return False
    return True
