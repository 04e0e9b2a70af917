"""From lines to paragraphs: which line goes on with the one before, by its place and by the way it opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from govreport_nlp.source.characters import exchange
from govreport_nlp.source.pdf_lines import Line
from govreport_nlp.source.wraps import Lines

_FRONT = 12  # lines
_LONGEST_TITLE = 50
_NO_START = frozenset("，。、；：！？）》”’％")
_OPENERS = frozenset("“‘（《")
_QUOTES = frozenset("“”‘’")
_TERMINAL = frozenset("。！？：；!?;:…”")


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph."""

    lines: list[Line] = field(default_factory=list)


def paragraphs(lines: list[Line], leading: float, opening: Lines) -> list[Paragraph]:
    """The paragraphs of ``lines``, which stand in reading order, ``leading`` apart.

    ``opening`` are the patterns of what a line is by the way it opens, for where its place does not tell.
    """
    found: list[Paragraph] = []
    for i, line in enumerate(lines):
        if i < _FRONT and (_opens_front(line, opening) or (found and _is_title(found[-1], opening))):
            found.append(Paragraph([line]))
        elif found and _goes_on(found[-1], line, leading) and not _opens_anew(found[-1], line, opening):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line]))
    return found


def _goes_on(paragraph: Paragraph, line: Line, leading: float) -> bool:
    """Whether ``line`` is the next line of ``paragraph``: the last one is full, and this one is neither indented,
    nor of another size, nor set off by more than the usual distance."""
    last = paragraph.lines[-1]
    text = last.text().rstrip()
    em = last.em
    if not 0.85 < line.em / em < 1.18:
        return False
    room = last.column[1] - last.right
    full = room < 2.2 * em or (room < _unbroken(line) + 1.2 * em and text[-1] not in _TERMINAL)
    indent = line.left - line.column[0]
    if last.page == line.page and last.column == line.column and line.top - last.top > 1.5 * leading + 0.2 * em:
        return False
    if indent > 1.2 * em:  # but the rest of a centred line is centred
        return full and text[-1] not in _TERMINAL and _centred(line)
    if full:
        return not _centred(last) or text[-1] not in _TERMINAL
    first = line.text().lstrip()[:1]
    return first in _NO_START or text[-1] in "，、《“（"


def _opens_front(line: Line, opening: Lines) -> bool:
    """Whether a line is one of those that centred stand over a report, each a paragraph: title, occasion, speaker."""
    text = exchange(line.text()).strip()
    return any(p.match(text) for p in (opening.title, opening.occasion, opening.speaker))


def _is_title(paragraph: Paragraph, opening: Lines) -> bool:
    text = exchange("".join(line.text() for line in paragraph.lines)).strip()
    return len(text) <= _LONGEST_TITLE and opening.title.match(text) is not None


def _opens_anew(paragraph: Paragraph, line: Line, opening: Lines) -> bool:
    """Whether a sentence ended and ``line`` opens in bold, or with a number or a dash; words that count go on too."""
    last = paragraph.lines[-1]
    if last.text().rstrip()[-1:] not in _TERMINAL:
        return False
    if line.chars[0].bold and not last.chars[-1].bold:
        return True
    text = exchange(line.text()).lstrip()
    counted = opening.enumerator.match(text) and not "\u4e00" <= text[0] <= "\u9fff"
    return bool(counted or opening.marker.match(text))


def _unbroken(line: Line) -> float:
    """How wide that is at the line's beginning which is never broken: a number, a word, and the signs behind it."""
    width, last = 0.0, ""
    for char in line.chars:
        latin = char.text.isascii() and char.text != " "
        joined = char.text in _NO_START or char.text in _QUOTES or (latin and (last.isascii() or last in _NO_START))
        joined = joined or last in _OPENERS
        if last and not joined:
            break
        width, last = char.right - line.left, char.text
    return width


def _centred(line: Line) -> bool:
    left, right = line.left - line.column[0], line.column[1] - line.right
    return left > 2.5 * line.em and abs(left - right) < 1.5 * line.em
