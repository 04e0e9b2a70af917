"""How well a report is told from what stands around it: pages of invented sites, labelled line by line.

The gold of ``x.html`` is ``x.lines``, that of ``x.txt`` is ``x.txt.lines``: every visible line in order, ``+`` before
one that belongs to the report, ``-`` before one that does not. Measured is what the folded view keeps.
"""

from __future__ import annotations

import re
from pathlib import Path

from govreport_nlp import source as sources
from scoring import Tally

_CUT = re.compile(r"\[\d\]|（[下上][转接].{1,4}版）|\s")


def names(directory: Path) -> list[str]:
    """The labelled pages of a directory."""
    return sorted(page.name for page in directory.iterdir() if page.suffix in (".html", ".txt"))


def gold_of(page: Path) -> Path:
    """The file that labels a page."""
    return page.with_name(page.name + ".lines") if page.suffix == ".txt" else page.with_suffix(".lines")


def gold(page: Path) -> list[tuple[str, bool]]:
    """Each line as it is labelled, and whether it belongs to the report."""
    lines = gold_of(page).read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "+") for line in lines if line]


def read_lines(page: Path) -> list[tuple[str, bool]]:
    """Every line of the extracted text without the spans cut inside it, and whether anything of it is left."""
    source = sources.read(page)
    kept = list(source.text)
    for start, end in source.boilerplate:
        kept[start:end] = ["\x00"] * (end - start)
    lines = []
    at = 0
    for line in source.text.split("\n"):
        left = "".join(kept[at : at + len(line)]).replace("\x00", "")
        lines.append((left if left.strip() else line, bool(left.strip())))
        at += len(line) + 1
    return [(text, is_report) for text, is_report in lines if text.strip()]


def bare(text: str) -> str:
    """Without white space and without the marks that are cut out of lines."""
    return _CUT.sub("", text) or text.strip()


def score(page: Path) -> Tally:
    """Lines of the report kept (right), lines around it kept (too much), lines of the report lost (missing).

    Raises ``ValueError`` where the lines are not those that were labelled.
    """
    wanted, found = gold(page), read_lines(page)
    if [bare(text) for text, _ in wanted] != [bare(text) for text, _ in found]:
        raise ValueError(f"{page}: its lines are not those that {gold_of(page).name} labels")
    pairs = [(is_report, kept) for (_, is_report), (_, kept) in zip(wanted, found, strict=True)]
    right = pairs.count((True, True))
    return Tally(tp=right, strict=right, fp=pairs.count((False, True)), fn=pairs.count((True, False)))
