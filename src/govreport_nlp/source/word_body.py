"""The body of a Word document, a paragraph a line, in reading order, changes taken as accepted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from govreport_nlp.source.builder import Builder
from govreport_nlp.source.document import Source
from govreport_nlp.source.word_numbering import Numbering
from govreport_nlp.source.word_styles import OFF, ListPlace, Styles, is_set, number, space, value

# Deleted or moved away, or never shown as text of the body.
_SKIPPED = frozenset(
    (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr",
        "sectPr", "sdtPr", "sdtEndPr", "proofErr", "bookmarkStart", "bookmarkEnd", "annotationRef", "fldChar",
        "commentReference", "rt", "rubyPr", "smartTagPr", "customXmlPr", "fldData", "softHyphen",
        "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    )
)  # fmt: skip


class _Piece(msgspec.Struct, gc=False):
    text: str
    bold: bool
    mark: bool = False  # the mark of a note: beside the text, not of it


@dataclass(slots=True)
class _Line:
    pieces: list[_Piece] = field(default_factory=list)
    heading: bool = False
    contents: bool = False
    note: bool = False

    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Body:
    """Walks the document's tree and keeps its lines."""

    def __init__(self, styles: Styles, numbering: Numbering, chunk: Callable[[str], Source]) -> None:
        self._chunk = chunk  # reads a part in another format by its key
        self._styles = styles
        self._numbering = numbering
        self._lines: list[_Line] = []
        self._open = False  # the last paragraph's mark was deleted: the next one goes on in its line
        self._boxes: list[tuple[bool, etree._Element]] = []
        self._marks: dict[tuple[str, str], int] = {}
        self._own_marks: dict[int, str] = {}  # what the author set as a note's mark
        self._ns = ""

    def document(self, root: etree._Element) -> None:
        """All blocks below ``w:body``."""
        self._ns = space(root)
        body = root.find(self._ns + "body")
        self._blocks(root if body is None else body)

    def notes(self, root: etree._Element, kind: str) -> None:
        """The texts of the footnotes or endnotes that the body refers to, in the order of their marks."""
        self._ns = ns = space(root)
        by_id = {e.get(ns + "id", ""): e for e in root if isinstance(e.tag, str)}
        self._open = False
        for (of, key), count in sorted(self._marks.items(), key=lambda item: item[1]):
            if of == kind[:-1] and key in by_id:
                first = len(self._lines)
                self._blocks(by_id[key])
                lines = [line for line in self._lines[first:] if line.text().strip()]
                for line in lines:
                    line.note = True
                if lines:
                    _cut_mark(lines[0].pieces, self._own_marks.get(count, ""))
                    lines[0].pieces.insert(0, _Piece(f"[{count}] ", False))
                self._lines[first:] = lines

    def builder(self) -> Builder:
        """The lines as text with their spans."""
        builder = Builder()
        for line in self._lines:
            start = builder.length
            for piece in line.pieces:
                if piece.mark:
                    builder.boilerplate.append((builder.length, builder.length + len(piece.text)))
                builder.add(piece.text, piece.bold)
            span = (start, builder.length)
            if line.heading:
                builder.heading.append(span)
            if line.contents:
                builder.boilerplate.append(span)
            if line.note:
                builder.notes.append(span)
            builder.end_line()
        return builder

    def _blocks(self, parent: etree._Element) -> None:
        ns = self._ns
        for element in parent:
            if not isinstance(element.tag, str):
                continue
            tag = etree.QName(element).localname
            if element.tag == ns + "p":
                self._paragraph(element)
            elif element.tag == ns + "tbl":
                self._table(element)
            elif tag == "AlternateContent":
                self._blocks(_alternative(element))
            elif tag == "altChunk":
                self._lines += _lines_of(self._chunk(str(next(iter(element.attrib.values()), ""))))
                self._open = False
            elif tag not in _SKIPPED:
                self._blocks(element)

    def _paragraph(self, p: etree._Element) -> None:
        ns, styles = self._ns, self._styles
        whole = p.find(ns + "pPr")
        properties = _by_name(whole, ns)
        style = _val(properties.get("pStyle"), ns)
        outer, self._boxes = self._boxes, []
        pieces: list[_Piece] = []
        self._runs(p, style, pieces)
        boxes, self._boxes = self._boxes, outer
        label, bold = self._numbering.label(self._place(whole if "numPr" in properties else None, style))
        mark = properties.get("rPr")
        if label and (pieces or mark is None or not is_set(mark, ns)):
            first = next((piece.bold for piece in pieces if piece.text.strip()), False)
            pieces.insert(0, _Piece(label, first if bold is None else bold))
        deleted = mark is not None and whole is not None and whole.find(f"{ns}rPr/{ns}del") is not None
        for ahead, box in boxes:
            if ahead:
                self._blocks(box)
        if self._open and self._lines:
            line = self._lines[-1]
        else:
            line = _Line()
            self._lines.append(line)
        line.pieces += pieces
        if line.text().strip():
            line.heading = styles.is_heading(style, number(_val(properties.get("outlineLvl"), ns)))
            line.contents = styles.is_contents(style)
        self._open = deleted
        if deleted and not line.text():
            self._lines.pop()
            self._open = False
        for ahead, box in boxes:
            if not ahead:
                self._open = False
                self._blocks(box)

    def _place(self, numbered: etree._Element | None, style: str | None) -> ListPlace | None:
        """The list of a paragraph: by its properties where it is ``numbered`` itself, else by its style."""
        styled = self._styles.list_place(style)
        if numbered is None:
            return styled
        own = value(numbered, "numPr/numId", self._ns)
        level = number(value(numbered, "numPr/ilvl", self._ns))
        if own is not None:
            return ListPlace(own, level or 0, None)
        if styled is not None and level is not None:
            return ListPlace(styled.num_id, level, styled.style)
        return styled

    def _runs(self, parent: etree._Element, style: str | None, pieces: list[_Piece]) -> None:
        run, text = self._ns + "r", self._ns + "t"
        for element in parent:
            name = element.tag
            if name == run:
                self._run(element, style, pieces)
                continue
            if not isinstance(name, str):
                continue
            tag = name.rpartition("}")[2]
            if tag == "AlternateContent":
                self._runs(_alternative(element), style, pieces)
            elif tag == "t" and name != text:  # of a formula
                pieces.append(_Piece(element.text or "", False))
            elif tag not in _SKIPPED:
                self._runs(element, style, pieces)

    def _run(self, run: etree._Element, style: str | None, pieces: list[_Piece]) -> None:
        ns = self._ns
        character: str | None = None
        bold: bool | None = None
        hidden: bool | None = None
        # One look at the properties: a report has thousands of runs.
        for element in next(run.iterchildren(ns + "rPr"), ()):
            name = element.tag
            if name == ns + "b" and bold is None:
                bold = is_set(element, ns)
            elif name == ns + "vanish" and hidden is None:
                hidden = is_set(element, ns)
            elif name == ns + "rStyle":
                character = element.get(ns + "val")
        if not self._styles.hidden(style, character, hidden):
            self._inside(run, style, self._styles.bold(style, character, bold), pieces)

    def _inside(self, run: Iterable[etree._Element], style: str | None, bold: bool, pieces: list[_Piece]) -> None:
        ns = self._ns
        for element in run:
            name = element.tag
            if not isinstance(name, str):
                continue
            tag = name.rpartition("}")[2]
            if tag == "t":
                pieces.append(_Piece((element.text or "").replace("\n", " "), bold))
            elif tag in ("tab", "ptab"):
                pieces.append(_Piece("\t", bold))
            elif tag == "cr" or (tag == "br" and element.get(ns + "type", "textWrapping") == "textWrapping"):
                pieces.append(_Piece("\n", bold))
            elif tag == "noBreakHyphen":
                pieces.append(_Piece("-", bold))
            elif tag == "sym":
                pieces.append(_Piece(_symbol(element, ns), bold))
            elif tag in ("footnoteReference", "endnoteReference"):
                count = self._mark(tag[: -len("Reference")], element.get(ns + "id", ""), pieces)
                if element.get(ns + "customMarkFollows", "0") not in OFF:
                    # What follows in the run is the mark that the author set, beside the number given here.
                    first = len(pieces)
                    self._inside(element.itersiblings(), style, bold, pieces)
                    self._own_marks[count] = "".join(piece.text for piece in pieces[first:]).strip()
                    pieces[first:] = [_Piece(piece.text, False, mark=True) for piece in pieces[first:]]
                    return
            elif tag == "AlternateContent":
                self._inside(_alternative(element), style, bold, pieces)
            elif tag in ("drawing", "pict", "object"):
                ahead = not any(piece.text.strip() for piece in pieces)
                self._boxes += [(ahead, box) for box in _text_boxes(element, ns)]
            elif tag == "ruby":
                for base in element.iter(ns + "rubyBase"):
                    self._runs(base, style, pieces)
            elif tag not in _SKIPPED and tag != "br":
                self._inside(element, style, bold, pieces)

    def _mark(self, kind: str, key: str, pieces: list[_Piece]) -> int:
        count = self._marks.setdefault((kind, key), len(self._marks) + 1)
        pieces.append(_Piece(f"[{count}]", False, mark=True))
        return count

    def _table(self, table: etree._Element) -> None:
        """A row of short cells is one line with tabs between; cells of several paragraphs give a line each."""
        self._open = False
        for row in self._rows(table):
            cells = []
            for cell in self._cells(row):
                outer, self._lines = self._lines, []
                self._blocks(cell)
                cells.append([line for line in self._lines if line.text().strip()])
                self._lines, self._open = outer, False
            if all(len(c) <= 1 and not any("\n" in line.text() for line in c) for c in cells):
                filled = [c[0] for c in cells if c]
                joined = _Line(heading=bool(filled) and all(line.heading for line in filled))
                for i, line in enumerate(filled):
                    joined.pieces += ([_Piece("\t", False)] if i else []) + line.pieces
                if filled:
                    self._lines.append(joined)
            else:
                for lines in cells:
                    self._lines += lines

    def _rows(self, table: etree._Element) -> list[etree._Element]:
        return [r for r in _within(table, self._ns + "tr") if r.find(f"{self._ns}trPr/{self._ns}del") is None]

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        return _within(row, self._ns + "tc")


