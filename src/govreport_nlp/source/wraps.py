"""Line ends: which close a paragraph and which only break a line.

A document is looked at as a whole first: whether it is set to a fixed width, whether indents or empty lines
mark its paragraphs, whether its paragraphs stand in one line with wide spaces between them. What a line is by
the way it opens stands in rules/lines.toml.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import Literal, NamedTuple

from govreport_nlp.rules import SHIPPED, Rule, Ruleset

Break = tuple[str, int]
"""What stays of a gap, and the offset that it stays from."""

_TERMINAL = frozenset("。！？：；…!?;:")
_CLOSERS = '”’」』）)】〕》"'
_NO_START = frozenset("，。、；：！？）》」』】〕”’…%,;:!?)]")
_OPENERS = frozenset("《“‘「『（〈【〔[(")
_CONTINUING = frozenset("，、,")
_HALTING = frozenset("；：;:")  # end no sentence, so they end a paragraph only where a list is set line by line
_NUMERALS = re.compile(r"[0-9一二三四五六七八九十百①-⑳⑴-⒛㈠-㈩\s]+")
_INNER = frozenset("，；：,;:")
_WIDE_SPACES = frozenset("\u3000\u2003\t")
_LAST_WORD = re.compile(r"(?<![A-Za-z0-9])[a-z]{2,}\Z")
_FIRST_WORD = re.compile(r"[a-z]{2,}(?![A-Za-z0-9])")
_VOCATIVE = 28
_TOLERANCE = 6  # columns by which a full line may fall short: a word or a mark that did not fit
_EXACT = 2  # the same where nearly all lines keep to it


class LinePattern(Rule, frozen=True, kw_only=True):
    """What a line is by the way it opens; see rules/lines.toml."""

    role: Literal["marker", "enumerator", "salutation", "title", "occasion", "speaker", "annex", "bullet"]
    pattern: str


class Lines(NamedTuple):
    """The patterns of rules/lines.toml, one a role."""

    marker: re.Pattern[str]
    enumerator: re.Pattern[str]
    salutation: re.Pattern[str]
    title: re.Pattern[str]
    occasion: re.Pattern[str]
    speaker: re.Pattern[str]
    annex: re.Pattern[str]
    bullet: re.Pattern[str]


class _Line(NamedTuple):
    start: int
    end: int
    width: int  # columns, indent included
    even: int  # the same with as many columns for each character
    indent: int
    terminated: bool


class _Style(NamedTuple):
    width: int  # the least columns of a full line; 0 where lines are as long as they come
    spaced: bool  # empty lines between all lines, so that they say nothing
    marked: bool  # paragraphs begin with an indent or after an empty line
    body: int  # the first line after title, occasion and speaker
    labels: bool  # where a short line and a long one meet, it is mostly a heading and its paragraph
    indented: bool = False  # of lines set to a width: every paragraph begins with an indent
    alone: frozenset[str] = frozenset()  # of lines set to a width: markers whose headings are paragraphs of their own


@functools.lru_cache(maxsize=8)
def patterns(rules: Ruleset = SHIPPED) -> Lines:
    """The compiled patterns, those of one role in one."""
    by_role: dict[str, list[str]] = {}
    for rule in rules.load("lines.toml", LinePattern):
        by_role.setdefault(rule.role, []).append(rule.pattern)
    return Lines(*(re.compile("|".join(f"(?:{p})" for p in by_role.get(role, ["(?!)"]))) for role in Lines._fields))


def decide(
    flat: str, written: str, gaps: list[tuple[int, int]], cut: str, rules: Ruleset = SHIPPED
) -> list[Break | None]:
    """What stays of each gap that ends a line; None for a gap inside a line, which is the caller's.

    ``flat`` is the exchanged text, ``written`` the same in its own characters, as wide as they were set.
    """
    ends = [i for i, (a, b) in enumerate(gaps) if (b - a == 1 and flat[a] == "\n") or "\n" in flat[a:b]]
    lookup = patterns(rules)
    decided: list[Break | None] = [None] * len(gaps)
    inner = [i for i in ends if gaps[i][0] > 0 and gaps[i][1] < len(flat)]
    for i in (0, len(gaps) - 1):
        if gaps and (gaps[i][0] == 0 or gaps[i][1] == len(flat)):
            decided[i] = _edge(flat, *gaps[i], cut)
    if len(inner) < 12:
        for i in _inline_ends(flat, gaps, len(inner), lookup):
            decided[i] = ("\n", gaps[i][0])
    lines = _lines(flat, written, gaps, inner)
    lines, style = _style(flat, gaps, inner, lines, cut, lookup)
    for n, i in enumerate(inner):
        start, end = gaps[i]
        at = _newline(flat, start, end, cut)
        if _joins(flat, lines, n, flat[start:end], style, cut, lookup):
            words = _LAST_WORD.search(flat, max(start - 20, 0), start) and _FIRST_WORD.match(flat, end)
            decided[i] = (" ", at) if words else ("", at)
        else:
            decided[i] = ("\n", at)
    return decided


def _edge(flat: str, start: int, end: int, cut: str) -> Break:
    if start == 0 or "\n" not in flat[start:end]:
        return "", start
    return "\n", _newline(flat, start, end, cut)


def _newline(flat: str, start: int, end: int, cut: str) -> int:
    """The offset of the gap's first newline (a gap that ends a line has one)."""
    return flat.index("\n", start, end)


