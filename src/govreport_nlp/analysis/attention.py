"""Attention: how large a share of a report the words of a list have, in all of it, in its plan and in its review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from govreport_nlp.analysis.columns import ATTENTION, ATTENTION_HITS
from govreport_nlp.analysis.gather import Reports, gather
from govreport_nlp.analysis.word_counts import Body, Cutter, Finder, Hit, Line, Overlap
from govreport_nlp.analysis.word_lists import Lists, WordLists, word_lists
from govreport_nlp.errors import GovReportError
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import Row, report_id
from govreport_nlp.tables.frames import of_rows
from govreport_nlp.tables.words import n_chars

if TYPE_CHECKING:
    import pandas as pd

_SCOPES = ("all", "plan", "review")


def attention(
    reports: Reports,
    lists: Lists,
    *,
    overlap_policy: Overlap = "longest",
    rules: Ruleset = SHIPPED,
) -> pd.DataFrame:
    """One row per report, word list and scope ("all", "plan", "review"), with counts and shares.

    ``reports`` is a path or directory, a ``Corpus``, or reports already read. ``lists`` is the name of a shipped
    dictionary, a CSV or YAML file (see ``word_lists``), a mapping of names to words, or words. Boilerplate and the
    appended glossary are left out. Words are found in the text wherever they stand; of those that overlap the
    longest of a list counts, with ``overlap_policy`` "longest_of_all" the longest of all lists, with "every" each.
    ``share_tokens`` is ``n_hits`` over the words that jieba cuts, with the lists' words made known to it.
    A ``GovReportError`` among ``reports`` gives one row with ``scope_rule`` "unreadable".
    Raises ``RuleError`` for a file that is no word list, ``ValueError`` for an unknown policy or no words.

    >>> from govreport_nlp import parse
    >>> report = parse("一、2024年工作安排\\n加强环境保护，改善环境。", year=2024)
    >>> frame = attention([report], ["环境", "环境保护"])
    >>> frame[["scope", "n_hits", "n_tokens", "n_chars_hit"]].values.tolist()
    [['all', 2, 9, 6], ['plan', 2, 9, 6], ['review', <NA>, <NA>, <NA>]]
    >>> table = attention("corpus/wangshuo-*.txt", "environment")
    >>> table.loc[table.scope == "all", ["year", "n_hits"]].values.tolist()
    [[2023, 13], [2024, 9]]
    """
    counter = WordCounter(lists, overlap_policy, rules)
    return of_rows(ATTENTION, (row for report in gather(reports, rules) for row in counter.rows(report)))


def attention_hits(
    reports: Reports,
    lists: Lists,
    *,
    overlap_policy: Overlap = "longest",
    rules: Ruleset = SHIPPED,
) -> pd.DataFrame:
    """One row per occurrence that ``attention`` counts, with its place and sentence, so that a person can check it.

    >>> hits = attention_hits("corpus/wangshuo-2024.txt", "environment")
    >>> hits[["word", "scope"]].values.tolist()[0]
    ['能耗', 'plan']
    """
    counter = WordCounter(lists, overlap_policy, rules)
    return of_rows(ATTENTION_HITS, (row for report in gather(reports, rules) for row in counter.hit_rows(report)))


class WordCounter:
    """Counts the words of some lists in one report after another; rows are those of ``ATTENTION``."""

    def __init__(self, lists: Lists, overlap_policy: Overlap = "longest", rules: Ruleset = SHIPPED) -> None:
        if overlap_policy not in get_args(Overlap):
            raise ValueError(f"unknown overlap policy {overlap_policy!r}; known are {', '.join(get_args(Overlap))}")
        self._rules, self._policy = rules, overlap_policy
        self._lists: WordLists = word_lists(lists, rules)
        self._finder = Finder(self._lists.lists, overlap_policy)
        self._cutter = Cutter((w for listed in self._lists.lists.values() for w in listed), rules)

    def rows(self, report: Report | GovReportError) -> Iterator[Row]:
        """The rows of one report, or the one row of a file that could not be read."""
        if isinstance(report, GovReportError):
            blank = dict.fromkeys(column.name for column in ATTENTION.columns)
            yield tuple({**blank, "file": report.file, "scope_rule": "unreadable", "problem": report.problem}.values())
            return
        lines = Body(report, self._rules).lines
        found = [list(self._finder.hits(line.text)) for line in lines]
        sizes = [(n_chars(line.text), *self._cutter.count(line.text)) for line in lines]
        for name in self._lists.lists:
            for scope in _SCOPES:
                chosen = [i for i, line in enumerate(lines) if scope in ("all", line.scope)]
                yield self._row(report, name, scope, [found[i] for i in chosen], [sizes[i] for i in chosen])

    def hit_rows(self, report: Report | GovReportError) -> Iterator[Row]:
        """The occurrences in one report, in order of appearance; none in a file that could not be read."""
        if isinstance(report, GovReportError):
            return
        body = Body(report, self._rules)
        for line in body.lines:
            for hit in sorted(self._finder.hits(line.text), key=lambda hit: hit.start):
                yield (*_head(report), hit.list, hit.word, line.scope, *_place(report, body, line, hit))

    def _row(
        self, report: Report, name: str, scope: str, found: Sequence[list[Hit]], sizes: Sequence[tuple[int, int, int]]
    ) -> Row:
        listed, source = self._lists.lists[name], self._lists.sources[name]
        head = (*_head(report), report.meta.level, name, scope)
        tail = (self._policy, self._cutter.name, source, None)
        if scope != "all" and not sizes:
            return (*head, "unknown", len(listed), *[None] * 10, *tail)
        own = [[hit for hit in hits if hit.list == name] for hits in found]
        hits = sum(map(len, own))
        chars, tokens, content = (sum(column) for column in zip(*sizes, strict=True)) if sizes else (0, 0, 0)
        covered = sum(len({at for hit in line for at in range(hit.start, hit.end)}) for line in own)
        counts = (
            *(len(listed), len({hit.word for line in own for hit in line}), hits, sum(map(bool, own)), covered),
            *(chars, tokens, content, len(sizes)),
            *(hits / tokens if tokens else None, covered / chars if chars else None),
        )
        return (*head, "body" if scope == "all" else "sections", *counts, *tail)


def _head(report: Report) -> Row:
    meta = report.meta
    return (report_id(report.text), meta.file, meta.region, meta.adcode, meta.year)


def _place(report: Report, body: Body, line: Line, hit: Hit) -> Row:
    start, end = body.span(line, hit)
    return (report.text[start:end], line.section, line.sentence, start, end)