def _by_name(properties: etree._Element | None, ns: str) -> dict[str, etree._Element]:
    """The single properties by their names, the first of each."""
    found: dict[str, etree._Element] = {}
    if properties is not None:
        at = len(ns)
        for element in properties:
            if isinstance(element.tag, str) and element.tag.startswith(ns):
                found.setdefault(element.tag[at:], element)
    return found


def _val(element: etree._Element | None, ns: str) -> str | None:
    return None if element is None else element.get(ns + "val")


def _cut_mark(pieces: list[_Piece], mark: str) -> None:
    """Take off the mark that a note's own text repeats."""
    first = next((piece for piece in pieces if piece.text.strip()), None)
    if mark and first is not None and first.text.lstrip().startswith(mark):
        first.text = first.text.lstrip()[len(mark) :].lstrip()


def _lines_of(source: Source) -> list[_Line]:
    """The lines of a text that was read by another reader, with its bold runs and marks."""
    text = source.text
    edges = {0, len(text), *(i for span in (*(source.bold or ()), *source.boilerplate) for i in span)}
    edges.update(m + offset for m, char in enumerate(text) if char == "\n" for offset in (0, 1))
    lines = [_Line()]
    for start, end in itertools.pairwise(sorted(edges)):
        if text[start:end] == "\n":
            lines.append(_Line())
            continue
        bold = any(a <= start and end <= b for a, b in source.bold or ())
        mark = any(a <= start and end <= b for a, b in source.boilerplate)
        lines[-1].pieces.append(_Piece(text[start:end], bold, mark))
        lines[-1].heading |= any(a <= start and end <= b for a, b in source.heading)
    return lines


def _within(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Elements of ``tag`` below ``parent``, through wrappers, but not those inside one another."""
    found = []
    for element in parent:
        if element.tag == tag:
            found.append(element)
        elif isinstance(element.tag, str) and etree.QName(element).localname not in _SKIPPED:
            found += _within(element, tag)
    return found


def _alternative(element: etree._Element) -> etree._Element:
    """The first choice that holds anything; the fallback says the same in an older form."""
    choices = [e for e in element if isinstance(e.tag, str)]
    for choice in choices:
        if any(isinstance(e.tag, str) and etree.QName(e).localname in ("t", "txbxContent") for e in choice.iter()):
            return choice
    return choices[0] if choices else element


def _text_boxes(element: etree._Element, ns: str) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "txbxContent":
            found.append(child)
        elif name == "AlternateContent":
            found += _text_boxes(_alternative(child), ns)
        elif name != "Fallback":
            found += _text_boxes(child, ns)
    return found


def _symbol(element: etree._Element, ns: str) -> str:
    """A character by its code; one of a symbol font (in the private use area) is a picture and left out."""
    try:
        code = int(element.get(ns + "char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""
