"""What Word's styles say of a run or paragraph: bold, heading, list."""

from __future__ import annotations

import functools
from typing import NamedTuple

from lxml import etree

OFF = frozenset(("0", "false", "off", "none"))


class _Style(NamedTuple):
    based_on: str | None
    name: str
    bold: bool | None
    hidden: bool | None
    outline: int | None
    num_id: str | None
    level: int | None


class ListPlace(NamedTuple):
    """A paragraph's list and level; ``level`` is None where only the style is known."""

    num_id: str
    level: int | None
    style: str | None


class _Known(NamedTuple):
    """What a style says of its paragraphs."""

    heading: bool
    contents: bool
    place: ListPlace | None


def space(element: etree._Element) -> str:
    """The namespace of an element as ``{…}``: Word has one for transitional and one for strict files."""
    tag = str(element.tag)
    return tag[: tag.index("}") + 1] if tag.startswith("{") else ""


def is_on(properties: etree._Element | None, name: str, ns: str) -> bool | None:
    """An on-off property (``<w:b/>``, ``<w:b w:val="0"/>``); None where it is not set."""
    if properties is None:
        return None
    found = properties.find(ns + name)
    if found is None:
        return None
    return is_set(found, ns)


def is_set(element: etree._Element, ns: str) -> bool:
    """Whether an on-off element says on, as it does without a value."""
    return element.get(ns + "val", "1") not in OFF


def value(parent: etree._Element | None, path: str, ns: str) -> str | None:
    """The ``w:val`` of the element at ``path`` below ``parent`` ("pPr/pStyle"), or None."""
    if parent is None:
        return None
    found = parent.find(_steps(path, ns))
    return None if found is None else found.get(ns + "val")


@functools.lru_cache(maxsize=256)
def _steps(path: str, ns: str) -> str:
    return "/".join(ns + step for step in path.split("/"))


def number(text: str | None) -> int | None:
    """``text`` as a small number, or None."""
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


class Styles:
    """The style sheet: every question is answered along the ``basedOn`` chain and down to the document's defaults."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._bold_default = False
        self._toggles: dict[tuple[str, str | None, str | None], bool | None] = {}
        self._known: dict[str | None, _Known] = {}
        if root is None:
            return
        ns = space(root)
        self._bold_default = bool(is_on(root.find(f"{ns}docDefaults/{ns}rPrDefault/{ns}rPr"), "b", ns))
        self._ns = ns
        for element in root.iter(ns + "style"):
            key = element.get(ns + "styleId", "")
            self._elements[key] = element
            if element.get(ns + "type") == "paragraph" and element.get(ns + "default", "0") not in OFF:
                self._default = key

    def _style(self, key: str) -> _Style:
        """The style of that id, read when it is first asked for: a sheet has hundreds, a report uses a few."""
        if key not in self._styles:
            ns, element = self._ns, self._elements[key]
            run = element.find(ns + "rPr")
            self._styles[key] = _Style(
                based_on=value(element, "basedOn", ns),
                name=(value(element, "name", ns) or "").lower(),
                bold=is_on(run, "b", ns),
                hidden=is_on(run, "vanish", ns),
                outline=number(value(element, "pPr/outlineLvl", ns)),
                num_id=value(element, "pPr/numPr/numId", ns),
                level=number(value(element, "pPr/numPr/ilvl", ns)),
            )
        return self._styles[key]

    def _chain(self, key: str | None) -> list[_Style]:
        chain: list[_Style] = []
        seen: set[str] = set()
        while key is not None and key in self._elements and key not in seen:
            seen.add(key)
            chain.append(self._style(key))
            key = chain[-1].based_on
        return chain

    def _toggle(self, field: str, paragraph: str | None, character: str | None) -> bool | None:
        """A toggle set in the paragraph's and in the character's style is off again, as Word has it."""
        key = (field, paragraph, character)
        if key not in self._toggles:
            self._toggles[key] = self._find_toggle(field, paragraph, character)
        return self._toggles[key]

    def _find_toggle(self, field: str, paragraph: str | None, character: str | None) -> bool | None:
        first = [
            next((v for s in self._chain(k) if (v := getattr(s, field)) is not None), None)
            for k in (paragraph or self._default, character)
        ]
        set_in = [v for v in first if v is not None]
        return None if not set_in else sum(set_in) % 2 == 1

    def bold(self, paragraph: str | None, character: str | None, direct: bool | None) -> bool:
        """Whether a run is bold: its own setting, else its character and paragraph styles, else the defaults."""
        if direct is not None:
            return direct
        styled = self._toggle("bold", paragraph, character)
        return self._bold_default if styled is None else styled

    def hidden(self, paragraph: str | None, character: str | None, direct: bool | None) -> bool:
        """Whether a run is hidden text."""
        return direct if direct is not None else bool(self._toggle("hidden", paragraph, character))

    def is_heading(self, paragraph: str | None, outline: int | None) -> bool:
        """Whether a paragraph has an outline level, its own or its style's, or a style named heading."""
        return outline < 9 if outline is not None else self._of(paragraph).heading

    def is_contents(self, paragraph: str | None) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        return self._of(paragraph).contents

    def list_place(self, paragraph: str | None) -> ListPlace | None:
        """The list that the paragraph's style puts it in."""
        return self._of(paragraph).place

    def _of(self, paragraph: str | None) -> _Known:
        """What a paragraph's style says of it: a report has hundreds of paragraphs and few styles."""
        known = self._known.get(paragraph)
        if known is None:
            contents = any(s.name.startswith("toc ") for s in self._chain(paragraph))
            key = paragraph or self._default
            known = self._known[paragraph] = _Known(self._heading(key), contents, self._place(key))
        return known

    def _heading(self, key: str | None) -> bool:
        for style in self._chain(key):
            if style.outline is not None:
                return style.outline < 9
            if style.name.startswith(("heading ", "标题 ")):
                return True
        return False

    def _place(self, key: str | None) -> ListPlace | None:
        level = None
        for style in self._chain(key):
            level = style.level if level is None else level
            if style.num_id is not None:
                return ListPlace(style.num_id, level, key)
        return None