def _inline_ends(flat: str, gaps: list[tuple[int, int]], line_ends: int, lookup: Lines) -> list[int]:
    """Gaps that stand for lost line ends: one and the same space, again and again after sentences.

    Reports kept in a cell of a table have their paragraphs in one line, with " \\u3000\\u3000" or the like between.
    """
    after = [i for i, (a, b) in enumerate(gaps) if a > 0 and b < len(flat) and flat[a - 1] in "。！？：；”"]
    seen = Counter(flat[slice(*gaps[i])] for i in after)
    if not seen:
        return []
    gap, count = max(seen.items(), key=lambda item: (_is_wide(item[0]), item[1]))
    if count < 3 or count <= line_ends or "\n" in gap or not gap.isspace():
        return []
    wide = {g for g in seen if _is_wide(g)} or {gap}
    inside = [(i, a, b) for i, (a, b) in enumerate(gaps) if a > 0 and b < len(flat) and flat[a:b].isspace()]
    return [
        i
        for i, a, b in inside
        if flat[a:b] in wide or lookup.salutation.match(flat, b) or (a < 60 and lookup.title.match(flat[:a].strip()))
    ]


def _is_wide(gap: str) -> bool:
    return _columns(gap) >= 4 and "\n" not in gap and gap.isspace()


def _columns(space: str) -> int:
    return sum(2 if c in _WIDE_SPACES else 1 for c in space)


def _lines(flat: str, written: str, gaps: list[tuple[int, int]], inner: list[int]) -> list[_Line]:
    starts, ends = [], []
    first = gaps[0][1] if gaps and gaps[0][0] == 0 else 0
    last = gaps[-1][0] if gaps and gaps[-1][1] == len(flat) else len(flat)
    starts = [first, *(gaps[i][1] for i in inner)]
    ends = [*(gaps[i][0] for i in inner), last]
    lines = []
    for start, end in zip(starts, ends, strict=True):
        line = flat[start:end]
        head = flat.rfind("\n", 0, start) + 1
        indent = _columns("".join(flat[head:start].split("\x00")))
        even = indent + 2 * len(line)
        width = even - len(written[start:end].encode("ascii", "ignore")) if len(line) < 160 else even
        lines.append(_Line(start, end, width, even, indent, _terminated(line)))
    return lines


def _terminated(line: str) -> bool:
    return line[-1:] in _TERMINAL or line.rstrip(_CLOSERS)[-1:] in _TERMINAL


