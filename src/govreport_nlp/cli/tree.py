"""``govreport-nlp tree``: a report's sections in the terminal, with what each of them holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from govreport_nlp.cli.common import console, counted, heading, open_report, printable, rules_option
from govreport_nlp.model import Record, Section, Sentence
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

_STYLES = {"part": "bold cyan", "area": "bold", "subsection": "green", "glossary": "dim"}


@click.command()
@click.argument("file", metavar="FILE")
@rules_option
def tree(file: str, rules: Ruleset) -> None:
    """Show the sections of FILE as a tree (- is standard input).

    Beside each section stands how many sentences, targets, slogans and projects it holds, those of the sections in
    it included.
    """
    from rich.text import Text
    from rich.tree import Tree

    report = open_report(file, rules)
    counts = _Counts(report)
    root = Tree(Text(heading(report), style="bold") + counts.of(report.root))
    _grow(root, report.root, counts)
    out = console()
    out.print(root, soft_wrap=not out.is_terminal)


def _grow(branch: Tree, section: Section, counts: _Counts) -> None:
    from rich.text import Text

    for child in section.children:
        label = Text(printable(child.marker), style="yellow")
        label.append(printable(child.title), style=_STYLES[child.kind])
        _grow(branch.add(label + counts.of(child)), child, counts)


class _Counts:
    """How many records of each kind start within a section."""

    def __init__(self, report: Report) -> None:
        self._starts = {
            "sentence": _starts(report.sentences),
            "target": _starts(report.targets),
            "slogan": _starts(s for s in report.slogans if s.is_slogan),
            "project": _starts(report.projects),
        }

    def of(self, section: Section) -> Text:
        """What ``section`` holds in words, without what it has none of."""
        from rich.text import Text

        found = []
        for noun, starts in self._starts.items():
            n = bisect_left(starts, section.end) - bisect_left(starts, section.start)
            if n:
                found.append(counted(n, noun))
        return Text("  " + ", ".join(found), style="dim")


def _starts(records: Iterable[Record | Sentence]) -> list[int]:
    return sorted(record.start for record in records)
