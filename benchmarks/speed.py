#!/usr/bin/env python3
"""How fast reports are read, as a ratio to jieba.lcut over the same text in the same run.

    speed.py                       the reports of corpus/
    speed.py FILE...               other reports
    speed.py --write               write docs/performance.md as well
    speed.py --at-least 1          exit status 1 where whole extraction is slower than 1 x jieba.lcut

Each figure is the median of several warm runs. The ratio is what counts: it hardly depends on the machine. "plain
regex" is one scan for digits with a unit, the least that any extraction of numbers has to do.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import psutil

from govreport_nlp import Corpus, parse, read, source, structure
from govreport_nlp.extract import projects, quantities, relative, slogans
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED
from govreport_nlp.tables import TABLES, rows

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|个百分点|[万亿]*(?:元|人|户|个|亩|吨|公里|平方米|项|家|所|条|件))")
# What rules that look far, backwards or for a partner might stumble over; repeated to these many characters.
_HARD = {
    "list of roads": "金城路、",
    "quotes": "“双碳”",
    "quotes that stay open": "“",
    "digits": "1234567890",
    "Chinese numerals": "三十五万",
    "changes": "城镇居民收入增长5%、",
    "ranges": "由3.5%提高到4.6%，",
    "markers": "（一）",
    "lines": "一、工作\n",
    "members": "A和",
}
_SHORT, _LONG = 20_000, 100_000
# Readings of the corpus by which workers are compared.
_ROUNDS = 10


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
    found = [name for name in TABLES if name != "reports"]
    tasks: list[tuple[str, Callable[[], object]]] = [
        ("jieba.lcut", lambda: [jieba.lcut(text) for text in texts]),
        ("whole extraction, all tables", lambda: [_rows(read(data), TABLES) for data in contents]),
        ("  source: bytes to text", lambda: [source.fold(source.read(data)) for data in contents]),
        (
            "  structure: tree, meta",
            lambda: [structure.build(s, v, SHIPPED, {}) for s, v in zip(sources, views, strict=True)],
        ),
        ("  extract: quantities", lambda: [quantities.extract(doc) for doc in docs]),
        ("  extract: relative", lambda: [relative.extract(doc) for doc in docs]),
        ("  extract: slogans", lambda: [slogans.extract(doc) for doc in docs]),
        ("  extract: projects", lambda: [projects.extract(doc) for doc in docs]),
        ("  rows of what was found", lambda: [_rows(report, found) for report in reports]),
        ("  rows of reports: words", lambda: [_rows(report, ["reports"]) for report in reports]),
        ("plain regex", lambda: [_NUMBER.findall(text) for text in texts]),
    ]
    return [timed(task, work, chars, repeats) for task, work in tasks]


def growth(text: str, repeats: int, times: int) -> float:
    """How often one text's time a text ``times`` as long takes: ``times`` where time is linear in length."""
    one = timed("", lambda: parse(text), len(text), max(repeats, 5))
    many = timed("", lambda: parse("\n".join([text] * times)), len(text) * times, min(repeats, 3))
    return many.seconds / one.seconds


def hard_growth(repeats: int) -> Iterator[tuple[str, float, float]]:
    """For each kind of hard text: its name, seconds at the greater length, and how often those at the lesser."""
    for name, unit in _HARD.items():
        short, long = (f"各位代表：\n{unit * (size // len(unit))}" for size in (_SHORT, _LONG))
        first = timed("", lambda text=short: parse(text), len(short), min(repeats, 3))  # type: ignore[misc]
        second = timed("", lambda text=long: parse(text), len(long), min(repeats, 3))  # type: ignore[misc]
        yield name, second.seconds, second.seconds / first.seconds


def import_seconds() -> float:
    """What ``import govreport_nlp`` adds to the start of Python: the least of five."""

    def least(code: str) -> float:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            taken.append(time.perf_counter() - start)
        return min(taken)

    return least("import govreport_nlp") - least("pass")


def worker_seconds(files: list[Path], workers: int) -> float:
    """The time of all tables of the files, read ``_ROUNDS`` times, with so many workers; the least of two runs."""
    corpus = Corpus([ROOT / file for file in files], workers=workers)
    corpus.files = corpus.files * _ROUNDS
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        for _ in corpus.tabulate(list(TABLES)):
            pass
        taken.append(time.perf_counter() - start)
    return min(taken)


def _rows(report: Report, names: Any) -> list[Any]:
    return [list(rows(name, report)) for name in names]


