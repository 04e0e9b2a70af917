"""The report's text as HTML: headings, paragraphs, what is not the report folded away, and the marks in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from markupsafe import Markup

from govreport_nlp.page.blocks import Block, blocks, headings
from govreport_nlp.page.inline import Inline
from govreport_nlp.page.marks import Mark
from govreport_nlp.report import Report
from govreport_nlp.tables.links import section_anchor

# A page's own title is h1; there is no h7.
_HIGHEST, _LOWEST = 2, 6

_HEADING = Markup('<h{} id="{}"{}>')
_RUN_IN = Markup(' class="run-in"')
_PARAGRAPH = Markup('<div class="p{}">')
_FOLDED = Markup('<details class="off"><summary data-lines="{}"></summary>')


def article(report: Report, marks: list[Mark]) -> Markup:
    """The whole text, of which nothing is left out: what the elements hold, one after the other, is the text."""
    return Markup("").join(_Article(report, marks).pieces())


class _Article:
    def __init__(self, report: Report, marks: list[Mark]) -> None:
        self._text, self._title = report.text, report.meta.title
        self._off = sorted(report.boilerplate)
        self._blocks = list(blocks(report, headings(report), ((mark.start, mark.end) for mark in marks)))
        self._inline = Inline(report.text, marks, report.bold or (), self._off)

    def pieces(self) -> Iterator[Markup]:
        """Block after block, with the line ends between them."""
        folded: list[Markup] = []
        lines = 0
        for n, block in enumerate(self._blocks):
            end_of_line = Markup("\n" if n + 1 < len(self._blocks) else "")
            if self._is_blank(block):
                piece = self._inline.write(block.start, block.end) + end_of_line
                if folded:
                    folded.append(piece)
                else:
                    yield piece
            elif self._is_off(block):
                lines += 1
                folded.append(self._paragraph(block) + end_of_line)
            else:
                yield from _fold(folded, lines)
                folded, lines = [], 0
                yield (self._headed(block) if block.headings else self._paragraph(block)) + end_of_line
        yield from _fold(folded, lines)

    def _headed(self, block: Block) -> Markup:
        """A heading alone, or a paragraph that a heading runs into."""
        rest = self._text[block.start : block.headings[0].start] + self._text[block.headings[-1].end : block.end]
        alone = len(block.headings) == 1 and not rest.strip()
        out = [Markup("") if alone else _PARAGRAPH.format(" own" if self._is_indented(block) else "")]
        at = block.start
        for heading in block.headings:
            level = min(max(heading.depth + 1, _HIGHEST), _LOWEST)
            out.append(self._inline.write(at, heading.start))
            out.append(_HEADING.format(level, section_anchor(heading.section), Markup("") if alone else _RUN_IN))
            out.append(self._inline.write(heading.start, heading.end))
            out.append(Markup("</h{}>").format(level))
            at = heading.end
        out.append(self._inline.write(at, block.end))
        out.append(Markup("" if alone else "</div>"))
        return Markup("").join(out)

    def _paragraph(self, block: Block) -> Markup:
        words = self._text[block.start : block.end]
        kind = "title" if words.strip() == self._title else "own" if self._is_indented(block) else "p"
        return Markup('<p class="{}">{}</p>').format(kind, self._inline.write(block.start, block.end))

    def _is_indented(self, block: Block) -> bool:
        return self._text.startswith("\u3000", block.start)

    def _is_blank(self, block: Block) -> bool:
        return not self._text[block.start : block.end].strip() and not block.headings

    def _is_off(self, block: Block) -> bool:
        """Whether no word of it is the report's."""
        words = self._text[block.start : block.end]
        at = block.start + len(words) - len(words.lstrip())
        end = block.start + len(words.rstrip())
        for start, stop in self._off[max(bisect_right(self._off, (at, len(self._text))) - 1, 0) :]:
            if at >= end or start > at:
                break
            at = max(at, stop)
        return at >= end and not block.headings


def _fold(folded: list[Markup], lines: int) -> list[Markup]:
    """One line that is not the report stands there in grey, more of them are folded together."""
    return [_FOLDED.format(lines), *folded, Markup("</details>")] if lines > 1 else folded
