#!/usr/bin/env python3
"""How fast a report is read, as a ratio to jieba.lcut over the same text in the same run.

    speed.py                       the reports of corpus/
    speed.py FILE...               other reports
    speed.py --at-least 1          exit status 1 where whole extraction is slower than 1 x jieba.lcut

Each figure is the median of several warm runs. The ratio is what counts: it hardly depends on the machine. "plain
regex" is one scan for digits with a unit, the least that any extraction of numbers has to do.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jieba

from govreport_nlp import parse, read, source, structure
from govreport_nlp.extract import projects, quantities, relative, slogans
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED
from govreport_nlp.tables import TABLES, rows

ROOT = Path(__file__).resolve().parent.parent
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|个百分点|[万亿]*(?:元|人|户|个|亩|吨|公里|平方米|项|家|所|条|件))")
# Tables whose rows are made from what extraction found; the table "reports" counts words with jieba itself.
_TABLES = [name for name in TABLES if name != "reports"]


class Timing(NamedTuple):
    """The median of a task in seconds, over ``chars`` characters."""

    task: str
    seconds: float
    chars: int

    @property
    def speed(self) -> float:
        """Millions of characters a second."""
        return self.chars / self.seconds / 1e6


def timed(task: str, work: Callable[[], object], chars: int, repeats: int) -> Timing:
    """The median of ``repeats`` runs, after one that warms up."""
    work()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return Timing(task, statistics.median(taken), chars)


def measure(files: list[Path], repeats: int) -> list[Timing]:
    """All timings over ``files``; the first is jieba's, the second that of whole extraction."""
    contents = [file.read_bytes() for file in files]
    reports = [read(data) for data in contents]
    texts = [report.text for report in reports]
    chars = sum(map(len, texts))
    sources = [source.read(data) for data in contents]
    views = [source.fold(s) for s in sources]
    docs = [structure.build(s, v, SHIPPED, {}) for s, v in zip(sources, views, strict=True)]
    tasks: list[tuple[str, Callable[[], object]]] = [
        ("jieba.lcut", lambda: [jieba.lcut(text) for text in texts]),
        ("whole extraction", lambda: [_rows(read(data)) for data in contents]),
        ("  source: bytes to text", lambda: [source.fold(source.read(data)) for data in contents]),
        (
            "  structure: tree, meta",
            lambda: [structure.build(s, v, SHIPPED, {}) for s, v in zip(sources, views, strict=True)],
        ),
        ("  extract: quantities", lambda: [quantities.extract(doc) for doc in docs]),
        ("  extract: relative", lambda: [relative.extract(doc) for doc in docs]),
        ("  extract: slogans", lambda: [slogans.extract(doc) for doc in docs]),
        ("  extract: projects", lambda: [projects.extract(doc) for doc in docs]),
        ("  rows of all tables", lambda: [_rows(report) for report in reports]),
        ("plain regex", lambda: [_NUMBER.findall(text) for text in texts]),
    ]
    return [timed(task, work, chars, repeats) for task, work in tasks]


def growth(text: str, repeats: int, times: int) -> float:
    """How often one text's time a text ``times`` as long takes: ``times`` where time is linear in length."""
    one = timed("", lambda: parse(text), len(text), max(repeats, 5))
    many = timed("", lambda: parse("\n".join([text] * times)), len(text) * times, min(repeats, 3))
    return many.seconds / one.seconds


def _rows(report: Report) -> list[Any]:
    return [list(rows(name, report)) for name in _TABLES]


def corpus() -> list[Path]:
    """The reports of corpus/, as its manifest lists them."""
    manifest = json.loads((ROOT / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    return [ROOT / "corpus" / entry["file"] for entry in manifest]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--repeats", type=int, default=7, help="timed runs of each task (default: 7)")
    parser.add_argument("--times", type=int, default=20, help="length of the long text, in reports (default: 20)")
    parser.add_argument("--at-least", type=float, help="fail where whole extraction is below this ratio to jieba.lcut")
    options = parser.parse_args(arguments)
    jieba.setLogLevel(logging.ERROR)
    files = options.files or corpus()
    timings = measure(files, options.repeats)
    first, whole = timings[:2]
    print(f"{len(files)} reports, {first.chars} characters, median of {options.repeats} runs\n")
    print(f"{'task':<26}{'ms/report':>10}{'M chars/s':>11}{'x jieba':>9}")
    for timing in timings:
        each = timing.seconds / len(files) * 1000
        print(f"{timing.task:<26}{each:>10.2f}{timing.speed:>11.2f}{first.seconds / timing.seconds:>9.1f}")
    longest = max((read(file).text for file in files), key=len)
    grown = growth(longest, options.repeats, options.times)
    print(f"\na report {options.times} times as one text takes {grown:.1f} times as long")
    ratio = first.seconds / whole.seconds
    if options.at_least and ratio < options.at_least:
        print(f"FAILED whole extraction is {ratio:.2f} x jieba.lcut, below {options.at_least}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