def corpus() -> list[Path]:
    """The reports of corpus/, as its manifest lists them."""
    manifest = json.loads((ROOT / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    return [ROOT / "corpus" / entry["file"] for entry in manifest]


def machine() -> str:
    """What it was measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (model := re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE)):
        cpu = model[1]
    memory = psutil.virtual_memory().total / 2**30
    built_on = ", ".join(f"{name} {version(name)}" for name in ("govreport-nlp", "jieba", "regex", "pandas"))
    return (
        f"{cpu}, {os.cpu_count()} processors, {memory:.0f} GiB; {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}; {built_on}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--repeats", type=int, default=7, help="timed runs of each task (default: 7)")
    parser.add_argument("--times", type=int, default=50, help="length of the long text, in reports (default: 50)")
    parser.add_argument("--at-least", type=float, help="fail where whole extraction is below this ratio to jieba.lcut")
    parser.add_argument("--quick", action="store_true", help="leave out hard texts, import and workers")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)} as well")
    options = parser.parse_args(arguments)
    jieba.setLogLevel(logging.ERROR)
    files = options.files or corpus()
    said = list(_report(files, options.repeats, options.times, options.quick))
    if options.write:
        PAGE.write_text(_PAGE.format(machine=machine(), said="\n".join(line for line, _ in said)), encoding="utf-8")
    ratio = next(ratio for _, ratio in said if ratio is not None)
    if options.at_least and ratio < options.at_least:
        print(f"FAILED whole extraction is {ratio:.2f} x jieba.lcut, below {options.at_least}")
        return 1
    return 0


def _report(files: list[Path], repeats: int, times: int, quick: bool) -> Iterator[tuple[str, float | None]]:
    """The lines of the report as they are measured and printed; with one of them the ratio that counts."""

    def line(text: str, ratio: float | None = None) -> tuple[str, float | None]:
        print(text, flush=True)
        return text, ratio

    timings = measure(files, repeats)
    first, whole = timings[:2]
    yield line(
        f"{len(files)} reports, {first.chars} characters, median of {repeats} runs", first.seconds / whole.seconds
    )
    yield line("")
    yield line(f"{'task':<30}{'ms/report':>10}{'M chars/s':>11}{'x jieba':>9}")
    for timing in timings:
        each = timing.seconds / len(files) * 1000
        ratio = first.seconds / timing.seconds
        yield line(f"{timing.task:<30}{each:>10.2f}{timing.speed:>11.2f}{ratio:>9.1f}")
    longest = max((read(file).text for file in files), key=len)
    yield line("")
    yield line(f"a report {times} times as one text takes {growth(longest, repeats, times):.1f} times as long")
    if quick:
        return
    yield line(f"a hard text {_LONG // _SHORT} times as long ({_LONG} characters) takes")
    for name, seconds, ratio in hard_growth(repeats):
        yield line(f"  {name:<28}{ratio:>10.1f} times as long ({seconds:.2f} s)")
    yield line(f"import govreport_nlp takes {import_seconds():.2f} s")
    one, two = worker_seconds(files, 1), worker_seconds(files, 2)
    yield line(
        f"2 workers are {one / two:.2f} times as fast as one ({len(files) * _ROUNDS / two:.0f} reports a second)"
    )


_PAGE = """# Speed

What `benchmarks/speed.py --write` measured on corpus/, in one run of one process (but for the last line), on
{machine}.

```
{said}
```

The ratio to `jieba.lcut` over the same text is what counts: it hardly depends on the machine. Reports of corpus/ carry
a number every 31 characters, three times as many as published ones, and are short: published reports are read at a
better ratio (name some behind the command to see). "plain regex" is one scan for digits with a unit, the least that
any extraction of numbers has to do.

## Published reports

These are no part of the repository. In November 2026, with all tables, they were read at 1.1 times the speed of
`jieba.lcut` (ten provincial reports in Word, five of a district in text), at 2.2 times (eight national ones in text),
and at 1.4 times in all. The table above had 0.4 before words were counted by rjieba instead of jieba, patterns began
with a class of characters, and rules were tried only behind characters that can close them.

## What the time goes into

More than a quarter is quantities (finding numbers, and reading clause, name, bound and period of each), a sixth bytes
to text, a seventh projects; words, tree and slogans take a fifteenth each. The stages add up to less than the whole,
since each finds the processor's caches warm when it is measured alone. Much of it is spent in C already: regular
expressions, Aho-Corasick automata, slices, records.

Three times `jieba.lcut`, which was the aim, is out of reach of this design. A sampling profile of the published
reports is flat: no line of Python takes more than 3 % of the time. All of quantities, slogans and projects together
take 56 %, so that three times jieba would be met, barely, if nothing at all were extracted; the rest is unpacking
Word, bytes to text, the tree, counting words and writing rows. Compiling the extraction as it stands (mypyc)
brought 6 %.

For batches, memory and disk see [scale.md](scale.md).
"""


if __name__ == "__main__":
    sys.exit(main())
