"""A report's tree as a Markdown outline, with the number of targets in each section.

python examples/outline.py [FILE]
"""

import sys

from govreport_nlp import read

report = read(sys.argv[1] if len(sys.argv) > 1 else "corpus/lishi-2024.docx")
print(f"# {report.meta.region} {report.meta.year}")
for section in report.sections:
    n = sum(section.start <= target.start < section.end for target in report.targets)
    print("  " * (section.depth - 1) + f"- {section.marker}{section.title}" + (f" ({n})" if n else ""))