def _style(
    flat: str, gaps: list[tuple[int, int]], inner: list[int], lines: list[_Line], cut: str, lookup: Lines
) -> tuple[list[_Line], _Style]:
    """The style of the whole, and the lines measured as it measures them."""
    count = len(inner)
    if not count:
        return lines, _Style(0, False, False, 0, False)
    blank = [_blank(flat[slice(*gaps[i])], cut) for i in inner]
    spaced = count >= 6 and sum(blank) >= 0.95 * count
    # Where a sentence has ended, does an indent or an empty line open what follows?
    opened = [blank[n] or lines[n + 1].indent >= 2 for n in range(count) if lines[n].terminated]
    marked = len(opened) >= 3 and sum(opened) >= 0.6 * len(opened)
    open_ends = [
        line
        for n, line in enumerate(lines[:count])
        if not line.terminated and (spaced or not blank[n]) and not lookup.marker.match(flat, line.start)
    ]
    width = _full_width([line.width for line in open_ends], [line.width for line in lines])
    even = _full_width([line.even for line in open_ends], [line.even for line in lines])
    if even[0] and (not width[0] or even[1] < width[1]):
        lines, width = [line._replace(width=line.even) for line in lines], even
    if width[0]:
        indents = sum(line.indent >= 2 for line in lines)
        marked = indents >= max(2, 0.03 * count) or (not spaced and sum(blank) >= max(2, 0.03 * count))
    body = next((n + 1 for n, x in enumerate(lines) if lookup.salutation.match(flat, x.start)), None)
    if body is None:
        body = next(
            (n for n, x in enumerate(lines) if x.width > 40 and (x.terminated or "，" in flat[x.start : x.end])), 0
        )
    met = [_is_label(lines, n) for n in range(count) if not (blank[n] or lines[n].terminated or lines[n + 1].indent)]
    style = _Style(width[0], spaced, marked, min(body, 12), 2 * sum(met) > len(met))
    if not style.width:
        return lines, style
    # After a line that is not full comes a new paragraph: is it indented?
    after = [lines[n + 1].indent >= 2 for n in range(body, count) if not _is_full(lines[n], style)]
    indented = len(after) >= 3 and sum(after) >= 0.8 * len(after)
    return lines, style._replace(indented=indented, alone=_alone(flat, lines, style, lookup))


def _is_label(lines: list[_Line], n: int) -> bool:
    """Whether line ``n`` may be a heading: short, where a paragraph may open, above a long line."""
    a, b = lines[n], lines[n + 1]
    opens_paragraph = n == 0 or a.indent >= 2 or lines[n - 1].terminated
    return opens_paragraph and a.width <= 60 and b.width >= 80


def _full_width(open_ends: list[int], widths: list[int]) -> tuple[int, float]:
    """The least columns of a full line if lines are broken at one width, else 0; and by how much lines miss it."""
    if len(open_ends) < 3:
        return 0, 0.0
    most = sorted(open_ends)[int(0.9 * (len(open_ends) - 1))]
    full = max(Counter(w for w in open_ends if abs(w - most) <= _EXACT).items(), key=lambda item: (item[1], item[0]))[0]
    short = sorted(abs(full - w) for w in open_ends if abs(w - full) <= _TOLERANCE)
    longer = sum(w > full + _TOLERANCE for w in widths)
    few = len(open_ends) < 8
    if not (44 if few else 24) <= full <= 220:
        return 0, 0.0
    if len(short) < (0.75 if few else 0.6) * len(open_ends) or longer > 0.05 * len(widths):
        return 0, 0.0
    if len(open_ends) < 0.3 * len(widths):
        return 0, 0.0
    exact = not few and short[int(0.95 * (len(short) - 1))] <= _EXACT
    missed = sum(short) + 2 * _TOLERANCE * (len(open_ends) - len(short))
    return full - (_EXACT if exact else _TOLERANCE), missed / len(open_ends)


def _blank(gap: str, cut: str) -> bool:
    """Whether an empty line stands in the gap; one of invisible characters or of cut matter is none."""
    between = gap.split("\n")[1:-1]
    return any(not line or line.isspace() for line in between)


