"""The numeric targets of one report, each with its place.

python examples/targets.py [FILE]
"""

import sys

import govreport_nlp

report = govreport_nlp.read(sys.argv[1] if len(sys.argv) > 1 else "corpus/wangshuo-2024.txt")
print(report.meta.region, report.meta.year)
for target in report.targets:
    print(f"{target.indicator} {target.bound} {target.text}")
    print(f"    for {target.period_end}, {target.commitment} promise, at {target.start} in {target.section}")
