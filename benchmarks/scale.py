#!/usr/bin/env python3
"""What a batch takes: time, memory and disk of `govreport-nlp run` over generated reports.

    scale.py                            1,000 reports, with 1 and 2 workers
    scale.py --reports 100000 --workers 2 --output out.parquet
    scale.py --reports 100 --reports 1000 --workers 2    does memory grow?

A generated report is one of corpus/ with other numbers in it, so that no two are the same. Memory is the sum over all
processes of the run of what is their own (proportional set size where the system tells it), sampled four times a
second; "again" is a second run over the same files, which the journal answers.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from govreport_nlp import Corpus

ROOT = Path(__file__).resolve().parent.parent
_DIGITS = re.compile(r"(?<![0-9.第年])[1-9][0-9]{1,4}(?![0-9年])")
_A_DIRECTORY = 1000
_SECONDS = 0.25


class Measured(NamedTuple):
    """One run: its seconds, the largest memory of all its processes together, and what it left on disk, in MB."""

    reports: int
    workers: int
    seconds: float
    peak: float
    output: float
    journal: float


def generate(directory: Path, reports: int, chars: int | None = None, seed: int = 2024) -> None:
    """Write ``reports`` text files below ``directory``, a thousand to a directory, the first ``chars`` of each."""
    bodies = [report.text[:chars] for report in Corpus(ROOT / "corpus")]
    chance = random.Random(seed)
    for i in range(reports):
        place = directory / f"{i // _A_DIRECTORY:03}"
        if i % _A_DIRECTORY == 0:
            place.mkdir(parents=True, exist_ok=True)
        text = _DIGITS.sub(
            lambda m: str(chance.randint(10 ** (len(m[0]) - 1), 10 ** len(m[0]) - 1)), bodies[i % len(bodies)]
        )
        (place / f"{i:06}.txt").write_text(text, encoding="utf-8")


def measure(reports: Path, count: int, workers: int, out: Path, more: tuple[str, ...] = ()) -> Measured:
    """Run the command once and watch it."""
    command = [
        sys.executable,
        "-m",
        "govreport_nlp",
        "run",
        str(reports),
        "-o",
        str(out),
        "--workers",
        str(workers),
        *more,
    ]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        peak = 0.0
        while run.poll() is None:
            peak = max(peak, _memory(run.pid))
            time.sleep(_SECONDS)
        seconds = time.perf_counter() - start
        if run.returncode:
            raise SystemExit(run.stderr.read() if run.stderr else "the run failed")
    journal = out.parent / f".{out.name}.journal"
    return Measured(count, workers, seconds, peak, _size(out), _size(journal))


def _memory(pid: int) -> float:
    total = 0
    try:
        run = psutil.Process(pid)
        for process in (run, *run.children(recursive=True)):
            total += getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss
    except psutil.Error:
        return 0.0
    return total / 1e6


def _size(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, action="append", help="how many (default: 1000); may be repeated")
    parser.add_argument("--workers", type=int, action="append", help="how many (default: 1 and 2); may be repeated")
    parser.add_argument("--chars", type=int, help="length of a report in characters (default: as in corpus/)")
    parser.add_argument("--output", default="out", help="name of the output, whose ending is its format (default: out)")
    parser.add_argument("--scratch", type=Path, help="directory for the reports and outputs (default: a temporary one)")
    options = parser.parse_args(arguments)
    head = f"{'reports':>8}{'workers':>9}{'run':>8}{'seconds':>10}{'reports/s':>11}{'peak MB':>9}"
    print(f"{head}{'output MB':>11}{'journal MB':>12}", flush=True)
    scratch = Path(tempfile.mkdtemp(dir=options.scratch))
    try:
        for count in options.reports or [1000]:
            generate(scratch / f"reports-{count}", count, options.chars)
            for workers in options.workers or [1, 2]:
                out = scratch / f"{count}-{workers}" / options.output
                for run in ("first", "again"):
                    m = measure(scratch / f"reports-{count}", count, workers, out)
                    print(
                        f"{count:>8}{workers:>9}{run:>8}{m.seconds:>10.1f}{count / m.seconds:>11.1f}{m.peak:>9.0f}"
                        f"{m.output:>11.1f}{m.journal:>12.1f}",
                        flush=True,
                    )
                shutil.rmtree(out.parent)
            shutil.rmtree(scratch / f"reports-{count}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