def _joins(flat: str, lines: list[_Line], n: int, gap: str, style: _Style, cut: str, lookup: Lines) -> bool:
    """Whether line ``n + 1`` goes on with the sentence of line ``n``, ``gap`` being between them."""
    a, b = lines[n], lines[n + 1]
    last, first = flat[a.end - 1], flat[b.start]
    if first in _NO_START or last in _OPENERS:
        return True
    if last == ":" and first.isdigit() and flat[a.end - 2].isdigit():
        return True
    if b.indent >= 2:
        return False
    cuts_number = last.isdigit() and first.isdigit() and not a.terminated
    full = _is_full(a, style) or (cuts_number and bool(style.width) and a.width >= style.width - _TOLERANCE)
    if n + 1 < style.body:
        next_line = flat[b.start : b.end]
        if _breaks_occasion(flat[a.start : a.end], next_line, lookup):
            return True
        if full and not lookup.title.match(flat[a.start : a.end]):
            return not any(p.match(next_line) for p in (lookup.title, lookup.occasion, lookup.speaker))
        return _broken_title(flat[a.start : a.end], next_line, lookup)
    b_opens = bool(lookup.marker.match(flat, b.start) or lookup.salutation.match(flat, b.start))
    b_counts = bool(lookup.enumerator.match(flat, b.start))
    blank = not style.spaced and _blank(gap, cut)
    a_opens = bool(lookup.marker.match(flat, a.start))
    if last in _CONTINUING:
        vocative = a.width <= _VOCATIVE and lookup.salutation.match(flat, a.start)
        return (full or not (b_opens or b_counts)) and not vocative
    if full and not blank:
        if a.terminated:
            # Whether 。 at the end of a full line ends a paragraph makes no other sentences; whether ； does, would.
            return not b_opens and (style.marked or (last in _HALTING and not b_counts))
        if last == "第" or (style.indented and not (a_opens and b_opens)):
            return True
        heads = (
            a_opens
            and not style.marked
            and "。" not in flat[a.start : a.end]
            and _family(flat, a, lookup) in style.alone
        )
        if heads and (_is_full(b, style) or (b.terminated and 2 * b.width > style.width)):
            return False  # the rest of a heading would be shorter
        return not (a_opens and b_opens)
    if a.terminated or b_opens or b_counts or (a_opens and a.width < 80):
        return False
    if cut in gap:
        return a.width >= 40 and not style.width
    if not style.marked or style.width or _blank(gap, cut):
        return False
    label = _is_label(lines, n) and (style.labels or not _INNER.intersection(flat[a.start : a.end]))
    return not label


def _is_full(line: _Line, style: _Style) -> bool:
    return bool(style.width) and line.width >= style.width


def _family(flat: str, line: _Line, lookup: Lines) -> str | None:
    """The marker that the line opens with, without its number: （三） and （十） are one."""
    marker = lookup.marker.match(flat, line.start)
    return _NUMERALS.sub("", marker.group()) if marker else None


def _alone(flat: str, lines: list[_Line], style: _Style, lookup: Lines) -> frozenset[str]:
    """The kinds of markers whose headings mostly stand on lines of their own, by those that fill no line."""
    seen: Counter[str] = Counter()
    for line in lines:
        if (family := _family(flat, line, lookup)) is not None:
            if not _is_full(line, style):
                seen[family] += -1 if line.terminated else 1
            elif "。" in flat[line.start : line.end]:
                seen[family] -= 1
    return frozenset(family for family, count in seen.items() if count > 0)


def _breaks_occasion(a: str, b: str, lookup: Lines) -> bool:
    """Whether only ``b`` closes a bracket or the occasion that ``a`` opens: ——…年…月…日在望朔县第九届 / …会议上."""
    if a.count("（") + a.count("(") > a.count("）") + a.count(")") and b[-1] in "）)":
        return True
    own = lookup.occasion.match(b) or lookup.speaker.match(b)
    return a[-1] not in _TERMINAL and not lookup.occasion.match(a) and not own and bool(lookup.occasion.match(a + b))


def _broken_title(a: str, b: str, lookup: Lines) -> bool:
    return len(a) + len(b) < 40 and not lookup.title.match(a) and bool(lookup.title.match(a + b))
