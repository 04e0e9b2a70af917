"""All headings of a report in order, from every witness: numbers, lines of their own, bold, likeness, glossary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govreport_nlp.rules import Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import bold, glossary, leads, lines, markers, notes, numbered
from govreport_nlp.structure.headings import DASH_RANK, LEAD_RANK, LINE_RANK, Heading, unnumbered
from govreport_nlp.structure.paragraphs import Paragraph

# Lists of this rank and lower (一是 … —— …) stand inside a group of leads without ending it.
_LIST_RANK = 8


class Collected(NamedTuple):
    """The headings in order, and the indices of the paragraphs where a glossary ends."""

    headings: list[Heading]
    stops: frozenset[int]


def headings(
    source: Source, view: View, paragraphs: Sequence[Paragraph], body: int, returns: frozenset[int], rules: Ruleset
) -> Collected:
    """The headings from the paragraph with the index ``body`` on.

    Where the source keeps bold and its leads are bold, bold decides which unnumbered clauses are headings; else
    their wording and their neighbours do.
    """
    text = view.text
    footed = notes.find(source, view, paragraphs, rules)
    appended = glossary.find(text, paragraphs[: footed.first] if footed else paragraphs, body, rules)
    glossaries = [found for found in (appended, footed) if found]
    skipped = frozenset(i for found in glossaries for i in range(found.first, found.after))
    runs = bold.runs(view, sorted((*(source.bold or ()), *source.heading)), paragraphs)
    marked = markers.find(text, rules)
    counted = [
        h._replace(title_end=bold.title_end(text, runs, h.title_start, h.title_end))
        for h in numbered.find(text, paragraphs, marked, body)
        if h.paragraph not in skipped
    ]
    own_lines = lines.find(text, paragraphs, body, counted, skipped, rules)
    parts = [h for h in own_lines if h.kind == "part"]
    part_lines = {h.paragraph for h in parts}
    set_bold = [
        h
        for h in bold.find(text, paragraphs, body, runs, {h.paragraph for h in counted})
        if h.paragraph not in skipped and h.paragraph not in part_lines
    ]
    found = [*counted, *(h for one in glossaries for h in one.headings), *parts, *set_bold]
    if not bold.decides(set_bold):
        known = {h.paragraph for h in set_bold}
        found += [h for h in own_lines if h.kind != "part" and h.paragraph not in known]
        ends = returns | known | {h.paragraph for h in own_lines} | skipped
        found += _likely_leads(text, paragraphs, body, counted, ends, rules)
    return Collected(_apart(found), frozenset(one.after for one in glossaries))


def _apart(found: Sequence[Heading]) -> list[Heading]:
    """The headings in order; of two that share text, the one that was found first."""
    kept: list[Heading] = []
    for heading in sorted(found, key=lambda h: h.start):
        if not kept or heading.start >= kept[-1].title_end:
            kept.append(heading)
    return kept


def _likely_leads(
    text: str,
    paragraphs: Sequence[Paragraph],
    body: int,
    counted: Sequence[Heading],
    ends: frozenset[int],
    rules: Ruleset,
) -> list[Heading]:
    """The leads that no bold shows, group by group: a group stands between two headings, or at one of ``ends``."""
    at = {h.paragraph for h in counted}
    passed = {h.paragraph for h in counted if _LIST_RANK <= h.rank <= DASH_RANK}
    ends = ends | (at - passed)
    # A single paragraph below a heading line (一是稳就业。) is the text of that heading, not a lead beside others.
    headed = at | ends
    passed |= {h.paragraph + 1 for h in counted if h.paragraph in passed and h.alone and h.paragraph + 2 in headed}
    found: list[Heading] = []
    group: list[int] = []
    for i in range(body, len(paragraphs) + 1):
        if i < len(paragraphs) and i not in ends:
            if i not in passed:
                group.append(i)
            continue
        if group:
            found += [_subsection(lead) for lead in leads.find(text, paragraphs, group, rules)]
        group = []
    return found


def _subsection(lead: leads.Lead) -> Heading:
    style, rank = ("line", LINE_RANK) if lead.alone else ("lead", LEAD_RANK)
    return unnumbered("subsection", style, rank, lead.paragraph, lead.start, lead.end, lead.alone)
