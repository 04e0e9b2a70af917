"""From headings in order to nested sections: what holds what, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govreport_nlp.source.document import View
from govreport_nlp.structure.headings import DASH_RANK, LEAD_RANK, LINE_RANK, PART_RANK, Heading
from govreport_nlp.structure.markers import CHINESE_OF
from govreport_nlp.structure.outline import Node
from govreport_nlp.structure.paragraphs import Paragraph

# So many siblings, each of one paragraph, show that the last of them ends with its paragraph too.
_RUN = 3
_NUMBERED_TASKS = 2


@dataclass(slots=True)
class _Open:
    """An open section: its node, its heading, and the run of siblings before it that filled one paragraph each."""

    index: int
    heading: Heading
    flat_before: int
    bare: bool = True


class _Builder:
    def __init__(self, view: View, paragraphs: Sequence[Paragraph]) -> None:
        self.view = view
        self.paragraphs = paragraphs
        self.nodes: list[Node] = []
        self.stack: list[_Open] = []

    def add(self, heading: Heading) -> None:
        while self.stack and self._is_over(self.stack[-1], heading):
            self._close(1, heading.paragraph)
        keep = _holders(self.stack, heading)
        flat = 0
        if keep < len(self.stack) and self.stack[keep].heading.style == heading.style:
            before = self.stack[keep]
            single = before.bare and not before.heading.alone and heading.paragraph == before.heading.paragraph + 1
            flat = before.flat_before + 1 if single else -len(self.paragraphs)
        self._close(len(self.stack) - keep, heading.paragraph, heading)
        if self.stack:
            self.stack[-1].bare = False
        self._open(heading, flat)

    def turn(self, paragraph: int, stop: bool) -> None:
        """The paragraph speaks to all again: every section but the part that holds it ends before it.

        With ``stop`` every section does.
        """
        if stop:
            self._close(len(self.stack), paragraph)
        elif self.stack and self.nodes[self.stack[0].index].kind == "part":
            self._close(len(self.stack) - 1, paragraph)

    def finish(self) -> list[Node]:
        self._close(len(self.stack), len(self.paragraphs))
        return self.nodes

    def _open(self, heading: Heading, flat: int) -> None:
        parent = self.stack[-1].index if self.stack else None
        index = len(self.nodes)
        node = _node(self.view, heading, parent, len(self.stack) + 1)
        step = CHINESE_OF.get(node.number) if node.number is not None else None
        node.path = step or node.title
        if parent is not None:
            self.nodes[parent].children.append(index)
            node.path = f"{self.nodes[parent].path}/{node.path}"
        self.nodes.append(node)
        self.stack.append(_Open(index, heading, flat))

    def _is_over(self, entry: _Open, heading: Heading) -> bool:
        """Whether a run of one-paragraph sections ended before this heading of another style."""
        between = heading.paragraph > entry.heading.paragraph + 1
        return between and heading.style != entry.heading.style and self._is_flat(entry)

    def _is_flat(self, entry: _Open) -> bool:
        return entry.bare and not entry.heading.alone and entry.flat_before >= _RUN - 1

    def _close(self, count: int, paragraph: int, by: Heading | None = None) -> None:
        """Close the innermost ``count`` sections before the paragraph, or within it before the heading ``by``."""
        before = self.paragraphs[paragraph - 1].end if paragraph else 0
        if by is not None and by.start > self.paragraphs[by.paragraph].start:
            before = _end_before(self.view.text, by.start)
        for entry in reversed(self.stack[len(self.stack) - count :]):
            node = self.nodes[entry.index]
            end = before
            if self._is_flat(entry) and (by is None or by.style != entry.heading.style):
                end = min(end, self.paragraphs[entry.heading.paragraph].end)
            node.end = max(end, node.title_end, *(self.nodes[c].end for c in node.children), 0)
        del self.stack[len(self.stack) - count :]


def build(
    view: View,
    headings: Sequence[Heading],
    paragraphs: Sequence[Paragraph],
    returns: frozenset[int],
    stops: frozenset[int] = frozenset(),
) -> tuple[Node, ...]:
    """The sections of ``headings``, each with its parent, its end and its path.

    ``returns`` are the indices of paragraphs that go back to the level of the parts (各位代表，…); at ``stops`` all
    sections end.
    """
    builder = _Builder(view, paragraphs)
    turns = sorted(returns | stops)
    done = 0
    for heading in headings:
        while done < len(turns) and turns[done] <= heading.paragraph:
            builder.turn(turns[done], turns[done] in stops)
            done += 1
        builder.add(heading)
    for turn in turns[done:]:
        builder.turn(turn, turn in stops)
    return tuple(builder.finish())


def _holders(stack: Sequence[_Open], heading: Heading) -> int:
    """How many of the open sections stay open around ``heading``."""
    if heading.rank <= PART_RANK or not stack:
        return 0
    same = [i for i, entry in enumerate(stack) if entry.heading.style == heading.style]
    if same:
        if heading.number is not None:
            for i in reversed(same):
                if stack[i].heading.number == heading.number - 1:
                    return i
        return same[-1]
    keep = len(stack)
    while keep and _ends_at(stack[keep - 1].heading, heading):
        keep -= 1
    return keep


def _ends_at(top: Heading, heading: Heading) -> bool:
    """Whether the innermost section ends where a heading of a style new to it stands."""
    if heading.number is not None and heading.number > 1:
        return top.rank >= heading.rank
    if heading.rank == LEAD_RANK:
        return top.rank > LEAD_RANK
    if heading.rank == LINE_RANK:
        return top.rank >= LEAD_RANK
    if top.rank >= LINE_RANK:
        return heading.rank <= _NUMBERED_TASKS
    return top.rank == DASH_RANK > heading.rank and top.paragraph != heading.paragraph - 1


def _node(view: View, heading: Heading, parent: int | None, depth: int) -> Node:
    kind = heading.kind
    if kind == "part" and parent is not None:
        kind = "area"
    marked = heading.title_start > heading.start
    return Node(
        kind=kind,
        number=heading.number,
        marker=view.original(heading.start, heading.title_start).strip() if marked else "",
        title=as_written(view, heading.title_start, heading.title_end) if heading.title is None else heading.title,
        start=heading.start,
        title_start=heading.title_start,
        title_end=heading.title_end,
        end=heading.title_end,
        depth=depth,
        parent=parent,
    )


def _end_before(text: str, start: int) -> int:
    while start and text[start - 1].isspace():
        start -= 1
    return start


def as_written(view: View, start: int, end: int) -> str:
    """The title in the source's own characters; where the view joined or closed up its text, without those gaps."""
    original = view.original(start, end).strip()
    folded = view.text[start:end].strip()
    if len(original) == len(folded) or view.offsets is None:
        return original
    places = zip(view.text[start:end], view.offsets[start:end], strict=True)
    return "".join(" " if char.isspace() else view.source_text[at] for char, at in places).strip()
