"""The tables of the corpus as a workbook whose rows lead to their words on a page of their report.

python examples/linked_workbook.py [DIRECTORY]
"""

import sys
from pathlib import Path

import govreport_nlp
from govreport_nlp.page import write_pages
from govreport_nlp.tables import open_output, rows

out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
reports = govreport_nlp.Corpus("corpus/wangshuo-*.txt").reports
write_pages(out / "wangshuo.pages", reports)
with open_output(out / "wangshuo.xlsx", pages=out / "wangshuo.pages") as output:
    for report in reports:
        for name in output.tables:
            output.write(name, rows(name, report))
print(f"{len(reports)} pages and {out / 'wangshuo.xlsx'}")
